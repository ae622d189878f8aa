import { floorOf } from '@diemcau/shared/domain/floor.ts';
import { isLive } from '@diemcau/shared/domain/phase.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { MediaAnswers, MediaRequestName } from '@diemcau/shared/protocol/media.ts';
import { type MediaNotice, type MediaOffer, mediaRequests } from '@diemcau/shared/protocol/media.ts';
import { type Result, refused } from '@diemcau/shared/result.ts';
import type { MediaEngine, PeerRequest } from '../media/port.ts';
import type { Publication } from '../meeting/room.ts';
import { mediaOwnerOf } from './entitlement.ts';
import type { Seat } from './seat.ts';

/** Ties the optional media to the meeting: opens what the attendance allows, closes what it no longer does. */
export class MediaSeats {
  readonly #engine: MediaEngine | null;
  readonly #open = new Map<string, Seat>();
  readonly #floors = new Map<string, string>();

  constructor(engine: MediaEngine | null) {
    this.#engine = engine;
  }

  /** Makes the seat's media, or makes them anew. */
  async open(seat: Seat, notify: (notice: MediaNotice) => void): Promise<Result<MediaOffer>> {
    const engine = this.#engine;
    const owner = mediaOwnerOf(seat.room.state, seat.admission);
    if (!owner.ok) return owner;
    if (!engine?.available) return refused('mediaUnavailable');
    this.#stateFloor(seat.room.state);
    const { meetingId, peerId } = seat;
    this.#open.set(peerId, seat);
    const offer = await engine.openPeer({
      meetingId,
      peerId,
      owner: owner.value,
      rights: 'sendAndReceive',
      notify,
    });
    // The meeting went on meanwhile: what was allowed when it began may not be any more.
    const still = mediaOwnerOf(seat.room.state, seat.admission);
    if (offer.ok && (!still.ok || !this.#open.has(peerId))) {
      this.#open.delete(peerId);
      engine.closePeer(peerId, 'notEntitled');
      return still.ok ? refused('mediaNotAllowed') : still;
    }
    if (!offer.ok) this.#open.delete(peerId);
    return offer;
  }

  /** Hands a request on to the seat's media; `data` comes as the client sent it. */
  async request(
    seat: Seat,
    name: Exclude<MediaRequestName, 'open'>,
    data: unknown,
  ): Promise<Result<MediaAnswers[MediaRequestName]>> {
    const parsed = mediaRequests[name].safeParse(data);
    if (!parsed.success) return refused('malformed', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
    if (!this.#engine) return refused('mediaUnavailable');
    if (!this.#open.has(seat.peerId)) return refused('mediaNotAllowed');
    // Name and data were paired by the schema of that name, which the compiler can't follow through the table.
    return this.#engine.request(seat.peerId, { name, data: parsed.data } as PeerRequest);
  }

  close(seat: Seat): void {
    if (this.#open.delete(seat.peerId)) this.#engine?.closePeer(seat.peerId, 'left');
  }

  /** Media follow the durable state before anybody is told of the events. */
  follow(seats: Iterable<Seat>, { after }: Publication): void {
    if (!this.#engine) return;
    for (const seat of seats) {
      if (!this.#open.has(seat.peerId)) continue;
      const owner = mediaOwnerOf(after, seat.admission);
      if (owner.ok) continue;
      this.#open.delete(seat.peerId);
      this.#engine.closePeer(
        seat.peerId,
        owner.refusal.code === 'companionHasNoMedia' ? 'siteWins' : 'notEntitled',
      );
    }
    if (isLive(after)) this.#stateFloor(after);
    else if (after.facts && this.#floors.delete(after.facts.meetingId))
      this.#engine.closeMeeting(after.facts.meetingId);
  }

  #stateFloor(state: MeetingState): void {
    const meetingId = state.facts?.meetingId;
    if (!meetingId || !this.#engine) return;
    const floor = floorOf(state);
    const told = JSON.stringify(floor);
    if (this.#floors.get(meetingId) === told) return;
    this.#floors.set(meetingId, told);
    this.#engine.setFloor(meetingId, floor);
  }
}
