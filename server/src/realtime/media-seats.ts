import { floorOf } from '@diemcau/shared/domain/floor.ts';
import { isLive } from '@diemcau/shared/domain/phase.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import {
  type MediaAnswers,
  type MediaNotice,
  type MediaOffer,
  type MediaRequestName,
  type MediaResume,
  mediaRequests,
  type SendingOffer,
} from '@diemcau/shared/protocol/media.ts';
import { type Refusal, type Result, refused } from '@diemcau/shared/result.ts';
import type { MediaEngine, PeerOpening, PeerRequest, PeerRequestName } from '../media/port.ts';
import type { Publication } from '../meeting/room.ts';
import { closeReasonOf, mediaOwnerOf } from './entitlement.ts';
import { type HeldMedia, KeptMedia } from './held-media.ts';
import type { Seat } from './seat.ts';

/** So long media wait for a device whose line is gone, milliseconds: then the others have looked at a still picture for long enough. */
const keptFor = 30_000;

interface Waiting {
  readonly seat: Seat;
  readonly notify: (notice: MediaNotice) => void;
}

/** Ties the optional media to the meeting: opens what the attendance allows, closes what it no longer does. */
export class MediaSeats {
  readonly #engine: MediaEngine | null;
  readonly #open = new Map<string, HeldMedia>();
  readonly #byTransport = new Map<string, HeldMedia>();
  readonly #kept: KeptMedia;
  /** Shut out for an item in person only; told when it has ended (AGD8). */
  readonly #waiting = new Map<string, Waiting>();
  readonly #floors = new Map<MeetingId, string>();

  /** @param patience for how long media are kept without a line, milliseconds. */
  constructor(engine: MediaEngine | null, patience = keptFor) {
    this.#engine = engine;
    this.#kept = new KeptMedia(patience);
  }

  /** Makes the seat's media, or makes them anew. */
  async open(seat: Seat, notify: (notice: MediaNotice) => void): Promise<Result<MediaOffer>> {
    const offer = await this.#make(seat, notify, (engine, opening) =>
      engine.openPeer({ ...opening, rights: 'sendAndReceive' }),
    );
    const held = this.#open.get(seat.peerId);
    if (offer.ok && held?.seat === seat) {
      if (held.transportId !== null) this.#byTransport.delete(held.transportId);
      held.transportId = offer.value.receive.id;
      this.#byTransport.set(held.transportId, held);
    }
    return offer;
  }

  /** @returns the media of this very session whose transport its device names; null where it has none such. */
  find(meetingId: MeetingId, session: string, resume: MediaResume): HeldMedia | null {
    const held = this.#byTransport.get(resume.transportId);
    return held?.seat.meetingId === meetingId && held.seat.session === session ? held : null;
  }

  /** From now on the media are this seat's, which has their name; the one before has none any more. */
  handOver(held: HeldMedia, seat: Seat): void {
    this.#kept.drop(held);
    held.seat = seat;
  }

  /**
   * Goes on with media that were handed over to the seat.
   * @returns `replaced` when another device took their place meanwhile; null when they are gone and are to be made anew.
   */
  resume(
    seat: Seat,
    notify: (notice: MediaNotice) => void,
    { producers }: MediaResume,
  ): Result<MediaOffer> | 'replaced' | null {
    const held = this.#open.get(seat.peerId);
    const owner = mediaOwnerOf(seat.room.state, seat.admission);
    if (!this.#engine || held?.seat !== seat || !owner.ok) return null;
    held.notify = notify;
    if (held.closed === 'replaced') {
      this.#forgetHeld(held);
      return 'replaced';
    }
    const offer = this.#engine.resumePeer(seat.peerId, producers);
    if (!offer.ok) this.#forgetHeld(held);
    return offer.ok ? offer : null;
  }

  /** The seat's line is gone; its device may come back for its media within a while. */
  keep(seat: Seat): void {
    const held = this.#open.get(seat.peerId);
    if (held?.seat !== seat || held.transportId === null) {
      this.close(seat);
      return;
    }
    this.#waiting.delete(seat.peerId);
    held.notify = () => undefined;
    this.#kept.keep(held, () => this.#end(held));
  }

  /** Seats whose device is gone and whose media are still kept. */
  kept(): readonly Seat[] {
    return this.#kept.all().map(({ seat }) => seat);
  }

  /** A session that has ended, or that comes into the meeting without its media, has no more use for what was kept for it. */
  release(session: string, meetingId: MeetingId | null): void {
    const kept = meetingId === null ? this.#kept.all() : this.#kept.of(meetingId);
    for (const held of kept) if (held.seat.session === session) this.#end(held);
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
    const held: HeldMedia = { seat, notify, transportId: null, closed: null };
    const before = this.#open.get(peerId);
    if (before) this.#forgetHeld(before);
    this.#open.set(peerId, held);
    this.#waiting.delete(peerId);
    const tell = (notice: MediaNotice) => {
      if (notice.type === 'mediaClosed') held.closed = notice.reason;
      held.notify(notice);
    };
    const offer = await make(engine, { meetingId, peerId, owner: owner.value, notify: tell });
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
    const held = this.#open.get(seat.peerId);
    // Handed over to the seat in which the device came back.
    if (held?.seat === seat) this.#end(held);
  }

  #end(held: HeldMedia): void {
    this.#forgetHeld(held);
    this.#engine?.closePeer(held.seat.peerId, 'left');
  }

  #forgetHeld(held: HeldMedia): void {
    const { peerId } = held.seat;
    this.#kept.drop(held);
    if (this.#open.get(peerId) === held) this.#open.delete(peerId);
    if (held.transportId !== null && this.#byTransport.get(held.transportId) === held)
      this.#byTransport.delete(held.transportId);
  }

  /** The meeting is no longer this server's: its router goes, whoever is connected to it. */
  forget(meetingId: MeetingId): void {
    this.#floors.delete(meetingId);
    for (const held of this.#kept.of(meetingId)) this.#forgetHeld(held);
    this.#engine?.closeMeeting(meetingId);
  }

  /** All routers go at once. */
  forgetAll(): void {
    for (const meetingId of [...this.#floors.keys()]) this.forget(meetingId);
  }

  /** Media follow the durable state before anybody is told of the events. */
  follow(seats: Iterable<Seat>, { room, after }: Publication): void {
    if (!this.#engine) return;
    for (const held of this.#kept.of(room.meetingId)) this.#closeUnlessAllowed(held, after, 'gone');
    for (const seat of seats) {
      const open = this.#open.get(seat.peerId);
      const waiting = this.#waiting.get(seat.peerId);
      if (open) this.#closeUnlessAllowed(open, after, 'there');
      else if (waiting) this.#tellIfAllowed(waiting, after);
    }
    if (isLive(after)) this.#stateFloor(after);
    else if (after.facts && this.#floors.delete(after.facts.meetingId))
      this.#engine.closeMeeting(after.facts.meetingId);
  }

  #closeUnlessAllowed(held: HeldMedia, after: MeetingState, device: 'there' | 'gone'): void {
    const { seat, notify } = held;
    const { peerId, admission } = seat;
    const owner = mediaOwnerOf(after, admission);
    if (owner.ok) return;
    this.#forgetHeld(held);
    if (owner.refusal.code === 'inPersonOnly' && device === 'there')
      this.#waiting.set(peerId, { seat, notify });
    this.#engine?.closePeer(peerId, closeReasonOf(owner.refusal.code));
  }

  #tellIfAllowed({ seat, notify }: Waiting, after: MeetingState): void {
    const owner = mediaOwnerOf(after, seat.admission);
    if (!owner.ok && owner.refusal.code === 'inPersonOnly') return;
    this.#waiting.delete(seat.peerId);
    if (owner.ok) notify({ type: 'mediaAllowed' });
  }

  #refuse(refusal: Refusal, waiting: Waiting): Result<never> {
    if (refusal.code === 'inPersonOnly' && this.#engine) this.#waiting.set(waiting.seat.peerId, waiting);
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
