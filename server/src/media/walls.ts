import type { MeetingId } from '@diemcau/shared/ids.ts';
import type {
  WallClosedReason,
  WallMediaAnswers,
  WallMediaOffer,
} from '@diemcau/shared/protocol/wall-media.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import { attempt, type MediaLog } from './attempt.ts';
import type { MeetingMedia } from './meeting-media.ts';
import type { Reach } from './reach.ts';
import { Wall, type WallHost } from './wall.ts';
import type { WallEngine, WallOpening, WallPeerRequest, WallPeerRequestName, WallView } from './wall-port.ts';
import { type WallLimits, WallRouters } from './wall-router.ts';
import type { WorkerPool } from './worker-pool.ts';

/** What walls are built on. */
interface WallParts {
  readonly pool: WorkerPool;
  readonly log: MediaLog;
  readonly reach: Pick<Reach, 'complete' | 'renewed'>;
  readonly limits: WallLimits;
  readonly meeting: (meetingId: MeetingId) => MeetingMedia;
}

/** All walls of a node. */
export class Walls implements WallEngine {
  readonly #walls = new Map<string, Wall>();
  readonly #host: WallHost;
  readonly #reach: Pick<Reach, 'complete' | 'renewed'>;

  constructor({ pool, log, reach, limits, meeting }: WallParts) {
    this.#reach = reach;
    this.#host = {
      routers: new WallRouters(pool, log, limits),
      log,
      meeting,
      died: (wall) => this.#forget(wall),
    };
  }

  async open(opening: WallOpening, views: readonly WallView[]): Promise<Result<WallMediaOffer>> {
    const wall = new Wall(opening, this.#host);
    this.close(opening.wallId);
    this.#walls.set(opening.wallId, wall);
    for (const view of views) wall.show(view);
    const offer = await attempt(this.#host.log, 'opening a wall', () => wall.start());
    if (offer.ok && offer.value !== null) return ok(this.#reach.complete(offer.value));
    wall.close();
    this.#forget(wall);
    return offer.ok ? refused('mediaUnavailable') : offer;
  }

  async request<N extends WallPeerRequestName>(
    wallId: string,
    request: WallPeerRequest<N>,
  ): Promise<Result<WallMediaAnswers[N]>> {
    const answer = (await this.#walls.get(wallId)?.request(request)) ?? refused('mediaNotAllowed');
    return this.#reach.renewed(request.name, answer);
  }

  show(wallId: string, view: WallView): void {
    this.#walls.get(wallId)?.show(view);
  }

  hide(wallId: string, meetingId: MeetingId, reason: WallClosedReason): void {
    this.#walls.get(wallId)?.hide(meetingId, reason);
  }

  close(wallId: string): void {
    this.#walls.get(wallId)?.close();
    this.#walls.delete(wallId);
  }

  closeAll(): void {
    for (const wall of this.#walls.values()) wall.close();
    this.#walls.clear();
  }

  #forget(wall: Wall): void {
    const { wallId } = wall.opening;
    if (this.#walls.get(wallId) === wall) this.#walls.delete(wallId);
  }
}
