import { floorOf } from '@diemcau/shared/domain/floor.ts';
import { isLive } from '@diemcau/shared/domain/phase.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { MediaAnswers, MediaRequestName } from '@diemcau/shared/protocol/media.ts';
import {
  type MediaNotice,
  type MediaOffer,
  mediaRequests,
  type SendingOffer,
} from '@diemcau/shared/protocol/media.ts';
import { type Refusal, type Result, refused } from '@diemcau/shared/result.ts';
import type { MediaEngine, PeerOpening, PeerRequest, PeerRequestName } from '../media/port.ts';
import type { Publication } from '../meeting/room.ts';
import { closeReasonOf, mediaOwnerOf } from './entitlement.ts';
import type { Seat } from './seat.ts';

interface HeldSeat {
  readonly seat: Seat;
  readonly notify: (notice: MediaNotice) => void;
}

/** Ties the optional media to the meeting: opens what the attendance allows, closes what it no longer does. */
export class MediaSeats {
  readonly #engine: MediaEngine | null;
  readonly #open = new Map<string, HeldSeat>();
  /** Shut out for an item in person only; told when it has ended (AGD8). */
  readonly #waiting = new Map<string, HeldSeat>();
  readonly #floors = new Map<MeetingId, string>();

  constructor(engine: MediaEngine | null) {
    this.#engine = engine;
  }

  /** Makes the seat's media, or makes them anew. */
  open(seat: Seat, notify: (notice: MediaNotice) => void): Promise<Result<MediaOffer>> {
    return this.#make(seat, notify, (engine, opening) =>
      engine.openPeer({ ...opening, rights: 'sendAndReceive' }),
    );
  }

  /** The same for a seat that only sends: its pictures come over a superior's wall. */
  openSending(seat: Seat, notify: (notice: MediaNotice) => void): Promise<Result<SendingOffer>> {
    return this.#make(seat, notify, (engine, opening) =>
      engine.openSender({ ...opening, rights: 'sendOnly' }),
    );
  }

  async #make<T>(
    seat: Seat,
    notify: (notice: MediaNotice) => void,
    make: (engine: MediaEngine, opening: Omit<PeerOpening, 'rights'>) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const engine = this.#engine;
    const owner = mediaOwnerOf(seat.room.state, seat.admission);
    if (!owner.ok) return this.#refuse(owner.refusal, { seat, notify });
    if (!engine?.available) return refused('mediaUnavailable');
    this.#stateFloor(seat.room.state);
    const { meetingId, peerId } = seat;
    this.#open.set(peerId, { seat, notify });
    this.#waiting.delete(peerId);
    const offer = await make(engine, { meetingId, peerId, owner: owner.value, notify });
    // The meeting went on meanwhile: what was allowed when it began may not be any more.
    const still = mediaOwnerOf(seat.room.state, seat.admission);
    if (offer.ok && (!still.ok || !this.#open.has(peerId))) {
      this.#open.delete(peerId);
      engine.closePeer(peerId, still.ok ? 'notEntitled' : closeReasonOf(still.refusal.code));
      return still.ok ? refused('mediaNotAllowed') : this.#refuse(still.refusal, { seat, notify });
    }
    if (!offer.ok) this.#open.delete(peerId);
    return offer;
  }

  /** Hands a request on to the seat's media; `data` comes as the client sent it. */
  async request(
    seat: Seat,
    name: PeerRequestName,
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
    this.#waiting.delete(seat.peerId);
    if (this.#open.delete(seat.peerId)) this.#engine?.closePeer(seat.peerId, 'left');
  }

  /** The meeting is no longer this server's: its router goes, whoever is connected to it. */
  forget(meetingId: MeetingId): void {
    this.#floors.delete(meetingId);
    this.#engine?.closeMeeting(meetingId);
  }

  /** All routers go at once. */
  forgetAll(): void {
    for (const meetingId of [...this.#floors.keys()]) this.forget(meetingId);
  }

  /** Media follow the durable state before anybody is told of the events. */
  follow(seats: Iterable<Seat>, { after }: Publication): void {
    if (!this.#engine) return;
    for (const seat of seats) {
      const open = this.#open.get(seat.peerId);
      const waiting = this.#waiting.get(seat.peerId);
      if (open) this.#closeUnlessAllowed(open, after);
      else if (waiting) this.#tellIfAllowed(waiting, after);
    }
    if (isLive(after)) this.#stateFloor(after);
    else if (after.facts && this.#floors.delete(after.facts.meetingId))
      this.#engine.closeMeeting(after.facts.meetingId);
  }

  #closeUnlessAllowed(held: HeldSeat, after: MeetingState): void {
    const { peerId, admission } = held.seat;
    const owner = mediaOwnerOf(after, admission);
    if (owner.ok) return;
    this.#open.delete(peerId);
    if (owner.refusal.code === 'inPersonOnly') this.#waiting.set(peerId, held);
    this.#engine?.closePeer(peerId, closeReasonOf(owner.refusal.code));
  }

  #tellIfAllowed({ seat, notify }: HeldSeat, after: MeetingState): void {
    const owner = mediaOwnerOf(after, seat.admission);
    if (!owner.ok && owner.refusal.code === 'inPersonOnly') return;
    this.#waiting.delete(seat.peerId);
    if (owner.ok) notify({ type: 'mediaAllowed' });
  }

  #refuse(refusal: Refusal, held: HeldSeat): Result<never> {
    if (refusal.code === 'inPersonOnly' && this.#engine) this.#waiting.set(held.seat.peerId, held);
    return { ok: false, refusal };
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
