import type { MediaNotice, MediaOffer, MediaOwner, MediaResume } from '@diemcau/shared/protocol/media.ts';
import type { Answer } from '@diemcau/shared/protocol/socket.ts';
import type { RefusalCode } from '@diemcau/shared/result.ts';
import { delayBefore } from '../net/backoff.ts';
import type { Observable } from '../store/observable.ts';
import type { PageReturn, PageSight } from '../store/page-watch.ts';
import { Incoming, type MediaStart } from './incoming.ts';
import { LineWatch } from './line-watch.ts';
import { type LinkOffer, MediaLink } from './link.ts';
import type { LocalMedia } from './local-media.ts';
import type {
  HeldSources,
  LineState,
  MediaOffReason,
  MediaState,
  MediaTrouble,
  RemoteTrack,
} from './media-state.ts';
import { Outgoing } from './outgoing.ts';
import { ownerKey } from './owner-key.ts';
import type { TileSize } from './quality.ts';
import { pictureLimits } from './selection.ts';
import { asked, type Signal } from './signalling.ts';

export { warmUp } from './link.ts';

/** What concerns the session; of others' lines officers hear without one. */
export type SessionNotice = Exclude<MediaNotice, { type: 'lineQuality' }>;

/** What the session tells; made by who shows it, for it outlives the session. */
export interface MediaOutlet {
  readonly state: Observable<MediaState>;
  readonly remote: Observable<readonly RemoteTrack[]>;
  readonly activeSpeaker: Observable<MediaOwner | null>;
  readonly held: Observable<HeldSources>;
  /** How this device's own line is; null until it has been measured. */
  readonly line: Observable<LineState | null>;
}

/** What a session is built from; `receive` is null for who only sends. */
export interface SessionOffer extends LinkOffer {
  readonly producers: MediaOffer['producers'];
}

export interface SessionParts {
  readonly signal: Signal;
  /** Asks the server for media, first or anew. Never rejects. */
  readonly ask: () => Promise<Answer<SessionOffer>>;
  readonly local: LocalMedia;
  readonly outlet: MediaOutlet;
  /** Tiles on screen by producer, kept by who shows them. */
  readonly sizes: Map<string, TileSize>;
  /** Whether the page is about to show pictures. */
  readonly view: () => 'pictures' | 'soundOnly';
  readonly sight: () => PageSight;
  /** Looks whether the socket still stands, and builds it anew where it doesn't. */
  readonly check: () => void;
  readonly random: () => number;
  /** On a narrow line pictures come a while after sound, which votes and sound would else wait for. */
  readonly start: MediaStart;
}

const reopening = { first: 400, longest: 10_000 };
/** A line that shakes often mends itself within this time, milliseconds. */
const shakyPatience = 3_000;
/** Notices kept while there is no link; more of them than this means that a new offer is due anyway. */
const earlyLimit = 1_000;
/** Devices tell of one change of network more than once: so long one renewal serves, milliseconds. */
const renewPause = 2_000;
/** How long new addresses may take before everything is built anew, milliseconds. */
const restartPatience = 5_000;

/** Refusals after which asking again is of no use; all others pass. */
const final: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'mediaNotAllowed',
  'companionHasNoMedia',
  'inPersonOnly',
  'siteWins',
  'notAllowed',
  'notOfThisMeeting',
  'meetingOver',
  'sessionEnded',
]);

/** A meeting's picture and sound on this device: builds them from an offer, and again after whatever breaks them. */
export class MediaSession {
  readonly #parts: SessionParts;
  readonly #incoming: Incoming;
  readonly #outgoing: Outgoing;
  #link: MediaLink | null = null;
  /** Whether the server has lost sight of this device; the link waits for its return. */
  #line: 'up' | 'lost' = 'up';
  /** Notices that came since an offer was asked for, or since the line was lost. */
  #early: SessionNotice[] = [];
  /** Raised with every start and stop; what belongs to an earlier one ends by itself. */
  #build = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watch: LineWatch | null = null;
  #renewedAt = Number.NEGATIVE_INFINITY;

  constructor(parts: SessionParts) {
    const { signal, local, outlet, sizes } = parts;
    this.#parts = parts;
    this.#incoming = new Incoming(signal, outlet.remote, sizes);
    this.#outgoing = new Outgoing(signal, local, outlet.held);
  }

  /**
   * Goes on with the link whose transports are offered again after a lost line; else builds media in place of what there
   * was. Begins at once, so that the request for pictures is on its way before the page draws the room.
   * @param early notices that came since the offer was asked for, before this session was there.
   */
  start(offer: SessionOffer, early: readonly SessionNotice[] = []): void {
    const kept = this.#link;
    if (kept !== null && this.#isAway() && kept.isOf(offer)) {
      this.#goOn(kept, offer, early);
      return;
    }
    const build = this.#drop();
    const { outlet, signal } = this.#parts;
    if (outlet.state.get().kind !== 'recovering') outlet.state.set({ kind: 'connecting' });
    const link = MediaLink.openNow(offer, signal);
    if (link !== null) {
      this.#adopt(link, offer, early);
      return;
    }
    MediaLink.open(offer, signal).then(
      (opened) => {
        if (this.#build === build) this.#adopt(opened, offer, early);
        else opened.close();
      },
      () => {
        if (this.#build === build) this.stop('unsupportedBrowser');
      },
    );
  }

  /**
   * Asks the server for a new offer until it gives one, or says why it never will.
   * @param trouble what is to be recovered from; null when media are opened for the first time.
   */
  async reopen(trouble: MediaTrouble | null): Promise<void> {
    const build = this.#drop();
    const { outlet, ask, random } = this.#parts;
    outlet.state.set(trouble === null ? { kind: 'connecting' } : { kind: 'recovering', reason: trouble });
    for (let attempt = 0; this.#build === build; attempt += 1) {
      await pause(delayBefore(attempt, reopening, random));
      if (this.#build !== build) return;
      this.#early = [];
      const answer = await ask();
      if (this.#build !== build) return;
      if (answer.ok) return this.start(answer.value);
      if (final.has(answer.code)) return this.stop(answer.code);
    }
  }

  /** Ends media here; own devices stay as they are. */
  stop(reason: MediaOffReason | null): void {
    this.#drop();
    this.#early = [];
    this.#parts.outlet.state.set({ kind: 'off', reason });
  }

  /** The server lost sight of this device: its join will bring an offer. A link that stands may go on with it. */
  interrupt(trouble: MediaTrouble): void {
    clearTimeout(this.#timer);
    this.#early = [];
    const { state } = this.#parts.outlet;
    if (this.kept === null) {
      this.#drop();
      state.set({ kind: 'recovering', reason: trouble });
      return;
    }
    this.#line = 'lost';
    if (this.#link !== null) this.#lineChanged(this.#link);
  }

  /** What this device could go on with after a lost line; null where everything has to be built anew. */
  get kept(): MediaResume | null {
    const transportId = this.#link?.resumable ?? null;
    return transportId === null ? null : { transportId, producers: [...this.#outgoing.producers] };
  }

  receive(notice: SessionNotice): void {
    if (notice.type === 'mediaClosed') {
      if (notice.reason === 'workerDied') void this.reopen('workerDied');
      else this.stop(notice.reason);
    } else if (notice.type === 'mediaAllowed') {
      void this.reopen(null);
    } else if (this.#link === null || this.#isAway()) {
      if (this.#early.length < earlyLimit) this.#early.push(notice);
    } else this.#apply(notice);
  }

  /** To be called after {@link SessionParts.sizes} has changed. */
  shownChanged(): void {
    this.#incoming.shownChanged();
  }

  /** To be called after {@link SessionParts.view} has changed. */
  viewChanged(): void {
    this.#incoming.setView(this.#parts.view());
  }

  /** To be called after {@link SessionParts.sight} has changed. */
  sightChanged(): void {
    this.#incoming.setSight(this.#parts.sight());
  }

  /** The network may be another one, or the device has slept: what isn't sure to stand is mended without waiting. */
  lookAfter(what: PageReturn): void {
    const link = this.#link;
    if (link === null || this.#isAway()) return;
    const line = link.line.get();
    if (line === 'shaky' || line === 'failed') void this.#mend(link);
    else if (line === 'connected' && (what === 'network' || what === 'woke')) void this.#renew(link);
  }

  close(): void {
    this.stop(null);
    this.#outgoing.close();
  }

  #apply(notice: Exclude<SessionNotice, { type: 'mediaClosed' | 'mediaAllowed' }>): void {
    switch (notice.type) {
      case 'producerAdded':
        this.#incoming.put(notice.producer);
        break;
      case 'producerChanged':
        this.#changed(notice.producer);
        break;
      case 'producerRemoved':
        this.#incoming.remove(notice.producerId);
        break;
      case 'activeSpeaker':
        this.#spoke(notice.owner);
        break;
      default:
        notice satisfies never;
    }
  }

  #spoke(owner: MediaOwner | null): void {
    this.#parts.outlet.activeSpeaker.set(owner);
    if (owner === null) return;
    const key = ownerKey(owner);
    this.#incoming.spoke((other) => ownerKey(other) === key);
  }

  #changed(info: Parameters<Outgoing['changed']>[0]): void {
    const { remote } = this.#parts.outlet;
    this.#outgoing.changed(info);
    if (remote.get().some((track) => track.producerId === info.producerId)) this.#incoming.put(info);
  }

  #adopt(link: MediaLink, offer: SessionOffer, early: readonly SessionNotice[]): void {
    this.#link = link;
    link.line.subscribe(() => this.#lineChanged(link));
    this.#incoming.setSight(this.#parts.sight());
    this.#incoming.adopt(link, offer.producers, this.#parts.view(), this.#parts.start);
    this.#watch = this.#watchLine(link);
    this.#outgoing.adopt(link);
    this.#parts.outlet.state.set({ kind: 'live' });
    for (const notice of [...early, ...this.#early.splice(0)]) this.receive(notice);
  }

  #isAway(): boolean {
    return this.#line === 'lost';
  }

  /** The same transports, whatever address this device has by now. */
  #goOn(link: MediaLink, offer: SessionOffer, early: readonly SessionNotice[]): void {
    this.#line = 'up';
    this.#incoming.agree(offer.producers);
    this.#outgoing.goOn();
    for (const notice of [...early, ...this.#early.splice(0)]) this.receive(notice);
    if (this.#link !== link) return;
    const line = link.line.get();
    if (line === 'shaky' || line === 'failed') void this.#mend(link);
    else {
      this.#lineChanged(link);
      this.#renewedAt = Number.NEGATIVE_INFINITY;
      void this.#renew(link);
    }
  }

  #watchLine(link: MediaLink): LineWatch {
    const { outlet, signal } = this.#parts;
    return new LineWatch({
      statistics: () => link.statistics(),
      running: () => this.#incoming.runningTracks(),
      tell: (line) => {
        outlet.line.set(line);
        this.#incoming.setLimit(pictureLimits[line.level]);
      },
      stands: (tracks) => this.#incoming.setStanding(tracks),
      report: (report) => {
        asked(signal, 'quality', report).catch(() => undefined);
      },
    });
  }

  #drop(): number {
    clearTimeout(this.#timer);
    this.#line = 'up';
    this.#watch?.close();
    this.#watch = null;
    this.#parts.outlet.line.set(null);
    this.#incoming.reset();
    this.#outgoing.reset();
    this.#link?.close();
    this.#link = null;
    this.#parts.outlet.activeSpeaker.set(null);
    this.#build += 1;
    return this.#build;
  }

  #lineChanged(link: MediaLink): void {
    if (this.#link !== link) return;
    const line = link.line.get();
    const { state } = this.#parts.outlet;
    clearTimeout(this.#timer);
    if (line === 'connected' || line === 'idle') state.set({ kind: 'live' });
    else if (this.#isAway()) state.set({ kind: 'recovering', reason: 'lineLost' });
    else if (line === 'failed') void this.#mend(link);
    else if (line === 'shaky') {
      // Alone it says little: a socket that answers nothing either is built anew, and media with it.
      this.#parts.check();
      this.#timer = setTimeout(() => void this.#mend(link), shakyPatience);
    }
  }

  /** New addresses while the old ones still serve: nothing is lost where they were needless. */
  async #renew(link: MediaLink): Promise<void> {
    const now = performance.now();
    if (now - this.#renewedAt < renewPause) return;
    this.#renewedAt = now;
    // Where it fails the line itself says so soon.
    await link.restartIce().catch(() => undefined);
  }

  /** New addresses first, which keeps everything; then everything anew. */
  async #mend(link: MediaLink): Promise<void> {
    if (this.#link !== link || this.#isAway()) return;
    this.#parts.outlet.state.set({ kind: 'recovering', reason: 'transportFailed' });
    const restarted = await link.restartIce().then(
      () => true,
      () => false,
    );
    if (this.#link !== link || this.#isAway()) return;
    clearTimeout(this.#timer);
    if (!restarted) return this.reopen('transportFailed');
    this.#timer = setTimeout(() => {
      if (this.#link === link && link.line.get() !== 'connected') void this.reopen('transportFailed');
    }, restartPatience);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
