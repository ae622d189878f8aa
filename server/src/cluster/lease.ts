import { randomUUID } from 'node:crypto';
import type { RoomLog } from '../meeting/ports.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import type { Redis } from './redis.ts';
import { endLease, type LeaseFields, ownerText, type Renewal, renewLease } from './scripts.ts';

/** How long Redis keeps a node's lease without renewal, milliseconds. */
export const leaseTime = 3_000;
/** By when a node itself takes its lease for ended: before anybody else may, whatever two clocks differ by. */
export const ownTime = 2_500;
/** How often it is renewed, milliseconds. */
export const beatEvery = 1_000;
const lookEvery = 200;
/** A node that sees nobody's lease knows for sure that it has ended only after having seen for so long itself. */
const sightTime = leaseTime + 500;
/** A lease of the same name that still stands after so long belongs to a process that lives. */
const nameFreeWithin = leaseTime + 2_000;

/** Another process has joined under this node's name. */
export class NodeNameInUse extends Error {
  constructor(name: string) {
    super(
      `Đã có máy chủ khác tên ${name} trong cụm. Đề nghị đặt NODE_NAME khác cho máy chủ này.\n` +
        `Another server of this cluster is named ${name}. Give this one a NODE_NAME of its own.`,
    );
    this.name = 'NodeNameInUse';
  }
}

export interface LeaseParts {
  readonly redis: Redis;
  /** Renews beside this thread, which may have much to do. */
  readonly keeper: Pick<LeaseKeeper, 'age' | 'signOfLife' | 'keep' | 'release'>;
  readonly name: string;
  readonly address: string;
  readonly log: RoomLog;
  /** Milliseconds that never go back, and go on while the process stands still. */
  readonly monotonic: () => number;
  /**
   * Redis does not answer: asks the database whether this node's meetings are still its own, and lets go of those that are not.
   * Rejects when that can't be told either.
   */
  readonly confirmByEpochs: () => Promise<void>;
  /** The lease stands for so many milliseconds more. */
  readonly onConfirmed: (milliseconds: number) => void;
  /** The lease has ended. Doors and routers must be closed when this returns. */
  readonly onEnded: () => void;
  /** After each renewal that Redis has answered. `sight`: it had forgotten this node, or was away before. */
  readonly onBeat: (sight: 'kept' | 'regained') => void;
  readonly onChange: (change: 'taken' | 'ended' | 'away' | 'back') => void;
  /** Another process has taken the name: this one must stop. */
  readonly onNameTaken: (cause: Error) => void;
}

/**
 * One lease for the whole node, renewed each second. It stands for as long as Redis, or while Redis is away the epochs in the
 * database, have confirmed it lately by the monotonic clock.
 */
export class NodeLease {
  readonly #parts: LeaseParts;
  #incarnation: string = randomUUID();
  /** Incarnations of this process whose leases may still be in Redis. */
  #ended: string[] = [];
  #state: LeaseFields['state'] = 'open';
  #standing: 'notYet' | 'yes' | 'ended' = 'notYet';
  #confirmedAt = Number.NEGATIVE_INFINITY;
  #seesSince: number | null = null;
  /** Whether it has seen the others for long enough once since the lease began. */
  #hasSeen: 'no' | 'yes' = 'no';
  #timers: NodeJS.Timeout[] = [];
  #beating: Promise<void> | null = null;
  #closed = false;

  constructor(parts: LeaseParts) {
    this.#parts = parts;
  }

  /** Takes the lease, and holds it from now on. @throws NodeNameInUse while a living process holds it. */
  async begin(): Promise<void> {
    const { monotonic, name } = this.#parts;
    const until = monotonic() + nameFreeWithin;
    while ((await this.#renew()) === 'taken') {
      if (monotonic() > until) throw new NodeNameInUse(name);
      await new Promise((resolve) => setTimeout(resolve, lookEvery));
    }
    this.#timers = [
      setInterval(() => this.stands(), lookEvery),
      setInterval(() => void this.#beat(), beatEvery),
    ];
    this.#parts.onBeat('kept');
  }

  /** The node as others name it in the table of places; another one after each lease that ended. */
  get owner(): string {
    return ownerText({ name: this.#parts.name, incarnation: this.#incarnation });
  }

  get state(): LeaseFields['state'] {
    return this.#state;
  }

  /** Whether this node has seen the others' leases for long enough to know which have ended. */
  get sees(): boolean {
    const { monotonic } = this.#parts;
    return this.stands() && this.#seesSince !== null && monotonic() - this.#seesSince >= sightTime;
  }

  /** Whether it takes part: it has seen the others for long enough. While Redis is away it sees nobody, and goes on with what it has. */
  get serves(): boolean {
    return this.sees || (this.stands() && this.#hasSeen === 'yes');
  }

  /** Whether the lease stands at this moment. Where it does not any more, all is closed before this returns. */
  stands(): boolean {
    if (this.#standing !== 'yes') return false;
    const { keeper, monotonic } = this.#parts;
    keeper.signOfLife();
    if (Math.min(monotonic() - this.#confirmedAt, keeper.age) < ownTime) return true;
    this.#end();
    return false;
  }

  /** Says to the others that nothing new should come here. */
  async drain(): Promise<void> {
    this.#state = 'draining';
    await this.#renew().catch(() => undefined);
  }

  /** Gives the lease back. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const timer of this.#timers) clearInterval(timer);
    await this.#beating;
    const { redis, keeper, name } = this.#parts;
    keeper.release();
    await endLease(redis, { name, incarnation: this.#incarnation }).catch(() => undefined);
  }

  #end(): void {
    this.#standing = 'ended';
    this.#parts.keeper.release();
    this.#ended.push(this.#incarnation);
    this.#incarnation = randomUUID();
    this.#seesSince = null;
    this.#hasSeen = 'no';
    this.#confirmedAt = Number.NEGATIVE_INFINITY;
    try {
      this.#parts.onEnded();
    } finally {
      this.#parts.onChange('ended');
      this.#parts.log.error({}, 'the lease of this node has ended: doors and routers are closed');
    }
  }

  #beat(): Promise<void> {
    if (this.#closed || this.#beating) return this.#beating ?? Promise.resolve();
    this.#beating = this.#renewOrConfirm().finally(() => {
      this.#beating = null;
    });
    return this.#beating;
  }

  async #renewOrConfirm(): Promise<void> {
    this.stands();
    let renewal: Renewal;
    const sawBefore = this.#seesSince !== null;
    try {
      renewal = await this.#renew();
    } catch {
      await this.#goOnByEpochs();
      return;
    }
    if (renewal === 'taken') this.#parts.onNameTaken(new NodeNameInUse(this.#parts.name));
    else this.#parts.onBeat(renewal === 'held' && sawBefore ? 'kept' : 'regained');
  }

  async #renew(): Promise<Renewal> {
    const { redis, name, address, monotonic } = this.#parts;
    for (const incarnation of this.#ended.splice(0)) await endLease(redis, { name, incarnation });
    const began = monotonic();
    const incarnation = this.#incarnation;
    const fields = { name, incarnation, address, state: this.#state };
    const renewal = await renewLease(redis, fields, leaseTime);
    // The answer came after the end of what it renews: that one may not rise again.
    this.stands();
    if (renewal === 'taken' || incarnation !== this.#incarnation) return renewal;
    if (this.#standing !== 'yes') {
      if (monotonic() - began >= ownTime) return renewal;
      this.#standing = 'yes';
      this.#parts.onChange('taken');
    } else if (this.#seesSince === null) this.#parts.onChange('back');
    this.#confirm(began);
    if (this.sees) this.#hasSeen = 'yes';
    if (renewal === 'anew' || this.#seesSince === null) this.#seesSince = began;
    return renewal;
  }

  async #goOnByEpochs(): Promise<void> {
    if (this.sees) this.#hasSeen = 'yes';
    if (this.#seesSince !== null) this.#parts.onChange('away');
    this.#seesSince = null;
    if (this.#standing !== 'yes') return;
    const began = this.#parts.monotonic();
    const incarnation = this.#incarnation;
    try {
      await this.#parts.confirmByEpochs();
    } catch (error) {
      this.#parts.log.warn({ error }, 'neither Redis nor the database says whose the meetings are');
      return;
    }
    if (this.stands() && incarnation === this.#incarnation) this.#confirm(began);
  }

  #confirm(began: number): void {
    this.#confirmedAt = began;
    this.#parts.keeper.keep(this.#parts.name, this.#incarnation);
    this.#parts.onConfirmed(began + ownTime - this.#parts.monotonic());
  }
}
