import { pictureOrder } from '@diemcau/shared/domain/picture-order.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import {
  type WallClosedReason,
  type WallMediaAnswers,
  type WallMediaNotice,
  type WallMediaOffer,
  type WallMediaRequestData,
  type WallMediaRequestName,
  wallMediaRequests,
} from '@diemcau/shared/protocol/wall-media.ts';
import { type Result, refused } from '@diemcau/shared/result.ts';
import type { MediaEngine } from '../media/port.ts';
import type { WallPeerRequest, WallView } from '../media/wall-port.ts';
import type { Publication } from '../meeting/room.ts';
import { wallRefusal } from './wall-entitlement.ts';

interface WallSeat {
  readonly wallId: string;
  readonly person: PersonId;
}

/** What is known of one wall; it may attend before it asks for media. */
interface Held {
  attends: ReadonlySet<MeetingId>;
  focus: MeetingId | null;
  /** Null while it has no media. */
  open: WallSeat | null;
  /** What the engine was told of each meeting; a meeting that is not in it is closed there. */
  readonly told: Map<MeetingId, string>;
}

/**
 * Ties the walls' media to the meetings: a wall receives a meeting only while its superior attends by the durable state, so
 * never before the members see it; and it is closed before anybody is told of the end.
 */
export class WallMediaSeats {
  readonly #engine: MediaEngine | null;
  readonly #stateOf: (meetingId: MeetingId) => MeetingState | null;
  readonly #walls = new Map<string, Held>();

  /** @param stateOf the durable state of a meeting that is in memory. */
  constructor(engine: MediaEngine | null, stateOf: (meetingId: MeetingId) => MeetingState | null) {
    this.#engine = engine;
    this.#stateOf = stateOf;
  }

  /** Makes the wall's media, or makes them anew. Refuses with `mediaUnavailable` or `mediaRequestFailed`. */
  async open(wall: WallSeat, notify: (notice: WallMediaNotice) => void): Promise<Result<WallMediaOffer>> {
    const engine = this.#engine;
    if (!engine?.available) return refused('mediaUnavailable');
    const held = this.#held(wall.wallId);
    held.open = wall;
    held.told.clear();
    const views = [...held.attends].flatMap((meetingId) => {
      const view = this.#viewOf(held, wall, meetingId, this.#stateOf(meetingId));
      if (typeof view === 'string') return [];
      held.told.set(meetingId, JSON.stringify(view));
      return [view];
    });
    const offer = await engine.walls.open({ ...wall, notify }, views);
    // Closed, or opened once more meanwhile.
    if (held.open !== wall) return refused('mediaRequestFailed');
    if (!offer.ok) held.open = null;
    return offer;
  }

  /** Hands a request on to the wall's media; `data` comes as the client sent it. */
  async request<N extends Exclude<WallMediaRequestName, 'open'>>(
    wallId: string,
    name: N,
    data: unknown,
  ): Promise<Result<WallMediaAnswers[N]>> {
    const parsed = wallMediaRequests[name].safeParse(data);
    if (!parsed.success) return refused('malformed', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
    const held = this.#walls.get(wallId);
    if (!this.#engine) return refused('mediaUnavailable');
    if (!held?.open) return refused('mediaNotAllowed');
    for (const meetingId of meetingsOf(parsed.data)) this.#agree(held, meetingId, this.#stateOf(meetingId));
    // Name and data were paired by the schema of that name, which the compiler can't follow through the table.
    return this.#engine.walls.request(wallId, { name, data: parsed.data } as WallPeerRequest<N>);
  }

  /** Says which meetings this wall attends; what is none of them any more is closed at once. */
  attends(wallId: string, meetings: ReadonlySet<MeetingId>): void {
    const held = this.#held(wallId);
    const all = new Set([...held.attends, ...meetings]);
    held.attends = new Set(meetings);
    if (held.focus !== null && !meetings.has(held.focus)) held.focus = null;
    for (const meetingId of all) this.#agree(held, meetingId, this.#stateOf(meetingId));
  }

  /** Sound is heard of this meeting alone; null for none. */
  focus(wallId: string, meeting: MeetingId | null): void {
    // A focus may end some seconds after its wall: of who is gone nothing is kept.
    const held = meeting === null ? this.#walls.get(wallId) : this.#held(wallId);
    if (held === undefined) return;
    const before = held.focus;
    held.focus = meeting;
    for (const meetingId of [before, meeting]) {
      if (meetingId !== null) this.#agree(held, meetingId, this.#stateOf(meetingId));
    }
  }

  /** Media follow the durable state before anybody is told of the events. */
  follow({ room, after }: Pick<Publication, 'room' | 'after'>): void {
    for (const held of this.#walls.values()) {
      if (held.attends.has(room.meetingId)) this.#agree(held, room.meetingId, after);
    }
  }

  close(wallId: string): void {
    const held = this.#walls.get(wallId);
    if (held === undefined) return;
    this.#walls.delete(wallId);
    held.open = null;
    this.#engine?.walls.close(wallId);
  }

  #held(wallId: string): Held {
    const known = this.#walls.get(wallId);
    if (known !== undefined) return known;
    const held: Held = { attends: new Set(), focus: null, open: null, told: new Map() };
    this.#walls.set(wallId, held);
    return held;
  }

  /** Brings the engine to what may be received of a meeting now. */
  #agree(held: Held, meetingId: MeetingId, state: MeetingState | null): void {
    const { open, told } = held;
    const walls = this.#engine?.walls;
    if (open === null || walls === undefined) return;
    const view = this.#viewOf(held, open, meetingId, state);
    if (typeof view === 'string') {
      if (told.delete(meetingId)) walls.hide(open.wallId, meetingId, view);
      return;
    }
    const text = JSON.stringify(view);
    if (told.get(meetingId) === text) return;
    told.set(meetingId, text);
    walls.show(open.wallId, view);
  }

  /** @returns the reason where nothing of the meeting may be received. */
  #viewOf(
    { attends, focus }: Held,
    { person }: WallSeat,
    meetingId: MeetingId,
    state: MeetingState | null,
  ): WallView | WallClosedReason {
    const refusal = wallRefusal(state, person) ?? (attends.has(meetingId) ? null : 'left');
    if (refusal !== null || state === null) return refusal ?? 'notEntitled';
    return { meetingId, picture: pictureOrder(state), sounds: focus === meetingId ? 'heard' : 'none' };
  }
}

function meetingsOf(data: WallMediaRequestData<Exclude<WallMediaRequestName, 'open'>>): Iterable<MeetingId> {
  return 'tracks' in data ? new Set(data.tracks.map(({ meetingId }) => meetingId)) : [];
}
