import type { MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import { ok, type Result } from '@diemcau/shared/result.ts';
import type { MeetingRoom } from '../meeting/room.ts';
import type { WallMedia } from './wall-media-port.ts';
import type { Wall } from './wall-seats.ts';

/** How long a focus outlives a lost wall, milliseconds: a line that drops for less is not logged either. */
const tolerated = 5_000;

interface Focus {
  readonly wall: Wall;
  readonly room: MeetingRoom;
  /** Since when its wall has been gone; null while it is there. */
  goneSince: number | null;
}

/** Which meeting each superior has in focus with sound: one of a person, whatever the number of their devices (SUP8). */
export class WallFocus {
  readonly #media: WallMedia | null;
  readonly #focuses = new Map<PersonId, Focus>();

  constructor(media: WallMedia | null) {
    this.#media = media;
  }

  /** `room`: one that the wall attends; null for none. Another device's focus ends with it. */
  async set(wall: Wall, room: MeetingRoom | null): Promise<Result<null>> {
    const { person } = wall.actor;
    const before = this.#focuses.get(person);
    if (before && (room === null ? before.wall === wall : before.room !== room)) this.#end(person, before);
    if (before && before.wall !== wall && room) this.#media?.focus(before.wall.socket.id, null);
    if (!room) return ok(null);
    this.#focuses.set(person, { wall, room, goneSince: null });
    const focused = await room.submit(wall.actor, null, { type: 'focusMeeting', state: 'on' });
    if (!focused.ok) return focused;
    // Another focus, or the end of the attendance, may have come meanwhile.
    const still = this.#focuses.get(person);
    if (still?.wall === wall && still.room === room) this.#media?.focus(wall.socket.id, room.meetingId);
    return ok(null);
  }

  /** The wall's connection is lost; it may come back. */
  lost(wall: Wall, now: number): void {
    const focus = this.#focuses.get(wall.actor.person);
    if (focus?.wall === wall) focus.goneSince = now;
  }

  /** The wall, or its attendance of the meeting, has ended. */
  end(wall: Wall, meetingId: MeetingId | null): void {
    const focus = this.#focuses.get(wall.actor.person);
    if (focus?.wall !== wall || (meetingId !== null && focus.room.meetingId !== meetingId)) return;
    this.#end(wall.actor.person, focus);
  }

  tick(now: number): void {
    for (const [person, focus] of this.#focuses) {
      if (focus.goneSince !== null && now - focus.goneSince >= tolerated) this.#end(person, focus);
    }
  }

  #end(person: PersonId, { wall, room }: Focus): void {
    this.#focuses.delete(person);
    this.#media?.focus(wall.socket.id, null);
    void room.submit(wall.actor, null, { type: 'focusMeeting', state: 'off' });
  }
}
