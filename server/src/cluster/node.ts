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
import { Vigil } from './vigil.ts';
import { type Line, openLine } from './words.ts';

/** Meetings handed over at once when a node stops. */
const handedAtOnce = 16;
/** What was seen of the leases so lately is still so, milliseconds. */
const freshFor = 100;
/** Within this time it is known whose a meeting is, or nobody can tell, milliseconds. */
const decidedWithin = leaseTime + 1_000;

export interface NodeParts {
  readonly config: ClusterConfig;
  readonly databaseUrl: string;
  /** As many as come in at the door each second go on at once when they have waited for the meetings of a dead node. */
  readonly admissionsPerSecond: number;
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
  readonly #vigil: Vigil;
  #nodes: readonly LivingNode[] = [];
  #seenAt = Number.NEGATIVE_INFINITY;
  #refreshing: Promise<void> | null = null;
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
    this.#vigil = new Vigil({
      leaseTime,
      lookEvery: beatEvery,
      perSecond: parts.admissionsPerSecond,
      look: () => void this.#refresh(),
    });
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
    const until = this.#monotonic() + decidedWithin;
    for (;;) {
      const owner = await this.#place(meetingId, wanted);
      if (owner === this.#lease.owner) return { kind: 'here' };
      const node = await this.#fresh(owner);
      if (node && !this.#vigil.isInDoubt(node)) return { kind: 'elsewhere', address: node.address };
      if (!this.#lease.sees || this.#monotonic() >= until) throw unplaced();
      if (node) await this.#vigil.decided(owner);
    }
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
    this.#vigil.close();
    await this.#keeper.close();
    await this.#epochs.close();
    closeRedis(this.#redis);
    this.line.close();
  }

  /** @returns whose the meeting is from now on. @throws LogUnavailable */
  async #place(meetingId: MeetingId, wanted: 'here' | 'anywhere'): Promise<string> {
    if (!this.#lease.stands()) throw unplaced();
    const me = this.#lease.owner;
    const [placed] = await placeMeetings(this.#redis, [[meetingId, this.#wish(meetingId, wanted)]]).catch(
      () => {
        throw unplaced();
      },
    );
    if (!placed || placed.owner === '' || me !== this.#lease.owner) throw unplaced();
    if (placed.owner === me && placed.act !== 'kept') this.#meter.placed(placed.act);
    return placed.owner;
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

  /** @returns the owner's node as it is at this moment; null when its lease has ended. */
  async #fresh(owner: string): Promise<LivingNode | null> {
    const known = this.#nodes.some((node) => ownerText(node) === owner);
    if (!known || this.#monotonic() - this.#seenAt > freshFor) await this.#refresh();
    return this.#nodes.find((node) => ownerText(node) === owner) ?? null;
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

  /** All who ask in one moment look together. */
  #refresh(): Promise<void> {
    this.#refreshing ??= this.#look().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  async #look(): Promise<void> {
    try {
      const before = this.#nodes.map(ownerText).join('\n');
      this.#nodes = await livingNodes(this.#redis);
      this.#seenAt = this.#monotonic();
      if (this.#nodes.map(ownerText).join('\n') !== before)
        for (const listener of this.#namesListeners) listener();
    } catch {
      // Redis went just now: the next beat says so.
      this.#vigil.blind();
      return;
    }
    this.#vigil.seen(this.#nodes);
    if (this.#lease.sees && this.#lease.state === 'open') this.#steward?.look(this.#nodes);
  }

  async #confirmByEpochs(): Promise<void> {
    const registry = this.#work?.registry;
    const owned = registry?.rooms().filter(({ condition }) => condition !== 'lost') ?? [];
    for (const meetingId of await this.#epochs.lost(owned)) registry?.lose(meetingId, null);
  }

  #fence(): void {
    this.#vigil.blind();
    const work = this.#work;
    if (!work) return;
    work.onFenced();
    for (const { meetingId } of work.registry.rooms()) work.registry.lose(meetingId, null);
  }
}

function unplaced(): LogUnavailable {
  return new LogUnavailable('io', 'no server can be given to the meeting now');
}
