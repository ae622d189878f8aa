import { fileURLToPath } from 'node:url';
import { freePort, type Product, startProduct } from '../support/product.ts';
import { gather, type Player } from './cast.ts';
import { Chance } from './chance.ts';
import type { FuzzDoor, Met, Stage } from './doors/door.ts';
import { addressesDoor, rawDoor, routesDoor } from './doors/http.ts';
import { mediaDoor } from './doors/media.ts';
import { pollingDoor } from './doors/polling.ts';
import { commandsDoor, framesDoor, requestsDoor } from './doors/sockets.ts';
import { handshakesDoor, tokensDoor } from './doors/tokens.ts';
import { uploadsDoor } from './doors/uploads.ts';
import { Pool } from './pool.ts';
import type { ProbeReport } from './probe.ts';

export const doors: readonly FuzzDoor[] = [
  commandsDoor,
  requestsDoor,
  mediaDoor,
  routesDoor,
  framesDoor,
  tokensDoor,
  addressesDoor,
  rawDoor,
  handshakesDoor,
  uploadsDoor,
  pollingDoor,
];

/** Messages in flight at once. */
const lanes = 48;
/**
 * Lines of the log in which the server tells of a fault of its own: errors and worse, and what is no line of the log. What
 * mediasoup says of parameters that a client has sent is none.
 */
const troubleInLog = /"level":[56]0(?!.*"namespace":"mediasoup)|\bFATAL\b|heap out of memory/;

export interface FuzzOptions {
  readonly seed: number;
  readonly count: number;
  /** The first message's number: slices of one seed follow on each other. */
  readonly from: number;
  readonly players: number;
  /** Ends before the count is reached when so many seconds have gone by. */
  readonly seconds?: number;
  /** Told every few seconds. */
  readonly progress: (sent: number, perSecond: number) => void;
}

/** A message that met with what must not be. */
export interface Fault {
  readonly index: number;
  readonly door: string;
  readonly fault: string;
  readonly sent: string;
}

export interface FuzzFigures {
  readonly seed: number;
  readonly from: number;
  readonly messages: number;
  readonly seconds: number;
  readonly byDoor: Readonly<Record<string, number>>;
  readonly byCode: Readonly<Record<string, number>>;
  /** The server process's event loop: the longest turn by the clock and by its thread's CPU time, milliseconds. */
  readonly longestTurn: number;
  readonly longestWork: number;
  /** After a collection: once a tenth of the messages were sent, and at the end; bytes. */
  readonly heapBefore: number;
  readonly heapAfter: number;
  /** Of a server just started on the folder, before the first message and after the last: by so much the meetings have grown. */
  readonly heapFirst: number;
  readonly heapAnew: number;
  readonly rssBefore: number;
  readonly rssAfter: number;
  readonly faults: readonly Fault[];
  /** Lines of the server's log that tell of a fault of its own. */
  readonly log: readonly string[];
  readonly alive: boolean;
}

/** Starts the product as its own process on the embedded database, and sends it messages on every door. */
export async function fuzz(options: FuzzOptions): Promise<FuzzFigures> {
  const probePort = await freePort();
  const probe = fileURLToPath(new URL('./probe.ts', import.meta.url));
  const product = await startProduct({
    FUZZ_PROBE_PORT: String(probePort),
    NODE_OPTIONS: `--expose-gc --import=${probe}`,
    DEMO_LIVE: 'all',
  });
  try {
    return await throwAll(product, `http://127.0.0.1:${probePort}`, options);
  } finally {
    await product.stop();
  }
}

async function throwAll(product: Product, probeUrl: string, options: FuzzOptions): Promise<FuzzFigures> {
  const { seed, count, from, progress } = options;
  const look = async (): Promise<ProbeReport> => (await fetch(probeUrl)).json() as Promise<ProbeReport>;
  // Making the demonstration is not what is measured.
  await product.restart();
  const first = await look();
  const pool = new Pool();
  const players = await gather(product.url, options.players, pool);
  const officers = players.filter(({ rank }) => rank !== 'member');
  const administrators = players.filter(({ rank }) => rank === 'administrator');
  const stage: Stage = { url: product.url, players, officers, administrators, pool, pools: new Map() };
  const deck = doors.flatMap((door) => Array.from({ length: door.share * 10 }, () => door));
  const tally = new Tally();

  await look();
  const begun = performance.now();
  const until = begun + (options.seconds ?? Number.POSITIVE_INFINITY) * 1_000;
  const warmUp = Math.floor(count / 10);
  await send(0, warmUp);
  const before = await look();
  await send(warmUp, count);
  const seconds = (performance.now() - begun) / 1000;
  const alive = (await fetch(`${product.url}/healthz`)).ok;
  leave(players);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const after = await look();
  const log = product
    .output()
    .split('\n')
    .filter((line) => troubleInLog.test(line));
  await product.restart();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const anew = await look();
  return {
    seed,
    from,
    messages: tally.messages,
    seconds,
    ...tally.sums,
    longestTurn: Math.max(before.longestTurn, after.longestTurn),
    longestWork: Math.max(before.longestWork, after.longestWork),
    heapBefore: before.heapUsed,
    heapAfter: after.heapUsed,
    rssBefore: before.rss,
    rssAfter: after.rss,
    heapFirst: first.heapUsed,
    heapAnew: anew.heapUsed,
    log,
    alive,
  };

  async function send(first: number, end: number): Promise<void> {
    let next = first;
    let toldAt = performance.now();
    let toldOf = first;
    const lane = async () => {
      while (next < end && performance.now() < until) {
        const index = from + next;
        next += 1;
        const chance = new Chance(seed, index);
        const door = chance.pick(deck);
        tally.count(door, index, await door.send(stage, chance));
        const now = performance.now();
        if (now - toldAt < 5_000) continue;
        progress(next, ((next - toldOf) * 1_000) / (now - toldAt));
        toldAt = now;
        toldOf = next;
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  }
}

function leave(players: readonly Player[]): void {
  for (const player of players) player.wire?.close();
}

/** How many faults are told in full. */
const told = 50;

class Tally {
  readonly #byDoor = new Map<string, number>();
  readonly #byCode = new Map<string, number>();
  readonly #faults: Fault[] = [];

  count({ name }: FuzzDoor, index: number, { code, fault, sent }: Met): void {
    this.#byDoor.set(name, (this.#byDoor.get(name) ?? 0) + 1);
    this.#byCode.set(code, (this.#byCode.get(code) ?? 0) + 1);
    if (fault !== null && this.#faults.length < told) {
      this.#faults.push({ index, door: name, fault, sent: sent.slice(0, 2_000) });
    }
  }

  get messages(): number {
    return [...this.#byDoor.values()].reduce((sum, number) => sum + number, 0);
  }

  get sums(): Pick<FuzzFigures, 'byDoor' | 'byCode' | 'faults'> {
    const sorted = (map: ReadonlyMap<string, number>) =>
      Object.fromEntries([...map].toSorted(([, a], [, b]) => b - a));
    return { byDoor: sorted(this.#byDoor), byCode: sorted(this.#byCode), faults: this.#faults };
  }
}
