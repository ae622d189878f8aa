import { type Floor, hasFloor } from '@diemcau/shared/domain/floor.ts';
import type { MediaNotice, MediaOwner, MediaSource } from '@diemcau/shared/protocol/media.ts';
import { type Result, refused } from '@diemcau/shared/result.ts';
import type { Router } from 'mediasoup/types';
import { attempt, type MediaLog } from './attempt.ts';
import { isSameOwner } from './owner.ts';
import { Peer, type PeerHost } from './peer.ts';
import type { PeerOffer, PeerOpening } from './port.ts';
import type { SentTrack } from './sent-track.ts';
import { createStudio, type Studio } from './studio.ts';
import type { WorkerPool } from './worker-pool.ts';

type Closed = Extract<MediaNotice, { type: 'mediaClosed' }>['reason'];

const nobody: Floor = { kind: 'restricted', persons: [], sites: [] };

/** A meeting's media: its floor, its peers, and a router while it has any. */
export class MeetingMedia implements PeerHost {
  readonly log: MediaLog;
  readonly #pool: WorkerPool;
  readonly #forget: (peer: Peer) => void;
  readonly #peers = new Map<string, Peer>();
  readonly #watchers = new Set<() => void>();
  #studio: Promise<Studio | null> | null = null;
  #floor: Floor = nobody;

  /** @param forget is called for each peer that has ended, whoever ended it. */
  constructor(pool: WorkerPool, log: MediaLog, forget: (peer: Peer) => void) {
    this.#pool = pool;
    this.log = log;
    this.#forget = forget;
  }

  async open(peer: Peer): Promise<Result<PeerOffer>> {
    const before = this.#peers.get(peer.id);
    this.#peers.set(peer.id, peer);
    before?.close();
    const studio = await attempt(this.log, 'making a router', () => this.#openStudio());
    const offer = studio.ok ? await this.#start(peer, studio.value) : studio;
    if (!offer.ok) this.end(peer, null);
    return offer;
  }

  newPeer(opening: PeerOpening): Peer {
    return new Peer(opening, this);
  }

  /** Ends a peer; with the last one the router goes. */
  end(peer: Peer, reason: Closed | null): void {
    if (this.#peers.get(peer.id) === peer) this.#peers.delete(peer.id);
    peer.close();
    this.#forget(peer);
    if (reason !== null) peer.tell({ type: 'mediaClosed', reason });
    if (this.#peers.size === 0) this.#closeStudio();
  }

  endAll(reason: Closed | null): void {
    for (const peer of [...this.#peers.values()]) this.end(peer, reason);
  }

  setFloor(floor: Floor): void {
    this.#floor = floor;
    for (const track of this.tracks) {
      const state = isHeard(floor, track.owner, track.source) ? 'free' : 'held';
      void track.hold(state).then((changed) => changed && this.trackChanged(track));
    }
  }

  tracksFor(peer: Peer): readonly SentTrack[] {
    return this.tracks.filter((track) => !isSameOwner(track.owner, peer.opening.owner));
  }

  mayBeHeard(peer: Peer, source: MediaSource): boolean {
    return isHeard(this.#floor, peer.opening.owner, source);
  }

  trackStarted(peer: Peer, track: SentTrack): void {
    for (const other of [...this.#peers.values()]) {
      const sends = other !== peer && other.tracks.length > 0;
      if (sends && isSameOwner(other.opening.owner, peer.opening.owner)) this.end(other, 'replaced');
    }
    if (track.source === 'screen') this.#endOtherScreens(track);
    this.#tellOthers(track, { type: 'producerAdded', producer: track.info });
    this.#tellWatchers();
  }

  trackChanged(track: SentTrack): void {
    if (!track.producer.closed) this.#tellAll({ type: 'producerChanged', producer: track.info });
    this.#tellWatchers();
  }

  trackEnded(track: SentTrack): void {
    this.#tellAll({ type: 'producerRemoved', producerId: track.id });
    this.#tellWatchers();
  }

  /** Calls with every change of {@link tracks}. @returns what ends it. */
  watch(listener: () => void): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  /** The router that the tracks are sent to; null while there is none. */
  async router(): Promise<Router | null> {
    const studio = await this.#studio?.catch(() => null);
    return studio?.router ?? null;
  }

  /** All that is sent in the meeting now, oldest sender first. */
  get tracks(): readonly SentTrack[] {
    return [...this.#peers.values()].flatMap((peer) => peer.tracks);
  }

  async #start(peer: Peer, studio: Studio | null): Promise<Result<PeerOffer>> {
    if (studio === null) return refused('mediaUnavailable');
    const offer = await attempt(this.log, 'opening a peer', () => peer.start(studio));
    if (offer.ok && peer.closed) return refused('mediaRequestFailed');
    return offer;
  }

  /** The first peer makes the router; those who come meanwhile wait for the same one. */
  #openStudio(): Promise<Studio | null> {
    this.#studio ??= this.#build().catch((error: unknown) => {
      this.#studio = null;
      throw error;
    });
    return this.#studio;
  }

  async #build(): Promise<Studio | null> {
    const seat = await this.#pool.claim();
    if (seat === null) {
      this.#studio = null;
      return null;
    }
    const studio = await createStudio(seat, this.log, (owner) =>
      this.#tellAll({ type: 'activeSpeaker', owner }),
    );
    if (studio.router.closed) throw new Error('the worker died while the router was made');
    studio.router.once('workerclose', () => this.#workerDied());
    return studio;
  }

  #workerDied(): void {
    this.#studio = null;
    this.endAll('workerDied');
  }

  #closeStudio(): void {
    const studio = this.#studio;
    this.#studio = null;
    studio?.then((made) => made?.router.close()).catch(() => undefined);
  }

  /** One presenter at a time: who begins takes over from who forgot to end. */
  #endOtherScreens(begun: SentTrack): void {
    for (const track of this.tracks) {
      const shares = track.source === 'screen' || track.source === 'screenAudio';
      if (shares && !isSameOwner(track.owner, begun.owner)) track.producer.close();
    }
  }

  #tellAll(notice: MediaNotice): void {
    for (const peer of this.#peers.values()) peer.tell(notice);
  }

  #tellWatchers(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  #tellOthers(track: SentTrack, notice: MediaNotice): void {
    for (const peer of this.#peers.values()) {
      if (!isSameOwner(peer.opening.owner, track.owner)) peer.tell(notice);
    }
  }
}

/** SPK3: sound and screen need the floor, a picture never does. */
function isHeard(floor: Floor, owner: MediaOwner, source: MediaSource): boolean {
  return source === 'camera' || hasFloor(floor, owner);
}
