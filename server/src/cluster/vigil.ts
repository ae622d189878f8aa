import { type LivingNode, ownerText } from './scripts.ts';

/** A lease that has not been renewed for so long is in doubt: its node should have done so by now, milliseconds. */
const renewedWithin = 1_100;
/** How long after the end of another's lease Redis is sure to have seen it, milliseconds. */
const afterEnd = 20;
/** Between two portions of those who go on, milliseconds. */
const stride = 20;

export interface VigilParts {
  /** How long a lease stands after each renewal, milliseconds. */
  readonly leaseTime: number;
  /** Milliseconds within which a lease that stands is looked at in any case. */
  readonly lookEvery: number;
  /** Of those who have waited so many go on each second. */
  readonly perSecond: number;
  /** Looks at all leases again, and says what it found by {@link Vigil.seen}. */
  readonly look: () => void;
}

/**
 * Watches over leases that their nodes have not renewed in time. Whoever asks for a meeting of such a node waits here until it is
 * known whose the meeting is: sent to a node that is dead, a hall of people would only run to and fro until its lease ends.
 */
export class Vigil {
  readonly #parts: VigilParts;
  /** By owner: those who wait, in the order in which they came. */
  readonly #waiting = new Map<string, (() => void)[]>();
  #going: (() => void)[] = [];
  #look: NodeJS.Timeout | undefined;
  #pace: NodeJS.Timeout | undefined;

  constructor(parts: VigilParts) {
    this.#parts = parts;
  }

  isInDoubt({ rest }: Pick<LivingNode, 'rest'>): boolean {
    return rest < this.#parts.leaseTime - renewedWithin;
  }

  /** Resolves when a lease in doubt has been renewed or has ended, or can't be seen any more. */
  decided(owner: string): Promise<void> {
    return new Promise((resolve) => {
      const others = this.#waiting.get(owner);
      if (others) others.push(resolve);
      else this.#waiting.set(owner, [resolve]);
    });
  }

  /** @param nodes all whose leases stand at this moment. */
  seen(nodes: readonly LivingNode[]): void {
    for (const owner of this.#waiting.keys()) {
      const node = nodes.find((each) => ownerText(each) === owner);
      if (!node || !this.isInDoubt(node)) this.#release(owner);
    }
    clearTimeout(this.#look);
    const rest = Math.min(...nodes.map((node) => node.rest));
    // A lease that ends before the next look is one whose node is dead or stands still: its meetings wait for no beat.
    if (rest < this.#parts.lookEvery) this.#look = setTimeout(this.#parts.look, rest + afterEnd);
  }

  /** Nobody waits for what nobody can tell: leases are out of sight. */
  blind(): void {
    for (const owner of this.#waiting.keys()) this.#release(owner);
  }

  close(): void {
    clearTimeout(this.#look);
    clearInterval(this.#pace);
    this.blind();
    for (const go of this.#going.splice(0)) go();
  }

  #release(owner: string): void {
    this.#going.push(...(this.#waiting.get(owner) ?? []));
    this.#waiting.delete(owner);
    const portion = Math.max(1, Math.round((this.#parts.perSecond * stride) / 1_000));
    const go = () => {
      for (const next of this.#going.splice(0, portion)) next();
      if (this.#going.length > 0) return;
      clearInterval(this.#pace);
      this.#pace = undefined;
    };
    if (this.#pace === undefined) this.#pace = setInterval(go, stride);
  }
}
