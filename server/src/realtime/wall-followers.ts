import type { Follower } from '@diemcau/shared/domain/attendance-types.ts';
import { entriesOf } from '@diemcau/shared/domain/evolution.ts';
import { isLive, isOver } from '@diemcau/shared/domain/phase.ts';
import type { MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import type { MeetingRoom } from '../meeting/room.ts';
import type { SuperiorActor } from './wall-view.ts';

/** How long figures may be off the screen before the cell is told that they are no longer followed, milliseconds (SUP7). */
const damping = 60_000;

interface Following {
  readonly room: MeetingRoom;
  readonly actor: SuperiorActor;
  /** Since when no wall of the superior has shown it; null while one does. */
  hiddenSince: number | null;
}

/**
 * Tells cells who follows their figures (SUP7): at once when they come on a screen, and no longer a minute after they have
 * left it, so that turning pages and short breaks of the line fill no record.
 */
export class WallFollowers {
  readonly #following = new Map<PersonId, Map<MeetingId, Following>>();

  /** Takes over what an earlier run of the server has left: nobody is shown to follow who may not come back. */
  adopt(room: MeetingRoom, now: number): void {
    for (const [person, { name, office }] of entriesOf<PersonId, Follower>(room.state.followers)) {
      const actor = { kind: 'superior', person, name, office } as const;
      this.#of(person).set(room.meetingId, { room, actor, hiddenSince: now });
    }
  }

  /** Resolves when the cell has been told, or can't be. */
  async show(room: MeetingRoom, actor: SuperiorActor): Promise<void> {
    this.#of(actor.person).set(room.meetingId, { room, actor, hiddenSince: null });
    if (isTold(room, actor.person)) return;
    await room.submit(actor, null, { type: 'followFigures' });
  }

  /** Says which meetings are on a screen of the superior now; of all others the time begins to run. */
  keepOnly(person: PersonId, shown: ReadonlySet<MeetingId>, now: number): void {
    for (const [meetingId, following] of this.#following.get(person) ?? []) {
      following.hiddenSince = shown.has(meetingId) ? null : (following.hiddenSince ?? now);
    }
  }

  /** Ends what has been off the screen for long enough; says again what could not be recorded when it began. */
  tick(now: number): void {
    for (const [person, meetings] of this.#following) {
      for (const [meetingId, { room, actor, hiddenSince }] of meetings) {
        if (isOver(room.state)) meetings.delete(meetingId);
        else if (hiddenSince === null) {
          if (isLive(room.state) && !isTold(room, person)) void this.show(room, actor);
        } else if (now - hiddenSince >= damping) this.end(person, meetingId);
      }
    }
  }

  /** The meeting is another server's. */
  drop(meetingId: MeetingId): void {
    for (const meetings of this.#following.values()) meetings.delete(meetingId);
  }

  /** Ends it at once. */
  end(person: PersonId, meetingId: MeetingId): void {
    const meetings = this.#following.get(person);
    const following = meetings?.get(meetingId);
    if (!meetings || !following) return;
    meetings.delete(meetingId);
    if (meetings.size === 0) this.#following.delete(person);
    const { room, actor } = following;
    void room.submit(actor, null, { type: 'unfollowFigures' }).then((ended) => {
      // Not recorded: the next tick tries again, unless the superior has it on a screen anew.
      if (ended.ok || isOver(room.state) || this.#following.get(person)?.has(meetingId)) return;
      this.#of(person).set(meetingId, { room, actor, hiddenSince: 0 });
    });
  }

  #of(person: PersonId): Map<MeetingId, Following> {
    const meetings = this.#following.get(person) ?? new Map<MeetingId, Following>();
    this.#following.set(person, meetings);
    return meetings;
  }
}

/** Of its own members a cell is not told: they read its figures anyway (SUP9). */
function isTold({ state }: MeetingRoom, person: PersonId): boolean {
  return state.followers[person] !== undefined || state.roll[person] !== undefined;
}
