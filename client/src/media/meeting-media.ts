import type {
  LineLevel,
  MediaNotice,
  MediaOffer,
  MediaOwner,
  MediaResume,
} from '@diemcau/shared/protocol/media.ts';
import type { Joined, Membership } from '../net/membership.ts';
import { hasWebRtc } from '../store/browser-reach.ts';
import { hasRoom } from '../store/line-room.ts';
import { Observable, type Readable } from '../store/observable.ts';
import { pageSight, watchReturns, watchSight } from '../store/page-watch.ts';
import { hasDevices } from './device-fault.ts';
import type { LocalMedia } from './local-media.ts';
import type { MediaOutlet, MediaSession, SessionNotice } from './media-session.ts';
import type { HeldSources, LineState, MediaOffReason, MediaState, RemoteTrack } from './media-state.ts';
import { ownerKey } from './owner-key.ts';
import type { TileSize } from './quality.ts';
import type { Signal } from './signalling.ts';

/** What media needs of a meeting's connection; a `MeetingClient` is one. */
export interface MediaDoor {
  readonly membership: Readable<Membership>;
  readonly media: Signal;
  readonly onMediaNotice: (listener: (notice: MediaNotice) => void) => () => void;
  /** Looks whether the line to the server still stands. */
  readonly check?: () => void;
  /** Takes what says which media could go on after a lost line. */
  readonly keepMedia?: (kept: () => MediaResume | null) => void;
}

/** Notices kept while there is nobody yet to hear them; more of them means a new offer is due anyway. */
const earlyLimit = 1_000;

type Sessions = typeof import('./media-session.ts');

let sessions: Sessions | null = null;

/** The part that speaks WebRTC: kept out of the page's own code, and on a narrow line never before what governance needs. */
async function load(after: Promise<void>): Promise<Sessions> {
  await after;
  sessions = await import('./media-session.ts');
  return sessions;
}

/**
 * Fetches it and lets the browser start its own part in a quiet moment, so that entering doesn't wait for either. Begun once
 * the meeting's state is there: nothing of governance waits for it.
 */
function prepare(after: Promise<void>): void {
  if (sessions !== null || !hasRoom()) return;
  const begin = () => {
    load(after).then(
      ({ warmUp }) => warmUp(),
      () => undefined,
    );
  };
  if (typeof requestIdleCallback === 'function') requestIdleCallback(begin, { timeout: 1_000 });
  else setTimeout(begin, 200);
}

/**
 * Media of one meeting as the page sees them. Make it before joining: it hears notices from the first one on,
 * follows the membership by itself (a join brings a new offer, or lets the media of before go on), and loads what speaks WebRTC only when there is one.
 */
export class MeetingMedia {
  readonly local: LocalMedia;
  readonly #door: MediaDoor;
  readonly #after: Promise<void>;
  readonly #lines = new Observable<ReadonlyMap<string, LineLevel>>(new Map());
  readonly #outlet: MediaOutlet = {
    state: new Observable<MediaState>({ kind: 'off', reason: null }),
    remote: new Observable<readonly RemoteTrack[]>([]),
    activeSpeaker: new Observable<MediaOwner | null>(null),
    held: new Observable<HeldSources>(new Set()),
    line: new Observable<LineState | null>(null),
  };
  readonly #sizes = new Map<string, TileSize>();
  readonly #places = new Map<string, Map<string, TileSize>>();
  readonly #otherWindows = new Set<symbol>();
  readonly #subscriptions: (() => void)[];
  #view: 'pictures' | 'soundOnly' = 'pictures';
  #early: SessionNotice[] = [];
  #session: MediaSession | null = null;
  #was: Membership = { kind: 'outside' };
  #closed = false;

  /**
   * @param local stays the caller's: closing this doesn't turn the devices off.
   * @param after when what speaks WebRTC may be fetched.
   */
  constructor(door: MediaDoor, local: LocalMedia, after: Promise<void> = Promise.resolve()) {
    this.#door = door;
    this.#after = after;
    this.local = local;
    this.#subscriptions = [
      door.onMediaNotice((notice) => this.#receive(notice)),
      door.membership.subscribe(() => this.#follow()),
      watchSight(() => this.#session?.sightChanged()),
      watchReturns((what) => this.#session?.lookAfter(what)),
    ];
    door.keepMedia?.(() => this.#session?.kept ?? null);
    this.#follow();
  }

  get state(): Readable<MediaState> {
    return this.#outlet.state;
  }

  /** Everybody else's picture and sound. */
  get remote(): Readable<readonly RemoteTrack[]> {
    return this.#outlet.remote;
  }

  get activeSpeaker(): Readable<MediaOwner | null> {
    return this.#outlet.activeSpeaker;
  }

  /** Own sources that the server holds back now (SPK3). */
  get held(): Readable<HeldSources> {
    return this.#outlet.held;
  }

  /** How this device's own line is; null until it has been measured. */
  get line(): Readable<LineState | null> {
    return this.#outlet.line;
  }

  /** Others' lines by their owner's key, as the server tells officers. */
  get lines(): Readable<ReadonlyMap<string, LineLevel>> {
    return this.#lines;
  }

  /** Tells how large a picture is on screen, in device pixels; null when it is not seen. Of two tiles the larger counts. */
  readonly show = (producerId: string, size: TileSize | null, place = 'page'): void => {
    const places = this.#places.get(producerId) ?? new Map<string, TileSize>();
    if (size === null || size.width < 1 || size.height < 1) places.delete(place);
    else places.set(place, size);
    const largest = largestOf([...places.values()]);
    if (largest === null) {
      this.#places.delete(producerId);
      this.#sizes.delete(producerId);
    } else {
      this.#places.set(producerId, places);
      this.#sizes.set(producerId, largest);
    }
    this.#session?.shownChanged();
  };

  /** Says that pictures are seen in another window, whatever becomes of this one. @returns a function that ends it. */
  readonly seenElsewhere = (): (() => void) => {
    const window = Symbol('window');
    this.#otherWindows.add(window);
    this.#session?.sightChanged();
    return () => {
      this.#otherWindows.delete(window);
      this.#session?.sightChanged();
    };
  };

  /** Who wants sound only is sent no picture; may be said before joining and changed at any time. */
  expect(view: 'pictures' | 'soundOnly'): void {
    this.#view = view;
    this.#session?.viewChanged();
  }

  /** Asks for media that a join didn't bring, or that have ended: after a check-in, or to take them back to this device. */
  async open(): Promise<void> {
    if (this.#isOutOfReach()) return;
    this.#outlet.state.set({ kind: 'connecting' });
    try {
      const loaded = sessions ?? (await load(this.#after));
      if (!this.#closed) await this.#sessionOf(loaded).reopen(null);
    } catch {
      this.#end('mediaUnavailable');
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const unsubscribe of this.#subscriptions) unsubscribe();
    this.#session?.close();
    this.#session = null;
  }

  #follow(): void {
    const membership = this.#door.membership.get();
    const was = this.#was;
    this.#was = membership;
    // A change of what its viewer may read is none of ours; another offer within a membership is another wish for media.
    if (membership.kind === was.kind && (membership.kind !== 'joined' || isSameJoin(membership, was))) return;
    if (membership.kind === 'joined') {
      this.#joined(membership.joined);
      if (hasDevices() && hasWebRtc()) prepare(this.#after);
    } else if (membership.kind === 'rejoining') this.#lineLost();
    else if (membership.kind !== 'joining') this.#end(null);
  }

  #joined({ media, mediaRefusal }: Joined): void {
    if (media === null) this.#end(mediaRefusal);
    else if (!this.#isOutOfReach()) this.#start(media);
  }

  #start(offer: MediaOffer): void {
    if (sessions !== null) {
      this.#sessionOf(sessions).start(offer, this.#early.splice(0));
      return;
    }
    const { state } = this.#outlet;
    if (state.get().kind !== 'recovering') state.set({ kind: 'connecting' });
    const membership = this.#door.membership.get();
    load(this.#after).then(
      (loaded) => {
        if (this.#closed || !isSameJoin(this.#door.membership.get(), membership)) return;
        this.#sessionOf(loaded).start(offer, this.#early.splice(0));
      },
      () => this.#end('mediaUnavailable'),
    );
  }

  #sessionOf({ MediaSession: Session }: Sessions): MediaSession {
    this.#session ??= new Session({
      signal: (name, data) => this.#door.media(name, data),
      ask: () => this.#door.media('open', {}),
      local: this.local,
      outlet: this.#outlet,
      sizes: this.#sizes,
      view: () => this.#view,
      sight: () => (this.#otherWindows.size > 0 ? 'shown' : pageSight()),
      check: () => this.#door.check?.(),
      start: hasRoom() ? 'all' : 'soundFirst',
      random: Math.random,
    });
    return this.#session;
  }

  /** The line is gone; the server's side of our media waits for a while. */
  #lineLost(): void {
    this.#early = [];
    const { state } = this.#outlet;
    if (state.get().kind === 'off') return;
    if (this.#session === null) state.set({ kind: 'recovering', reason: 'lineLost' });
    else this.#session.interrupt('lineLost');
  }

  #end(reason: MediaOffReason | null): void {
    this.#early = [];
    if (this.#session === null) this.#outlet.state.set({ kind: 'off', reason });
    else this.#session.stop(reason);
  }

  #receive(notice: MediaNotice): void {
    // An officer who sits in a hall has no media here, and is told all the same.
    if (notice.type === 'lineQuality') {
      const { owner, level } = notice;
      this.#lines.update((lines) => new Map(lines).set(ownerKey(owner), level));
    } else if (this.#session !== null) this.#session.receive(notice);
    else if (notice.type === 'mediaAllowed') void this.open();
    else if (this.#early.length < earlyLimit) this.#early.push(notice);
  }

  /** Over plain HTTP from another machine browsers give no devices, and some have no WebRTC: votes and agenda only. */
  #isOutOfReach(): boolean {
    if (hasDevices() && hasWebRtc()) return false;
    const reason = window.isSecureContext ? 'unsupportedBrowser' : 'insecureContext';
    this.#outlet.state.set({ kind: 'off', reason });
    return true;
  }
}

function largestOf(sizes: readonly TileSize[]): TileSize | null {
  const area = ({ width, height }: TileSize) => width * height;
  return sizes.reduce<TileSize | null>((a, b) => (a === null || area(b) > area(a) ? b : a), null);
}

function isSameJoin(a: Membership, b: Membership): boolean {
  return a.kind === 'joined' && b.kind === 'joined' && a.joined.media === b.joined.media;
}
