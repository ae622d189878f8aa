import { alarmKinds } from '@diemcau/shared/domain/alarms-types.ts';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { WallAlarm, WallEntry } from '@diemcau/shared/protocol/wall.ts';

/** What an order is made of. */
export interface OrderParts {
  readonly entries: ReadonlyMap<MeetingId, WallEntry>;
  readonly alarms: ReadonlyMap<MeetingId, readonly WallAlarm[]>;
}

/** @returns alarms with those not yet acknowledged first, then by weight, then the oldest first. */
export function byWeight(alarms: readonly WallAlarm[]): readonly WallAlarm[] {
  return [...alarms].sort(
    (a, b) =>
      Number(a.acknowledged) - Number(b.acknowledged) ||
      alarmKinds.indexOf(a.kind) - alarmKinds.indexOf(b.kind) ||
      a.since - b.since ||
      a.key.localeCompare(b.key),
  );
}

/** @returns the alarm for which a meeting is looked at first; null where none waits. */
export function leadingAlarm(alarms: readonly WallAlarm[] | undefined): WallAlarm | null {
  const first = byWeight(alarms ?? [])[0];
  return first === undefined || first.acknowledged ? null : first;
}

/** @returns whether a meeting is in session, or only paused. */
export function isLive({ phase }: Pick<WallEntry, 'phase'>): boolean {
  return phase === 'open' || phase === 'suspended';
}

const collator = new Intl.Collator('vi', { numeric: true });

function rankOf(entry: WallEntry): number {
  if (entry.attended) return 0;
  return isLive(entry) ? 1 : 2;
}

/**
 * @returns the meetings in the order of attention: alarms that nobody has seen by weight and age, then what is attended,
 * then what is in session, then what comes.
 */
export function attentionOrder({ entries, alarms }: OrderParts): readonly MeetingId[] {
  const rows = [...entries.values()].map((entry) => ({
    entry,
    alarm: leadingAlarm(alarms.get(entry.meetingId)),
  }));
  rows.sort((a, b) => {
    if (a.alarm !== null && b.alarm !== null) {
      const weight = alarmKinds.indexOf(a.alarm.kind) - alarmKinds.indexOf(b.alarm.kind);
      if (weight !== 0) return weight;
      if (a.alarm.since !== b.alarm.since) return a.alarm.since - b.alarm.since;
    } else if (a.alarm !== null || b.alarm !== null) return a.alarm === null ? 1 : -1;
    return (
      rankOf(a.entry) - rankOf(b.entry) ||
      collator.compare(a.entry.cellName, b.entry.cellName) ||
      a.entry.startsAt - b.entry.startsAt
    );
  });
  return rows.map(({ entry }) => entry.meetingId);
}

/**
 * Keeps every tile where it is: what is new comes last, what is gone leaves its place to those after it.
 * @returns the order to show while somebody's hand is on the tiles.
 */
export function steadyOrder(shown: readonly MeetingId[], wanted: readonly MeetingId[]): readonly MeetingId[] {
  const there = new Set(wanted);
  const kept = shown.filter((meeting) => there.has(meeting));
  const had = new Set(kept);
  const fresh = wanted.filter((meeting) => !had.has(meeting));
  return fresh.length === 0 && kept.length === shown.length ? shown : [...kept, ...fresh];
}
