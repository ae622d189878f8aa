import type { Floor } from '@diemcau/shared/domain/floor.ts';
import type { MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import type { LineTrial } from '@diemcau/shared/protocol/line-trial.ts';
import type { MediaAnswers, MediaOffer, SendingOffer } from '@diemcau/shared/protocol/media.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { MediaConfig } from '../config.ts';
import type { MediaLog } from './attempt.ts';
import type { WorkerFigures } from './figures.ts';
import { LineTrials } from './line-trials.ts';
import { MeetingMedia } from './meeting-media.ts';
import type { Peer } from './peer.ts';
import type {
  MediaEngine,
  PeerCloseReason,
  PeerOffer,
  PeerOpening,
  PeerRequest,
  PeerRequestName,
  SfuFigures,
} from './port.ts';
import { Reach } from './reach.ts';
import { type WallLimits, wallLimits } from './wall-router.ts';
import { Walls } from './walls.ts';
import { WorkerPool } from './worker-pool.ts';

interface Entry {
  readonly peer: Peer;
  readonly meeting: MeetingMedia;
}

/** The media engine over mediasoup. */
export class MediasoupEngine implements MediaEngine {
  readonly #pool: WorkerPool;
  readonly #log: MediaLog;
  readonly #reach: Reach;
  readonly #meetings = new Map<MeetingId, MeetingMedia>();
  readonly #peers = new Map<string, Entry>();
  readonly #trials: LineTrials;
  readonly walls: Walls;
  #closed = false;

  private constructor(pool: WorkerPool, log: MediaLog, reach: Reach, limits: WallLimits) {
    this.#pool = pool;
    this.#log = log;
    this.#reach = reach;
    this.#trials = new LineTrials(pool, log, reach);
    this.walls = new Walls({ pool, log, reach, limits, meeting: (meetingId) => this.#meeting(meetingId) });
  }

  /** Starts the workers. Never rejects: without a worker the engine is there and unavailable. */
  static async start(config: MediaConfig, log: MediaLog, limits = wallLimits): Promise<MediasoupEngine> {
    const pool = new WorkerPool(config, log);
    await pool.start();
    return new MediasoupEngine(pool, log, new Reach(config), limits);
  }

  get available(): boolean {
    return !this.#closed && this.#pool.seats.length > 0;
  }

  /** The workers of the moment: process ids, and how many routers and peers each carries. */
  get workers(): readonly { readonly pid: number; readonly load: number }[] {
    return this.#pool.seats.map(({ worker, load }) => ({ pid: worker.pid, load }));
  }

  async figures(): Promise<SfuFigures> {
    const workers = await Promise.all(this.#pool.seats.map(({ watch }) => watch.figures()));
    return {
      peers: this.#peers.size,
      deaths: this.#pool.deaths,
      workers: workers.filter((figures): figures is WorkerFigures => figures !== null),
    };
  }

  async openPeer(opening: PeerOpening): Promise<Result<MediaOffer>> {
    const offer = await this.#open(opening);
    if (!offer.ok) return offer;
    const { receive } = offer.value;
    return receive === null ? refused('mediaRequestFailed') : ok({ ...offer.value, receive });
  }

  async openSender(opening: PeerOpening): Promise<Result<SendingOffer>> {
    const offer = await this.#open(opening);
    if (!offer.ok) return offer;
    const { producers: _, receive: __, send, ...rest } = offer.value;
    return send === null ? refused('mediaRequestFailed') : ok({ ...rest, send });
  }

  async #open(opening: PeerOpening): Promise<Result<PeerOffer>> {
    if (this.#closed) return refused('mediaUnavailable');
    const { peerId, meetingId } = opening;
    const meeting = this.#meeting(meetingId);
    const before = this.#peers.get(peerId);
    if (before !== undefined && before.meeting !== meeting) before.meeting.end(before.peer, null);
    const peer = meeting.newPeer(opening);
    this.#peers.set(peerId, { peer, meeting });
    const offer = await meeting.open(peer);
    return offer.ok ? ok(this.#reach.complete(offer.value)) : offer;
  }

  resumePeer(peerId: string, producers: readonly string[]): Result<MediaOffer> {
    const offer = this.#peers.get(peerId)?.peer.resume(producers) ?? null;
    if (offer === null || offer.receive === null) return refused('mediaNotAllowed');
    return ok(this.#reach.complete({ ...offer, receive: offer.receive }));
  }

  async request<N extends PeerRequestName>(
    peerId: string,
    request: PeerRequest<N>,
  ): Promise<Result<MediaAnswers[N]>> {
    const entry = this.#peers.get(peerId);
    if (entry === undefined) return refused('mediaNotAllowed');
    return this.#reach.renewed(request.name, await entry.peer.request(request));
  }

  closePeer(peerId: string, reason: PeerCloseReason): void {
    const entry = this.#peers.get(peerId);
    entry?.meeting.end(entry.peer, reason === 'left' ? null : reason);
  }

  async tryLine(person: PersonId): Promise<Result<LineTrial>> {
    return this.available ? this.#trials.open(person) : refused('mediaUnavailable');
  }

  setFloor(meetingId: MeetingId, floor: Floor): void {
    this.#meeting(meetingId).setFloor(floor);
  }

  closeMeeting(meetingId: MeetingId): void {
    this.#meetings.get(meetingId)?.endAll('notEntitled');
    this.#meetings.delete(meetingId);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.walls.closeAll();
    for (const meeting of this.#meetings.values()) meeting.endAll(null);
    this.#meetings.clear();
    await this.#pool.close();
  }

  #meeting(meetingId: MeetingId): MeetingMedia {
    const known = this.#meetings.get(meetingId);
    if (known !== undefined) return known;
    const forget = (peer: Peer) => {
      if (this.#peers.get(peer.id)?.peer === peer) this.#peers.delete(peer.id);
    };
    const meeting = new MeetingMedia(this.#pool, this.#log, forget);
    this.#meetings.set(meetingId, meeting);
    return meeting;
  }
}
