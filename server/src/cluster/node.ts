import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { ClusterConfig } from '../config.ts';
import type { MeetingIndex } from '../directory/meeting-index.ts';
import { LogUnavailable } from '../meeting/log/event-log.ts';
import type { Home, Ownership } from '../meeting/ownership.ts';
import type { RoomLog } from '../meeting/ports.ts';
import type { MeetingRegistry } from '../meeting/registry.ts';
import type { ClusterMeter, ClusterSources } from '../metrics/cluster.ts';
import { EpochCheck } from './epochs.ts';
import { beatEvery, leaseTime, NodeLease, ownTime } from './lease.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import { closeRedis, openRedis, type Redis } from './redis.ts';
import { chosenNode } from './rendezvous.ts';
import {
  type LeaseFields,
  type LivingNode,
  livingNodes,
  moveMeeting,
  ownerText,
  placeMeetings,
} from './scripts.ts';
import { inTurns, Steward } from './steward.ts';
import { type Line, openLine } from './words.ts';

/** Meetings handed over at once when a node stops. */
const handedAtOnce = 16;
/** How long after the end of another's lease Redis is sure to have seen it, milliseconds. */
const afterEnd = 20;

export interface NodeParts {
  readonly config: ClusterConfig;
  readonly databaseUrl: string;
  readonly log: RoomLog;
  readonly meter: (sources: ClusterSources) => ClusterMeter;
  readonly monotonic?: () => number;
  /** Process ids of the media workers of the moment; null where there are none. */
  readonly workers: (() => readonly number[]) | null;
  /** This process must stop at once. */
  readonly onNameTaken: (cause: Error) => void;
}

/** What a node works for, once it is there. */
export interface NodeWork {
  readonly registry: MeetingRegistry;
  readonly index: Pick<MeetingIndex, 'unfinished'>;
  /** Closes doors and routers; done when it returns. */
  readonly onFenced: () => void;
}

/** This server as one of several: its lease, and which meetings are its own. */
export class ClusterNode implements Ownership {
  readonly line: Line;
  readonly #redis: Redis;
  readonly #parts: NodeParts;
  readonly #meter: ClusterMeter;
  readonly #lease: NodeLease;
  readonly #epochs: EpochCheck;
  readonly #monotonic: () => number;
  readonly #keeper: LeaseKeeper;
  #nodes: readonly LivingNode[] = [];
  /** Looks again when a lease ends that its node has not renewed in time. */
  #vigil: NodeJS.Timeout | undefined;
  #work: NodeWork | null = null;
  #steward: Steward | null = null;
  readonly #namesListeners = new Set<() => void>();

  private constructor(parts: NodeParts, redis: Redis, line: Line) {
    this.#parts = parts;
    this.#redis = redis;
    this.line = line;
    this.#meter = parts.meter({
      owned: () => this.#work?.registry.rooms().length ?? 0,
      nodes: () => this.#nodes.length,
    });
    this.#epochs = new EpochCheck(parts.databaseUrl);
    this.#monotonic = parts.monotonic ?? (() => performance.now());
    const { workers } = parts;
    this.#keeper = new LeaseKeeper({ redisUrl: parts.config.redisUrl, leaseTime, ownTime }, parts.log);
    this.#lease = new NodeLease({
      redis,
      keeper: this.#keeper,
      name: parts.config.nodeName,
      address: parts.config.nodeAddress,
      log: parts.log,
      monotonic: this.#monotonic,
      confirmByEpochs: () => this.#confirmByEpochs(),
      onConfirmed: (milliseconds) => {
        if (workers) this.#keeper.allow(milliseconds, workers());
      },
      onEnded: () => this.#fence(),
      onBeat: (sight) => void this.#beat(sight),
      onChange: (change) => this.#meter.leaseChanged(change),
      onNameTaken: parts.onNameTaken,
    });
  }

  /** Takes the node's lease. @throws RedisAway, NodeNameInUse */
  static async join(parts: NodeParts): Promise<ClusterNode> {
    const redis = await openRedis(parts.config.redisUrl, 'atOnce', parts.log);
    const line = await openLine(parts.config.redisUrl, parts.log);
    const node = new ClusterNode(parts, redis, line);
    try {
      await node.#lease.begin();
    } catch (error) {
      await node.close();
      throw error;
    }
    return node;
  }

  /** Resolves when this node knows the others well enough to take meetings. */
  async untilServing(): Promise<void> {
    while (this.state === 'starting') await new Promise((resolve) => setTimeout(resolve, 50));
  }

  /** Begins to take meetings. */
  serve(work: NodeWork): void {
    const { registry, index } = work;
    const { log } = this.#parts;
    this.#work = work;
    this.#steward = new Steward({
      redis: this.#redis,
      registry,
      index,
      log,
      monotonic: this.#monotonic,
      owner: () => this.#lease.owner,
      addressOf: (owner) => this.#addressOf(owner),
      onPlaced: (act) => this.#meter.placed(act),
    });
  }

  get name(): string {
    return this.#parts.config.nodeName;
  }

  /** `starting`: it doesn't know the others well enough yet to take anything. */
  get state(): 'starting' | 'serving' | 'draining' {
    if (this.#lease.state === 'draining') return 'draining';
    return this.#lease.serves ? 'serving' : 'starting';
  }

  /** Whether this node may let anybody in at this moment; where it may not, all has been closed when this returns. */
  stands(): boolean {
    return this.#lease.stands();
  }

  /** Names of the nodes that live, this one too, as they were a second ago. */
  readonly names = (): readonly string[] => this.#nodes.map(({ name }) => name);

  /** Told when nodes have come or gone, or Redis has come back. */
  readonly onNames = (listener: () => void): void => {
    this.#namesListeners.add(listener);
  };

  async claim(meetingId: MeetingId, wanted: 'here' | 'anywhere'): Promise<Home> {
    if (!this.#lease.stands()) throw unplaced();
    const me = this.#lease.owner;
    const [placed] = await placeMeetings(this.#redis, [[meetingId, this.#wish(meetingId, wanted)]]).catch(
      () => {
        throw unplaced();
      },
    );
    if (!placed || placed.owner === '' || me !== this.#lease.owner) throw unplaced();
    if (placed.owner === me) {
      if (placed.act !== 'kept') this.#meter.placed(placed.act);
      return { kind: 'here' };
    }
    const address = this.#addressOf(placed.owner) ?? (await this.#lookUp(placed.owner));
    if (address === null) throw unplaced();
    return { kind: 'elsewhere', address };
  }

  wouldLive(meetingId: MeetingId): Home {
    const node = chosenNode(this.#open(), meetingId);
    return !node || ownerText(node) === this.#lease.owner
      ? { kind: 'here' }
      : { kind: 'elsewhere', address: node.address };
  }

  forget(meetingId: MeetingId): void {
    // One that stays behind is taken up by the next sweep, and forgotten again later.
    moveMeeting(this.#redis, meetingId, this.#lease.owner, '').catch(() => undefined);
  }

  /**
   * Gives every meeting to the nodes that stay; no command that was taken is lost. `tell` is called with each meeting's new
   * owner, so that it is loaded there before anybody asks.
   */
  async drain(tell: (meetingId: MeetingId, owner: string) => void): Promise<void> {
    await this.#lease.drain();
    await this.#steward?.idle();
    await this.#refresh();
    const work = this.#work;
    if (!work) return;
    const me = this.#lease.owner;
    await inTurns(work.registry.rooms(), handedAtOnce, ({ meetingId }) =>
      work.registry.handOver(meetingId, async () => {
        const to = chosenNode(this.#open(), meetingId);
        const given = await moveMeeting(this.#redis, meetingId, me, to ? ownerText(to) : '').catch(
          () => false,
        );
        if (!to || !given) return null;
        tell(meetingId, ownerText(to));
        return to.address;
      }),
    );
  }

  /** Another node has handed a meeting over. */
  async take(meetingId: MeetingId, owner: string): Promise<void> {
    if (owner !== this.#lease.owner || !this.#lease.stands()) return;
    const [placed] = await placeMeetings(this.#redis, [[meetingId, '']]);
    if (placed?.owner !== this.#lease.owner) return;
    this.#meter.placed('handedOver');
    await this.#work?.registry.adopt(meetingId);
  }

  async close(): Promise<void> {
    await this.#lease.close();
    clearTimeout(this.#vigil);
    await this.#keeper.close();
    await this.#epochs.close();
    closeRedis(this.#redis);
    this.line.close();
  }

  #open(): readonly LeaseFields[] {
    return this.#nodes.filter(({ state }) => state === 'open');
  }

  /** Whom the meeting should go to if nobody has it; nobody while this node doesn't see well enough to know. */
  #wish(meetingId: MeetingId, wanted: 'here' | 'anywhere'): string {
    if (!this.#lease.sees) return '';
    if (wanted === 'here') return this.#lease.state === 'open' ? this.#lease.owner : '';
    const node = chosenNode(this.#open(), meetingId);
    return node ? ownerText(node) : '';
  }

  #addressOf(owner: string): string | null {
    return this.#nodes.find((node) => ownerText(node) === owner)?.address ?? null;
  }

  async #lookUp(owner: string): Promise<string | null> {
    await this.#refresh();
    return this.#addressOf(owner);
  }

  async #beat(sight: 'kept' | 'regained'): Promise<void> {
    if (sight === 'regained') {
      await this.#steward?.affirm().catch((error: unknown) => {
        this.#parts.log.warn({ error }, 'meetings could not be affirmed');
      });
    }
    await this.#refresh();
    if (sight === 'regained') for (const listener of this.#namesListeners) listener();
  }

  async #refresh(): Promise<void> {
    try {
      const before = this.#nodes.map(ownerText).join('\n');
      this.#nodes = await livingNodes(this.#redis);
      if (this.#nodes.map(ownerText).join('\n') !== before)
        for (const listener of this.#namesListeners) listener();
    } catch {
      // Redis went just now: the next beat says so.
      return;
    }
    this.#watchOver(this.#nodes);
    if (this.#lease.sees && this.#lease.state === 'open') this.#steward?.look(this.#nodes);
  }

  /** A lease that ends before the next beat is one whose node is dead or stands still: its meetings wait for no beat. */
  #watchOver(nodes: readonly LivingNode[]): void {
    clearTimeout(this.#vigil);
    const rest = Math.min(...nodes.map((node) => node.rest));
    if (rest < beatEvery) this.#vigil = setTimeout(() => void this.#refresh(), rest + afterEnd);
  }

  async #confirmByEpochs(): Promise<void> {
    const registry = this.#work?.registry;
    const owned = registry?.rooms().filter(({ condition }) => condition !== 'lost') ?? [];
    for (const meetingId of await this.#epochs.lost(owned)) registry?.lose(meetingId, null);
  }

  #fence(): void {
    const work = this.#work;
    if (!work) return;
    work.onFenced();
    for (const { meetingId } of work.registry.rooms()) work.registry.lose(meetingId, null);
  }
}

function unplaced(): LogUnavailable {
  return new LogUnavailable('io', 'no server can be given to the meeting now');
}
