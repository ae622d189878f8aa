import type { MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import { ok, type Result } from '@diemcau/shared/result.ts';
import type { MeetingRoom } from '../meeting/room.ts';
import type { WallMedia } from './wall-media-port.ts';
import type { SuperiorActor } from './wall-view.ts';

/** How long a focus outlives a lost connection, milliseconds: a line that drops for less is not logged either. */
const tolerated = 5_000;

/** Where a superior looks: a wall, or the room of one meeting with its picture and sound. */
export interface FocusHolder {
  readonly kind: 'wall' | 'seat';
  readonly socketId: string;
  readonly actor: SuperiorActor;
}

interface Focus {
  readonly holder: FocusHolder;
  readonly room: MeetingRoom;
  /** Since when its connection has been gone; null while it is there. */
  goneSince: number | null;
}

/** Which meeting each superior has in focus with sound: one of a person, whatever the number of their devices (SUP8). */
export class WallFocus {
  readonly #media: WallMedia | null;
  readonly #onFocused: (person: PersonId) => void;
  readonly #focuses = new Map<PersonId, Focus>();

  /** @param onFocused told of each focus that begins: those at other servers end with it. */
  constructor(media: WallMedia | null, onFocused: (person: PersonId) => void = () => undefined) {
    this.#media = media;
    this.#onFocused = onFocused;
  }

  /** `room`: one that the superior attends; null for none. Another device's focus ends with it. */
  async set(holder: FocusHolder, room: MeetingRoom | null): Promise<Result<null>> {
    const { person } = holder.actor;
    const before = this.#focuses.get(person);
    if (!room) {
      if (before && isSame(before.holder, holder)) this.#end(person, before);
      return ok(null);
    }
    if (before && before.room !== room) this.#end(person, before);
    else if (before && !isSame(before.holder, holder)) this.#hush(before.holder);
    this.#focuses.set(person, { holder, room, goneSince: null });
    this.#onFocused(person);
    const focused = await room.submit(holder.actor, null, { type: 'focusMeeting', state: 'on' });
    if (!focused.ok) return focused;
    // Another focus, or the end of the attendance, may have come meanwhile.
    const still = this.#focuses.get(person);
    if (holder.kind === 'wall' && still?.room === room && isSame(still.holder, holder)) {
      this.#media?.focus(holder.socketId, room.meetingId);
    }
    return ok(null);
  }

  /** The connection, or the seat on it, is gone; it may come back. */
  lost(holder: FocusHolder, now: number): void {
    const focus = this.#focuses.get(holder.actor.person);
    if (focus && isSame(focus.holder, holder)) focus.goneSince = now;
  }

  /** The wall, or its attendance of the meeting, has ended. */
  end(holder: FocusHolder, meetingId: MeetingId | null): void {
    const { person } = holder.actor;
    const focus = this.#focuses.get(person);
    if (!focus || !isSame(focus.holder, holder)) return;
    if (meetingId === null || focus.room.meetingId === meetingId) this.#end(person, focus);
  }

  /** The superior has a meeting of another server in focus. */
  yield(person: PersonId): void {
    const focus = this.#focuses.get(person);
    if (focus) this.#end(person, focus);
  }

  /** The meeting is another server's: nothing is to be written of it here. */
  drop(holder: FocusHolder, meetingId: MeetingId): void {
    const focus = this.#focuses.get(holder.actor.person);
    if (focus?.room.meetingId !== meetingId) return;
    this.#focuses.delete(holder.actor.person);
    this.#hush(focus.holder);
  }

  tick(now: number): void {
    for (const [person, focus] of this.#focuses) {
      if (focus.goneSince !== null && now - focus.goneSince >= tolerated) this.#end(person, focus);
    }
  }

  #end(person: PersonId, { holder, room }: Focus): void {
    this.#focuses.delete(person);
    this.#hush(holder);
    void room.submit(holder.actor, null, { type: 'focusMeeting', state: 'off' });
  }

  #hush({ kind, socketId }: FocusHolder): void {
    if (kind === 'wall') this.#media?.focus(socketId, null);
  }
}

function isSame(a: FocusHolder, b: FocusHolder): boolean {
  return a.kind === b.kind && a.socketId === b.socketId;
}
