import type {
  ConsumerOffer,
  MediaOwner,
  MediaRequestData,
  ProducerInfo,
} from '@diemcau/shared/protocol/media.ts';
import type { types } from 'mediasoup-client';
import type { Observable } from '../store/observable.ts';
import type { MediaLink } from './link.ts';
import type { PictureFlow, RemoteTrack } from './media-state.ts';
import { layerFor, priorityFor, type TileSize } from './quality.ts';
import { type Candidate, chosenPictures, pictureLimits } from './selection.ts';
import { asked, type Signal } from './signalling.ts';

type Tuning = MediaRequestData<'tune'>['consumers'][number];

interface Entry {
  info: ProducerInfo;
  consumer: types.Consumer | null;
  /** The consumer's id, once the server may let it run. */
  ready: string | null;
  /** `asked` until the answer comes; `refused` when the server left it out. */
  consuming: 'no' | 'asked' | 'refused';
  told: string;
  /** When its owner was last heard speaking; null for never. */
  spokeAt: number | null;
}

/** Pictures made ready before any tile is mounted, so that the first ones needn't wait for the page. */
const readyAhead = 12;
/** Of these, how many run in their smallest layer from the beginning, as long as the page may take to draw its tiles. */
const runningAhead = 4;
const aheadFor = 1_500;
/** How long sound has a narrow line for itself, with what the page still fetches: milliseconds. */
const soundAlone = 4_000;
const batchLimit = 64;
/** Milliseconds between two batches; the first of a burst goes at once. */
const batchPause = 50;
const retryPause = 1_000;

export type MediaStart = 'all' | 'soundFirst';

/** What others send: consumers for all sound that has the floor and for the pictures whose tiles are on screen. */
export class Incoming {
  readonly #signal: Signal;
  readonly #remote: Observable<readonly RemoteTrack[]>;
  readonly #entries = new Map<string, Entry>();
  /** Kept through rebuilding: the tiles don't say again what they have said. */
  readonly #sizes: Map<string, TileSize>;
  /** Pictures that run although no tile has been seen yet. */
  #ahead: ReadonlySet<string> = new Set();
  /** Pictures that are on screen and within what the line carries. */
  #chosen: ReadonlySet<string> = new Set();
  /** Pictures that are on screen and beyond it. */
  #resting: ReadonlySet<string> = new Set();
  #standing: ReadonlySet<string> = new Set();
  #sight: 'shown' | 'hidden' = 'shown';
  #view: 'pictures' | 'soundOnly' = 'pictures';
  #limit: number = pictureLimits.good;
  #link: MediaLink | null = null;
  #aheadTimer: ReturnType<typeof setTimeout> | undefined;
  /** Whether all pictures wait for {@link soundAlone} to pass. */
  #waiting = false;
  #pictureTimer: ReturnType<typeof setTimeout> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #flushedAt = Number.NEGATIVE_INFINITY;

  constructor(signal: Signal, remote: Observable<readonly RemoteTrack[]>, sizes: Map<string, TileSize>) {
    this.#signal = signal;
    this.#remote = remote;
    this.#sizes = sizes;
  }

  /** Begins anew on a fresh link. @param view whether the page is about to show pictures. */
  adopt(
    link: MediaLink,
    producers: readonly ProducerInfo[],
    view: 'pictures' | 'soundOnly',
    start: MediaStart,
  ): void {
    this.reset();
    this.#link = link;
    this.#view = view;
    for (const info of producers) this.#entries.set(info.producerId, newEntry(info));
    this.#publish();
    if (start === 'soundFirst') this.#waitWithPictures();
    const ahead = view === 'pictures' && start === 'all';
    const pictures = ahead ? producers.filter(isPicture).slice(0, readyAhead) : [];
    const ids = pictures.map(({ producerId }) => producerId);
    this.#ahead = new Set(ids.slice(0, runningAhead));
    this.#aheadTimer = setTimeout(() => {
      this.#ahead = new Set();
      this.#schedule();
    }, aheadFor);
    void this.#flush(new Set(ids));
  }

  reset(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#pictureTimer);
    this.#waiting = false;
    clearTimeout(this.#aheadTimer);
    this.#timer = undefined;
    this.#link = null;
    this.#ahead = new Set();
    this.#chosen = new Set();
    this.#resting = new Set();
    this.#standing = new Set();
    this.#entries.clear();
    this.#publish();
  }

  put(info: ProducerInfo): void {
    const entry = this.#entries.get(info.producerId);
    if (entry === undefined) this.#entries.set(info.producerId, newEntry(info));
    else entry.info = info;
    this.#publish();
    this.#schedule();
  }

  /** After a lost line: what is sent by now. */
  agree(producers: readonly ProducerInfo[]): void {
    const ids = new Set(producers.map(({ producerId }) => producerId));
    for (const id of [...this.#entries.keys()]) if (!ids.has(id)) this.remove(id);
    for (const info of producers) this.put(info);
    this.#schedule();
  }

  remove(producerId: string): void {
    this.#entries.get(producerId)?.consumer?.close();
    this.#sizes.delete(producerId);
    if (this.#entries.delete(producerId)) this.#publish();
  }

  /** Says that what somebody showed has changed on screen. */
  shownChanged(): void {
    this.#schedule();
  }

  /** A page that nobody sees is sent no pictures; its sound goes on. */
  setSight(sight: 'shown' | 'hidden'): void {
    this.#sight = sight;
    this.#schedule();
  }

  /** Whether pictures are wanted at all. */
  setView(view: 'pictures' | 'soundOnly'): void {
    this.#view = view;
    this.#schedule();
  }

  /** How many pictures may run at once. */
  setLimit(limit: number): void {
    if (limit === this.#limit) return;
    this.#limit = limit;
    this.#schedule();
  }

  /** Who speaks is among those whose pictures run. */
  spoke(isOwner: (owner: MediaOwner) => boolean): void {
    for (const entry of this.#entries.values()) {
      if (isOwner(entry.info.owner)) entry.spokeAt = performance.now();
    }
    this.#schedule();
  }

  /** Ids of the tracks whose pictures run now. */
  runningTracks(): ReadonlySet<string> {
    const running = new Set<string>();
    for (const { info, consumer } of this.#entries.values()) {
      if (consumer !== null && isPicture(info) && this.#sizeOf(info.producerId) !== undefined)
        running.add(consumer.track.id);
    }
    return running;
  }

  /** Pictures that were asked for and have not moved, by their tracks' ids. */
  setStanding(tracks: ReadonlySet<string>): void {
    const before = this.#standing;
    this.#standing = tracks;
    if (tracks.size > 0 || before.size > 0) this.#publish();
  }

  #schedule(): void {
    if (this.#link === null || this.#timer !== undefined) return;
    const wait = Math.max(0, this.#flushedAt + batchPause - performance.now());
    this.#timer = setTimeout(() => {
      this.#flushedAt = performance.now();
      void this.#flush();
    }, wait);
  }

  /** A few pictures then; more of them once the line has been measured. */
  #waitWithPictures(): void {
    this.#waiting = true;
    this.#limit = pictureLimits.poor;
    this.#pictureTimer = setTimeout(() => {
      this.#waiting = false;
      this.#schedule();
    }, soundAlone);
  }

  async #flush(ready: ReadonlySet<string> = new Set()): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const link = this.#link;
    if (link === null) return;
    this.#choose();
    try {
      await Promise.all([this.#tune(), this.#consume(link, ready)]);
    } catch {
      // Asked again shortly; when the whole link is gone another one takes over.
      if (this.#link === link) this.#timer ??= setTimeout(() => void this.#flush(), retryPause);
    }
  }

  async #consume(link: MediaLink, ready: ReadonlySet<string>): Promise<void> {
    const wanted = [...this.#entries.values()].filter(
      (entry) =>
        entry.consumer === null &&
        entry.consuming === 'no' &&
        (this.#isWanted(entry) || ready.has(entry.info.producerId)),
    );
    const batch = wanted.slice(0, batchLimit);
    if (batch.length === 0) return;
    for (const entry of batch) entry.consuming = 'asked';
    if (wanted.length > batch.length) this.#schedule();
    try {
      const offers = await link.ask(batch.map((entry) => entry.info.producerId));
      if (this.#link !== link) return;
      const [consumers] = await Promise.all([link.take(offers), this.#tuneAhead(link, offers)]);
      if (this.#link !== link) return;
      for (const consumer of consumers) this.#received(consumer);
      for (const entry of batch) if (entry.consumer === null) entry.consuming = 'refused';
    } catch (error) {
      for (const entry of batch) if (entry.consumer === null) Object.assign(entry, unasked);
      throw error;
    }
    this.#publish();
    await this.#tune();
  }

  /**
   * Nothing can arrive before a fresh link stands, and with it the browser's readiness: so the server may be told already
   * what shall run, and asks for the key frames in the moment the link stands.
   */
  async #tuneAhead(link: MediaLink, offers: readonly ConsumerOffer[]): Promise<void> {
    if (link.line.get() !== 'idle') return;
    for (const { producerId, consumerId } of offers) {
      const entry = this.#entries.get(producerId);
      if (entry !== undefined) entry.ready = consumerId;
    }
    await this.#tune();
  }

  #received(consumer: types.Consumer): void {
    const entry = this.#entries.get(consumer.producerId);
    if (entry === undefined || entry.consuming !== 'asked') {
      consumer.close();
      return;
    }
    entry.consumer = consumer;
    entry.ready = consumer.id;
    entry.consuming = 'no';
  }

  async #tune(): Promise<void> {
    const changes: { entry: Entry; tuning: Tuning; text: string }[] = [];
    for (const entry of this.#entries.values()) {
      const tuning = this.#tuningOf(entry);
      const text = JSON.stringify(tuning);
      if (tuning !== null && text !== entry.told) changes.push({ entry, tuning, text });
    }
    const batch = changes.slice(0, batchLimit);
    if (batch.length === 0) return;
    if (changes.length > batch.length) this.#schedule();
    for (const { entry, text } of batch) entry.told = text;
    try {
      await asked(this.#signal, 'tune', { consumers: batch.map(({ tuning }) => tuning) });
    } catch (error) {
      for (const { entry } of batch) entry.told = '';
      throw error;
    }
  }

  #tuningOf({ ready: consumerId, info, told }: Entry): Tuning | null {
    if (consumerId === null) return null;
    if (!isPicture(info)) return { consumerId, state: 'running' };
    const size = this.#sizeOf(info.producerId);
    // Consumers start paused on the server: a picture that was never shown needs no word.
    if (size === undefined) return told === '' ? null : { consumerId, state: 'paused' };
    const priority = priorityFor(info.source, size);
    return { consumerId, state: 'running', spatialLayer: layerFor(size), priority };
  }

  /** The size in which a picture runs; undefined where it rests. */
  #sizeOf(producerId: string): TileSize | undefined {
    if (this.#sight === 'hidden' || this.#view === 'soundOnly') return undefined;
    if (this.#chosen.has(producerId)) return this.#sizes.get(producerId);
    return this.#ahead.has(producerId) && !this.#sizes.has(producerId) ? smallest : undefined;
  }

  #isWanted({ info }: Entry): boolean {
    return isPicture(info) ? this.#sizeOf(info.producerId) !== undefined : !info.held;
  }

  #choose(): void {
    const candidates = [...this.#entries.values()].flatMap(({ info, spokeAt }): Candidate[] => {
      const { producerId, source } = info;
      const size = this.#sizes.get(producerId);
      if (size === undefined || !isPicture(info)) return [];
      return [
        { producerId, source, size, spokeAt, now: this.#chosen.has(producerId) ? 'running' : 'resting' },
      ];
    });
    this.#chosen = chosenPictures(candidates, this.#waiting ? 0 : this.#limit, performance.now());
    const resting = candidates.map(({ producerId }) => producerId).filter((id) => !this.#chosen.has(id));
    const before = this.#resting;
    this.#resting = new Set(resting);
    if (!isSameSet(before, this.#resting)) this.#publish();
  }

  #flowOf({ info, consumer }: Entry): PictureFlow {
    if (!isPicture(info)) return 'moves';
    if (this.#resting.has(info.producerId)) return 'rests';
    return consumer !== null && this.#standing.has(consumer.track.id) ? 'stands' : 'moves';
  }

  #publish(): void {
    this.#remote.set(
      [...this.#entries.values()].map((entry) => ({
        ...entry.info,
        track: entry.consumer?.track ?? null,
        picture: this.#flowOf(entry),
      })),
    );
  }
}

function isPicture({ source }: ProducerInfo): boolean {
  return source === 'camera' || source === 'screen';
}

const smallest: TileSize = { width: 160, height: 90 };
const unasked = { ready: null, consuming: 'no', told: '' } as const;

function newEntry(info: ProducerInfo): Entry {
  return { info, consumer: null, spokeAt: null, ...unasked };
}

function isSameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((value) => b.has(value));
}
