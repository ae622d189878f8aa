import { isOver } from '@diemcau/shared/domain/phase.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { MeetingRoom, Publication } from '../meeting/room.ts';
import type { DoorSocket } from './server.ts';
import type { FocusHolder } from './wall-focus.ts';
import type { WallMedia } from './wall-media-port.ts';
import type { SuperiorActor, WallView } from './wall-view.ts';

/** One connection that watches: what is on its screen, what it attends. */
export interface Wall extends FocusHolder {
  readonly kind: 'wall';
  /** `attending`: the superior's screen is fed by another server, and only attends meetings of this one. */
  readonly part: 'whole' | 'attending';
  readonly socket: DoorSocket;
  readonly view: WallView;
  /** As whom the superior is announced; the newest that the directory said. */
  actor: SuperiorActor;
  shown: ReadonlySet<MeetingId>;
  readonly seats: Map<MeetingId, MeetingRoom>;
  /** Summaries to be sent with the next batch. */
  renewed: Set<MeetingId>;
}

/** @returns whether the superior attends by the durable state, in a meeting that isn't over. */
export function attends(state: MeetingState, { actor: { person } }: Pick<Wall, 'actor'>): boolean {
  return !isOver(state) && state.superiors[person] !== undefined;
}

/**
 * The walls' part in the attendances of superiors: each attended meeting holds the superior's line up as an ordinary seat
 * does, beside it and independent of it, so that leaving the one ends nothing of the other.
 */
export class WallSeats {
  readonly #media: WallMedia | null;
  readonly #elapsed: () => number;
  readonly #byMeeting = new Map<MeetingId, Set<Wall>>();

  constructor(media: WallMedia | null, elapsed: () => number) {
    this.#media = media;
    this.#elapsed = elapsed;
  }

  /** Only after the attendance is durable; taking a seat twice is no fault. */
  take(wall: Wall, room: MeetingRoom): void {
    const { meetingId } = room;
    if (wall.seats.has(meetingId)) return;
    room.lines.up({ kind: 'person', person: wall.actor.person });
    wall.seats.set(meetingId, room);
    this.#byMeeting.set(meetingId, (this.#byMeeting.get(meetingId) ?? new Set()).add(wall));
    this.#tellMedia(wall);
  }

  /** Media end with it. */
  release(wall: Wall, meetingId: MeetingId): void {
    const room = wall.seats.get(meetingId);
    if (!room) return;
    wall.seats.delete(meetingId);
    const walls = this.#byMeeting.get(meetingId);
    walls?.delete(wall);
    if (walls?.size === 0) this.#byMeeting.delete(meetingId);
    this.#tellMedia(wall);
    room.lines.down({ kind: 'person', person: wall.actor.person }, this.#elapsed());
  }

  /** The wall is gone. */
  releaseAll(wall: Wall): void {
    for (const meetingId of [...wall.seats.keys()]) this.release(wall, meetingId);
    this.#media?.close(wall.socket.id);
  }

  /** Whoever attends no more by these events has no seat any more. */
  evict({ room, after }: Publication): void {
    for (const wall of [...(this.#byMeeting.get(room.meetingId) ?? [])]) {
      if (!attends(after, wall)) this.release(wall, room.meetingId);
    }
  }

  of(meetingId: MeetingId): ReadonlySet<Wall> {
    return this.#byMeeting.get(meetingId) ?? new Set();
  }

  #tellMedia({ socket, seats }: Wall): void {
    this.#media?.attends(socket.id, new Set(seats.keys()));
  }
}
