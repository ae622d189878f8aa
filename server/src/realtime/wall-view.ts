import type { Actor } from '@diemcau/shared/domain/actor.ts';
import type { CellId, MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import type { WallAlarms, WallBatch, WallEntry, WallSums } from '@diemcau/shared/protocol/wall.ts';
import type { AlarmOccurrence } from '../directory/alarm-acknowledgements.ts';
import type { CellEntry } from '../directory/cells.ts';
import type { Posted, PostedChange, Share, WallBoard } from './wall-board.ts';

export type SuperiorActor = Extract<Actor, { kind: 'superior' }>;

/** A meeting as it is counted in this superior's sums. */
interface Counted extends Share {
  readonly alarmed: number;
}

const nothing: Counted = { live: 0, coming: 0, present: 0, summoned: 0, votesOpen: 0, alarmed: 0 };

/** What of a view has changed since its last batch. */
interface Pending {
  sums: boolean;
  readonly alarms: Set<MeetingId>;
  readonly entries: Set<MeetingId>;
  readonly gone: Set<MeetingId>;
}

function nothingPending(): Pending {
  return { sums: false, alarms: new Set(), entries: new Set(), gone: new Set() };
}

/**
 * One superior's subtree: its meetings, sums and alarms, kept by what changes and never counted anew as a whole. All walls
 * of the superior share it.
 */
export class WallView {
  readonly person: PersonId;
  readonly #board: WallBoard;
  #cells: ReadonlyMap<CellId, CellEntry> = new Map();
  readonly #acknowledged = new Set<string>();
  readonly #counted = new Map<MeetingId, Counted>();
  readonly #listed = new Set<MeetingId>();
  readonly #sums = { ...nothing };
  #pending = nothingPending();

  constructor(person: PersonId, board: WallBoard, acknowledged: readonly AlarmOccurrence[]) {
    this.person = person;
    this.#board = board;
    for (const alarm of acknowledged) this.#acknowledged.add(keyOf(alarm));
  }

  get cells(): ReadonlyMap<CellId, CellEntry> {
    return this.#cells;
  }

  has(meetingId: MeetingId): boolean {
    const cell = this.#board.cellOf(meetingId);
    return cell !== null && this.#cells.has(cell);
  }

  /** Takes the subtree as it is from now on. @returns the cells that are no longer of it. */
  setCells(cells: readonly CellEntry[]): readonly CellId[] {
    const before = this.#cells;
    this.#cells = new Map(cells.map((cell) => [cell.id, cell]));
    const lost = [...before.keys()].filter((id) => !this.#cells.has(id));
    for (const id of lost) for (const posted of this.#board.ofCell(id)) this.#forget(posted.meetingId);
    for (const cell of cells) {
      const same = before.get(cell.id);
      if (same && same.organizationName === cell.organizationName) continue;
      for (const posted of this.#board.ofCell(cell.id)) {
        this.apply({ posted, summary: true, alarms: true, share: true, entry: true });
      }
    }
    return lost;
  }

  /** Takes in what has changed in a meeting of the subtree. */
  apply({ posted, alarms, share, entry }: PostedChange): void {
    if (share || alarms) this.#count(posted);
    const { meetingId } = posted;
    if (entry && posted.listed) {
      this.#listed.add(meetingId);
      this.#pending.gone.delete(meetingId);
      this.#pending.entries.add(meetingId);
    } else if (entry && this.#listed.delete(meetingId)) {
      this.#pending.entries.delete(meetingId);
      this.#pending.gone.add(meetingId);
    }
    if (alarms) this.#pending.alarms.add(meetingId);
  }

  acknowledge(alarm: AlarmOccurrence): void {
    this.#acknowledged.add(keyOf(alarm));
    const posted = this.#board.get(alarm.meetingId);
    if (posted) this.apply({ posted, summary: false, alarms: true, share: false, entry: false });
  }

  sums(): WallSums {
    return { ...this.#sums };
  }

  entries(): readonly WallEntry[] {
    return [...this.#listed].flatMap((id) => this.#entryOf(id));
  }

  /** Of meetings that have any. */
  alarms(): readonly WallAlarms[] {
    return [...this.#listed].map((id) => this.#alarmsOf(id)).filter(({ alarms }) => alarms.length > 0);
  }

  /** @returns what has changed since it was last taken; empty where nothing has. */
  take(): Omit<WallBatch, 'at' | 'summaries'> {
    const { sums, alarms, entries, gone } = this.#pending;
    const changes = {
      ...(sums ? { sums: this.sums() } : {}),
      ...(alarms.size > 0 ? { alarms: [...alarms].map((id) => this.#alarmsOf(id)) } : {}),
      ...(entries.size > 0 ? { entries: [...entries].flatMap((id) => this.#entryOf(id)) } : {}),
      ...(gone.size > 0 ? { gone: [...gone] } : {}),
    };
    if (Object.keys(changes).length > 0) this.#pending = nothingPending();
    return changes;
  }

  #entryOf(meetingId: MeetingId): readonly WallEntry[] {
    const posted = this.#board.get(meetingId);
    const cell = posted && this.#cells.get(posted.cellId);
    if (!posted || !cell) return [];
    const { cellId, cellName, phase, startsAt, superiors } = posted.summary;
    const { organizationId, organizationName } = cell;
    const attended = superiors.some(({ person }) => person === this.person);
    return [{ meetingId, cellId, cellName, organizationId, organizationName, phase, startsAt, attended }];
  }

  #alarmsOf(meetingId: MeetingId): WallAlarms {
    const posted = this.#board.get(meetingId);
    const own = posted && this.#cells.has(posted.cellId) ? posted.summary.alarms : [];
    const alarms = own
      .filter(({ person }) => person === null || person === this.person)
      .map((alarm) => ({
        ...alarm,
        acknowledged: this.#acknowledged.has(keyOf({ meetingId, ...alarm })),
      }));
    return { meetingId, alarms };
  }

  #count(posted: Posted): void {
    const { meetingId } = posted;
    const calling = this.#alarmsOf(meetingId).alarms.some(({ acknowledged }) => !acknowledged);
    this.#replace(meetingId, { ...posted.share, alarmed: calling ? 1 : 0 });
  }

  #forget(meetingId: MeetingId): void {
    this.#replace(meetingId, nothing);
    this.#pending.entries.delete(meetingId);
    this.#pending.alarms.delete(meetingId);
    if (this.#listed.delete(meetingId)) this.#pending.gone.add(meetingId);
  }

  #replace(meetingId: MeetingId, now: Counted): void {
    const before = this.#counted.get(meetingId) ?? nothing;
    if (parts.some((part) => now[part] > 0)) this.#counted.set(meetingId, now);
    else this.#counted.delete(meetingId);
    for (const part of parts) {
      if (now[part] === before[part]) continue;
      this.#sums[part] += now[part] - before[part];
      this.#pending.sums = true;
    }
  }
}

const parts = Object.keys(nothing) as readonly (keyof Counted)[];

function keyOf({ meetingId, key, since }: AlarmOccurrence): string {
  return `${meetingId} ${key} ${since}`;
}
