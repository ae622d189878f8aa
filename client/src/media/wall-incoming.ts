import type { MeetingId } from '@diemcau/shared/ids.ts';
import type {
  WallClosedReason,
  WallConsumerOffer,
  WallMediaRequestData,
  WallTracks,
} from '@diemcau/shared/protocol/wall-media.ts';
import type { types } from 'mediasoup-client';
import { Observable, type Readable } from '../store/observable.ts';
import { type Layer, layersWithin, wallBudget, weights } from './wall-layers.ts';
import { askedWall, type WallLink } from './wall-link.ts';
import { WallSlot } from './wall-slot.ts';
import type { WallSignal } from './wall-types.ts';

type Tuning = WallMediaRequestData<'tune'>['consumers'][number];
type Wanted = WallMediaRequestData<'consume'>['tracks'][number];

const batchLimit = 64;
/** Milliseconds between two batches. */
const batchPause = 50;
/** Notices of one click come within so many milliseconds, and are answered together. */
const gathering = 6;
const retryPause = 1_000;
/** What the server left out is asked for again after this time, if it is still to be shown. */
const leftOutPause = 2_000;

/** What arrives at a wall: pictures for the tiles on screen, and the sound of the meeting that is listened to. */
export class WallIncoming {
  readonly #signal: WallSignal;
  readonly #slots = new Map<MeetingId, WallSlot>();
  readonly #sounds = new Map<string, { readonly meetingId: MeetingId; readonly consumer: types.Consumer }>();
  readonly #sound = new Observable<MediaStream | null>(null);
  /** Sounds that have been asked for, or left out by the server. */
  readonly #asked = new Set<string>();
  /** What the server was last told of each consumer. */
  readonly #told = new Map<string, string>();
  #listening: MeetingId | null = null;
  #link: WallLink | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #flushedAt = Number.NEGATIVE_INFINITY;

  constructor(signal: WallSignal) {
    this.#signal = signal;
  }

  get sound(): Readable<MediaStream | null> {
    return this.#sound;
  }

  get slots(): Iterable<WallSlot> {
    return this.#slots.values();
  }

  slot(meetingId: MeetingId): WallSlot {
    const known = this.#slots.get(meetingId);
    if (known !== undefined) return known;
    const slot = new WallSlot(meetingId, (consumer) => this.#end(consumer));
    this.#slots.set(meetingId, slot);
    return slot;
  }

  /** Begins anew on a fresh link; what is asked for is on its way when this returns. */
  adopt(link: WallLink, tracks: readonly WallTracks[]): void {
    this.#link = link;
    const shown = new Set(tracks.map(({ meetingId }) => meetingId));
    for (const slot of this.#slots.values()) if (!shown.has(slot.meetingId)) slot.close('unattended');
    for (const each of tracks) this.slot(each.meetingId).follow(each);
    void this.#flush();
  }

  /** The link is gone. */
  interrupt(): void {
    this.#drop();
    for (const slot of this.#slots.values()) slot.interrupt();
  }

  /** All of it ends. */
  end(): void {
    this.#drop();
    for (const slot of this.#slots.values()) slot.close('unattended');
  }

  follow(tracks: WallTracks): void {
    this.slot(tracks.meetingId).follow(tracks);
    this.#schedule();
  }

  closed(meetingId: MeetingId, reason: WallClosedReason): void {
    this.slot(meetingId).close(reason);
    this.#schedule();
  }

  listen(meetingId: MeetingId | null): void {
    this.#listening = meetingId;
    this.#schedule();
  }

  /** To be called after a slot's size or priority has changed. */
  changed(): void {
    this.#schedule();
  }

  #drop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#link = null;
    this.#told.clear();
    this.#asked.clear();
    this.#sounds.clear();
    this.#publishSound();
  }

  #schedule(): void {
    if (this.#link === null || this.#timer !== undefined) return;
    const wait = Math.max(gathering, this.#flushedAt + batchPause - performance.now());
    this.#timer = setTimeout(() => void this.#flush(), wait);
  }

  async #flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#flushedAt = performance.now();
    const link = this.#link;
    if (link === null) return;
    this.#hush();
    try {
      await Promise.all([this.#tune([]), this.#consume(link)]);
    } catch {
      // Asked again shortly; when the whole link is gone another one takes over.
      if (this.#link === link) this.#timer ??= setTimeout(() => void this.#flush(), retryPause);
    }
  }

  async #consume(link: WallLink): Promise<void> {
    const wanted = this.#wanted();
    const batch = wanted.slice(0, batchLimit);
    if (batch.length === 0) return;
    if (wanted.length > batch.length) this.#schedule();
    for (const track of batch) this.#mark(track, 'asked');
    try {
      const offers = await link.ask(batch);
      if (this.#link !== link) return;
      // Nothing can arrive before a fresh link stands, and with it the browser's readiness: so the server may be told already
      // what shall run, and asks for the key frames in the moment the link stands.
      const ahead = link.line.get() === 'idle' ? offers : [];
      const [consumers] = await Promise.all([link.take(offers), this.#tune(ahead)]);
      if (this.#link !== link) return;
      for (const [index, offer] of offers.entries()) {
        const consumer = consumers[index];
        if (consumer !== undefined) this.#received(offer, consumer);
      }
      this.#askAgain(link, batch, offers);
    } catch (error) {
      for (const track of batch) this.#mark(track, 'unasked');
      throw error;
    }
    await this.#tune([]);
  }

  /** A pipe that could not be laid just then may be laid a moment later. */
  #askAgain(link: WallLink, batch: readonly Wanted[], offers: readonly WallConsumerOffer[]): void {
    const offered = new Set(offers.map(({ producerId }) => producerId));
    const leftOut = batch.filter(({ producerId }) => !offered.has(producerId));
    if (leftOut.length === 0) return;
    setTimeout(() => {
      if (this.#link !== link) return;
      for (const track of leftOut) this.#mark(track, 'unasked');
      this.#schedule();
    }, leftOutPause);
  }

  #wanted(): Wanted[] {
    const pictures = [...this.#slots.values()].flatMap(({ meetingId, wanted }) =>
      wanted === null ? [] : [{ meetingId, producerId: wanted.producerId }],
    );
    const sounds = this.#heard()
      .filter(({ producerId }) => !this.#asked.has(producerId) && !this.#hasSound(producerId))
      .map(({ meetingId, producerId }) => ({ meetingId, producerId }));
    return [...pictures, ...sounds];
  }

  #mark({ meetingId, producerId }: Wanted, state: 'asked' | 'unasked'): void {
    const slot = this.slot(meetingId);
    if (slot.sounds.some((sound) => sound.producerId === producerId)) {
      if (state === 'asked') this.#asked.add(producerId);
      else this.#asked.delete(producerId);
    } else if (state === 'asked') slot.asked = producerId;
    else if (slot.asked === producerId) slot.asked = null;
  }

  #received({ meetingId }: WallConsumerOffer, consumer: types.Consumer): void {
    if (consumer.kind === 'video') {
      if (this.slot(meetingId).received(consumer) === 'stale') this.#end(consumer);
      return;
    }
    this.#asked.delete(consumer.producerId);
    this.#sounds.set(consumer.id, { meetingId, consumer });
    this.#publishSound();
  }

  #heard(): readonly Wanted[] {
    const meetingId = this.#listening;
    if (meetingId === null) return [];
    return this.slot(meetingId).sounds.map(({ producerId }) => ({ meetingId, producerId }));
  }

  #hasSound(producerId: string): boolean {
    return [...this.#sounds.values()].some(({ consumer }) => consumer.producerId === producerId);
  }

  /** Ends what is heard no more: another meeting's sound, or a microphone that lost the floor. */
  #hush(): void {
    const heard = new Set(this.#heard().map(({ producerId }) => producerId));
    for (const asked of this.#asked) if (!heard.has(asked)) this.#asked.delete(asked);
    for (const { consumer } of [...this.#sounds.values()]) {
      if (heard.has(consumer.producerId)) continue;
      this.#sounds.delete(consumer.id);
      this.#end(consumer);
    }
    this.#publishSound();
  }

  #publishSound(): void {
    const tracks = [...this.#sounds.values()].map(({ consumer }) => consumer.track);
    if (tracks.length === 0) {
      this.#sound.set(null);
      return;
    }
    const stream = this.#sound.get() ?? new MediaStream();
    for (const track of stream.getTracks()) if (!tracks.includes(track)) stream.removeTrack(track);
    for (const track of tracks) stream.addTrack(track);
    this.#sound.set(stream);
  }

  /** Ends a consumer here and there. */
  #end(consumer: types.Consumer): void {
    this.#told.delete(consumer.id);
    if (consumer.closed) return;
    consumer.close();
    if (this.#link === null) return;
    askedWall(this.#signal, 'closeConsumer', { consumerId: consumer.id }).catch(() => undefined);
  }

  async #tune(ahead: readonly WallConsumerOffer[]): Promise<void> {
    const changes = this.#tunings(ahead)
      .map((tuning) => ({ tuning, text: JSON.stringify(tuning) }))
      .filter(({ tuning, text }) => this.#told.get(tuning.consumerId) !== text);
    const batch = changes.slice(0, batchLimit);
    if (batch.length === 0) return;
    if (changes.length > batch.length) this.#schedule();
    for (const { tuning, text } of batch) this.#told.set(tuning.consumerId, text);
    try {
      await askedWall(this.#signal, 'tune', { consumers: batch.map(({ tuning }) => tuning) });
    } catch (error) {
      for (const { tuning } of batch) this.#told.delete(tuning.consumerId);
      throw error;
    }
  }

  #tunings(ahead: readonly WallConsumerOffer[]): readonly Tuning[] {
    const layers = this.#layers();
    const coming = ahead.map(({ meetingId, consumerId, kind }) => ({ meetingId, consumerId, kind }));
    const here = [...this.#slots.values()].flatMap(({ meetingId, pictures }) =>
      pictures.map(({ consumer }) => ({ meetingId, consumerId: consumer.id, kind: 'video' as const })),
    );
    const sounds = [...this.#sounds.values()].map(({ meetingId, consumer }) => ({
      meetingId,
      consumerId: consumer.id,
      kind: 'audio' as const,
    }));
    return [...coming, ...here, ...sounds].map(({ meetingId, consumerId, kind }) => {
      if (kind === 'audio') return { consumerId, state: 'running' };
      const layer = layers.get(meetingId);
      if (layer === undefined) return { consumerId, state: 'paused' };
      const priority = weights[this.slot(meetingId).priority];
      return { consumerId, state: 'running', spatialLayer: layer, priority };
    });
  }

  #layers(): ReadonlyMap<string, Layer> {
    const seen = [...this.#slots.values()].flatMap(({ meetingId, size, priority }) =>
      size === null ? [] : [{ id: meetingId, size, priority }],
    );
    return layersWithin(seen, wallBudget);
  }
}
