import { asId, type MeetingId } from '@diemcau/shared/ids.ts';
import type { MeetingIndex } from '../directory/meeting-index.ts';
import type { RoomLog } from '../meeting/ports.ts';
import type { MeetingRegistry } from '../meeting/registry.ts';
import type { Redis } from './redis.ts';
import { chosenNode } from './rendezvous.ts';
import { type LeaseFields, ownerText, type PlaceAct, placedMeetings, placeMeetings } from './scripts.ts';

/** Meetings asked about at once: a script holds Redis up for a millisecond or two. */
const portion = 500;
/** Meetings loaded at once when many change hands. */
const loadsAtOnce = 8;
/** Even where no node has come or gone, all is compared again after so long, milliseconds. */
const sweepEvery = 15_000;

export interface StewardParts {
  readonly redis: Redis;
  readonly registry: MeetingRegistry;
  readonly index: Pick<MeetingIndex, 'unfinished'>;
  readonly log: RoomLog;
  readonly monotonic: () => number;
  /** This node as it stands in the table of places. */
  readonly owner: () => string;
  readonly addressOf: (owner: string) => string | null;
  readonly onPlaced: (act: PlaceAct) => void;
}

/** Sees to it that every meeting that isn't over has a home: takes this node's share of those whose node is gone. */
export class Steward {
  readonly #parts: StewardParts;
  #seen = '';
  #sweptAt = Number.NEGATIVE_INFINITY;
  #sweeping: Promise<void> | null = null;

  constructor(parts: StewardParts) {
    this.#parts = parts;
  }

  /** Looks whether there is anything to do. `nodes`: those that live, as this node sees them after having seen for long enough. */
  look(nodes: readonly LeaseFields[]): void {
    const now = this.#parts.monotonic();
    const seen = nodes.map(ownerText).join('\n');
    if (this.#sweeping || (seen === this.#seen && now - this.#sweptAt < sweepEvery)) return;
    this.#sweptAt = now;
    this.#sweeping = this.#sweep(nodes)
      .then(() => {
        this.#seen = seen;
      })
      .catch((error: unknown) => this.#parts.log.warn({ error }, 'meetings could not be placed'))
      .finally(() => {
        this.#sweeping = null;
      });
  }

  /**
   * Says anew which meetings are held here, after Redis was away and may have forgotten: at once, for the others place nothing
   * until they have seen for long enough.
   */
  async affirm(): Promise<void> {
    this.#sweptAt = Number.NEGATIVE_INFINITY;
    const me = this.#parts.owner();
    const held = this.#parts.registry.rooms().filter(({ condition }) => condition !== 'lost');
    await this.#place(held.map(({ meetingId }) => [meetingId, me] as const));
  }

  async idle(): Promise<void> {
    await this.#sweeping;
  }

  async #sweep(nodes: readonly LeaseFields[]): Promise<void> {
    const { redis, registry, index } = this.#parts;
    const ids = new Set<string>((await index.unfinished()).map(({ id }) => id));
    // A meeting that its dead node had only just made stands in no list yet.
    for (const id of await placedMeetings(redis)) ids.add(id);
    for (const { meetingId, condition } of registry.rooms()) if (condition !== 'lost') ids.add(meetingId);
    const open = nodes.filter(({ state }) => state === 'open');
    const me = this.#parts.owner();
    const wishes = [...ids].map((id) => {
      const node = chosenNode(open, id);
      const wish = registry.held(asId<MeetingId>(id)) ? me : node ? ownerText(node) : '';
      return [id, wish] as const;
    });
    const mine = await this.#place(wishes);
    await inTurns(mine, loadsAtOnce, (meetingId) => registry.adopt(meetingId));
  }

  /** Asks for each as wished, and lets go of what is another's. @returns those that are this node's. */
  async #place(
    wishes: readonly (readonly [meetingId: string, owner: string])[],
  ): Promise<readonly MeetingId[]> {
    const { redis, registry, addressOf, onPlaced } = this.#parts;
    const me = this.#parts.owner();
    const mine: MeetingId[] = [];
    for (let from = 0; from < wishes.length; from += portion) {
      const asked = wishes.slice(from, from + portion);
      const answers = await placeMeetings(redis, asked);
      // The lease ended meanwhile: whatever was answered is for a node that is no more.
      if (this.#parts.owner() !== me) return [];
      answers.forEach(({ owner, act }, at) => {
        const meetingId = asId<MeetingId>(asked[at]?.[0] ?? '');
        if (owner === me) {
          if (act !== 'kept' && !registry.held(meetingId)) onPlaced(act);
          mine.push(meetingId);
        } else if (owner !== '') registry.lose(meetingId, addressOf(owner));
      });
    }
    return mine;
  }
}

/** Does `work` for each, so many at once. */
export async function inTurns<T>(
  all: readonly T[],
  atOnce: number,
  work: (one: T) => Promise<void>,
): Promise<void> {
  const waiting = [...all];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, lane));
}
