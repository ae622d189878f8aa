import { type Viewer, viewerOf } from '@diemcau/shared/domain/audience.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { LineOwner } from '../meeting/lines.ts';
import type { MeetingRoom } from '../meeting/room.ts';
import type { Admission } from './admission.ts';

/** One connection in one meeting. */
export interface Seat {
  readonly meetingId: MeetingId;
  readonly room: MeetingRoom;
  readonly socketId: string;
  /** The session's id (`sid`): one device's, with all of its pages. */
  readonly session: string;
  /** The media engine's name for this seat; it goes on with media that a device takes up again after a lost line. */
  readonly peerId: string;
  readonly admission: Admission;
}

/** Whose line the seat's connection is. */
export function lineOwnerOf({ actor }: Admission): LineOwner {
  return actor.kind === 'terminal'
    ? { kind: 'site', site: actor.site }
    : { kind: 'person', person: actor.person };
}

/** With whose eyes the seat sees the meeting. */
export function viewerFor({ admission: { actor } }: Seat, state: MeetingState): Viewer {
  return actor.kind === 'terminal'
    ? viewerOf(state, { person: null, site: actor.site })
    : viewerOf(state, { person: actor.person, site: null });
}

/** All seats by meeting. */
export class Seats {
  readonly #byMeeting = new Map<MeetingId, Set<Seat>>();

  add(seat: Seat): void {
    const seats = this.#byMeeting.get(seat.meetingId) ?? new Set();
    seats.add(seat);
    this.#byMeeting.set(seat.meetingId, seats);
  }

  remove(seat: Seat): void {
    const seats = this.#byMeeting.get(seat.meetingId);
    seats?.delete(seat);
    if (seats?.size === 0) this.#byMeeting.delete(seat.meetingId);
  }

  all(): readonly Seat[] {
    return Array.from(this.#byMeeting.values(), (seats) => [...seats]).flat();
  }

  of(meetingId: MeetingId): ReadonlySet<Seat> {
    return this.#byMeeting.get(meetingId) ?? new Set();
  }
}
