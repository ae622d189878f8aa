import { nextAlarmAfter } from '@diemcau/shared/domain/alarms.ts';
import { isOver, isSameDay } from '@diemcau/shared/domain/phase.ts';
import { summaryAt } from '@diemcau/shared/domain/summary.ts';
import type { MeetingSummary } from '@diemcau/shared/domain/summary-types.ts';
import type { CellId, MeetingId } from '@diemcau/shared/ids.ts';
import type { MeetingRoom } from '../meeting/room.ts';
import { renewed } from './renewed.ts';

/** What one meeting adds to the sums of every subtree that it lies in. */
export interface Share {
  readonly live: number;
  readonly coming: number;
  readonly present: number;
  readonly summoned: number;
  readonly votesOpen: number;
}

/** A meeting as it is known to the walls. */
export interface Posted {
  readonly meetingId: MeetingId;
  readonly cellId: CellId;
  readonly summary: MeetingSummary;
  /** Whether walls list it now: live, broken off today, or coming today. */
  readonly listed: boolean;
  readonly share: Share;
}

/** Which parts of a meeting differ from what was posted before. */
export interface PostedChange {
  readonly posted: Posted;
  readonly summary: boolean;
  readonly alarms: boolean;
  readonly share: boolean;
  /** What the list shows: phase, time, whether it is listed, who attends. */
  readonly entry: boolean;
}

/**
 * The newest summary of every meeting, made when it is asked for: however often a meeting changes meanwhile, its summary is
 * made once for all who watch.
 */
export class WallBoard {
  readonly #posted = new Map<MeetingId, Posted>();
  readonly #byCell = new Map<CellId, Set<MeetingId>>();
  /** Of meetings that go on: those that are over are no longer held. */
  readonly #rooms = new Map<MeetingId, MeetingRoom>();
  /** Of every meeting since the server started. */
  readonly #cells = new Map<MeetingId, CellId>();
  #dirty = new Set<MeetingId>();
  /** When time alone brings a meeting its next alarm. */
  readonly #due = new Map<MeetingId, number>();
  #refreshedAt = 0;
  #received: PostedChange[] = [];

  /** Says that a meeting's durable state has changed, or that it is there. */
  note(room: MeetingRoom): void {
    const cellId = room.state.facts?.cellId;
    if (cellId) this.#cells.set(room.meetingId, cellId);
    this.#rooms.set(room.meetingId, room);
    this.#dirty.add(room.meetingId);
  }

  get(meetingId: MeetingId): Posted | undefined {
    return this.#posted.get(meetingId);
  }

  /** @returns the cell of a meeting that goes on, or did since the server started; null for an unknown one. */
  cellOf(meetingId: MeetingId): CellId | null {
    return this.#cells.get(meetingId) ?? null;
  }

  ofCell(cellId: CellId): readonly Posted[] {
    const found: Posted[] = [];
    for (const id of this.#byCell.get(cellId) ?? []) {
      const posted = this.#posted.get(id);
      if (posted) found.push(posted);
    }
    return found;
  }

  /** Brings the board up to date. @returns what differs since the last time. `now`: milliseconds since 1970. */
  refresh(now: number): readonly PostedChange[] {
    for (const [meetingId, at] of this.#due) if (at <= now) this.#dirty.add(meetingId);
    // What is "today" has changed for all of them.
    if (!isSameDay(this.#refreshedAt, now)) {
      for (const id of this.#rooms.keys()) this.#dirty.add(id);
      for (const { summary } of [...this.#posted.values()]) this.receive(summary, now);
    }
    this.#refreshedAt = now;
    const changes = this.#received;
    this.#received = [];
    const dirty = this.#dirty;
    this.#dirty = new Set();
    for (const meetingId of dirty) {
      const room = this.#rooms.get(meetingId);
      const change = room && this.#post(room, now);
      if (change) changes.push(change);
      if (room && isOver(room.state)) this.#drop(room.meetingId);
    }
    return changes;
  }

  /** Whether the meeting is this server's own. */
  isOwn(meetingId: MeetingId): boolean {
    return this.#rooms.has(meetingId);
  }

  /** Takes in what another server says of a meeting of its own. */
  receive(summary: MeetingSummary, now: number): void {
    const { meetingId, cellId } = summary;
    if (this.#rooms.has(meetingId)) return;
    this.#cells.set(meetingId, cellId);
    const change = this.#postSummary(summary, now);
    if (change) this.#received.push(change);
    if (isOver(summary)) this.#drop(meetingId);
  }

  /** The meeting is another server's: what is known of it stands until that one says more. */
  depart(meetingId: MeetingId): void {
    this.#rooms.delete(meetingId);
    this.#dirty.delete(meetingId);
    this.#due.delete(meetingId);
  }

  #drop(meetingId: MeetingId): void {
    const cellId = this.cellOf(meetingId);
    const ofCell = cellId && this.#byCell.get(cellId);
    if (ofCell) {
      ofCell.delete(meetingId);
      if (ofCell.size === 0) this.#byCell.delete(cellId);
    }
    this.#posted.delete(meetingId);
    this.#rooms.delete(meetingId);
    this.#due.delete(meetingId);
  }

  #post(room: MeetingRoom, now: number): PostedChange | null {
    const { meetingId, fold } = room;
    const summary = summaryAt(fold, Math.max(now, fold.state.at));
    if (!summary) return null;
    const due = nextAlarmAfter(fold.state, now);
    if (due === null) this.#due.delete(meetingId);
    else this.#due.set(meetingId, due);
    return this.#postSummary(summary, now);
  }

  #postSummary(newest: MeetingSummary, now: number): PostedChange | null {
    const { meetingId, cellId } = newest;
    const before = this.#posted.get(meetingId);
    const summary = before ? renewed(before.summary, newest) : newest;
    const listed = isListed(summary, now);
    if (before && summary === before.summary && listed === before.listed) return null;
    const share = shareOf(summary, listed);
    const posted = {
      meetingId,
      cellId,
      summary,
      listed,
      share: before ? renewed(before.share, share) : share,
    };
    this.#posted.set(meetingId, posted);
    const ofCell = this.#byCell.get(cellId) ?? new Set();
    this.#byCell.set(cellId, ofCell.add(meetingId));
    return before ? changeBetween(before, posted) : allOf(posted);
  }
}

function isListed({ phase, startsAt, openedAt }: MeetingSummary, now: number): boolean {
  switch (phase) {
    case 'open':
    case 'suspended':
      return true;
    case 'interrupted':
      return isSameDay(openedAt ?? startsAt, now);
    case 'summoned':
      return isSameDay(startsAt, now);
    default:
      return false;
  }
}

function shareOf({ phase, attendance, vote }: MeetingSummary, listed: boolean): Share {
  const live = phase === 'open' || phase === 'suspended';
  return {
    live: live ? 1 : 0,
    coming: listed && phase === 'summoned' ? 1 : 0,
    present: live ? attendance.present : 0,
    summoned: live ? attendance.summoned : 0,
    votesOpen: live && vote?.phase === 'open' ? 1 : 0,
  };
}

function allOf(posted: Posted): PostedChange {
  return { posted, summary: true, alarms: true, share: true, entry: true };
}

/** What is the same in both is the same object. */
function changeBetween(before: Posted, posted: Posted): PostedChange | null {
  const [a, b] = [before.summary, posted.summary];
  const listed = before.listed !== posted.listed;
  const summary = !saysTheSame(a, b);
  if (!listed && !summary) return null;
  return {
    posted,
    summary,
    alarms: a.alarms !== b.alarms,
    share: before.share !== posted.share,
    entry: listed || a.phase !== b.phase || a.startsAt !== b.startsAt || a.superiors !== b.superiors,
  };
}

/** `seq` alone is no news: an event may leave every figure as it was. */
function saysTheSame(a: MeetingSummary, b: MeetingSummary): boolean {
  for (const key in b) {
    const part = key as keyof MeetingSummary;
    if (part !== 'seq' && a[part] !== b[part]) return false;
  }
  return true;
}
