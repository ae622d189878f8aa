import type { Consumer, Producer, Router, Transport, Worker } from 'mediasoup/types';

/** What one worker carries and has carried since its start. */
export interface WorkerFigures {
  readonly index: number;
  /** Seconds of CPU, in its own code and in the system's. */
  readonly cpuSeconds: number;
  readonly routers: number;
  readonly transports: number;
  readonly producers: number;
  readonly consumers: number;
  /** Consumers that are sent, not paused. */
  readonly running: number;
  /** RTP packets, since the worker's start. */
  readonly packetsIn: number;
  readonly packetsOut: number;
  /** Of those that people sent, lost on the way here. */
  readonly packetsLost: number;
}

interface Flow {
  packets: number;
  lost: number;
}

const none: Flow = { packets: 0, lost: 0 };

/** Keeps what lives on a worker, and adds up what has passed through it. */
export class WorkerWatch {
  readonly #index: number;
  readonly #worker: Worker;
  readonly #routers = new Set<Router>();
  readonly #transports = new Set<Transport>();
  readonly #producers = new Set<Producer>();
  readonly #consumers = new Set<Consumer>();
  /** By producer or consumer, as far as it has been added to the sums. */
  readonly #counted = new Map<string, Flow>();
  readonly #in: Flow = { packets: 0, lost: 0 };
  readonly #out: Flow = { packets: 0, lost: 0 };

  constructor(index: number, worker: Worker) {
    this.#index = index;
    this.#worker = worker;
    worker.observer.on('newrouter', (router) => {
      keep(this.#routers, router);
      router.observer.on('newtransport', (transport) => {
        keep(this.#transports, transport);
        transport.observer.on('newproducer', (producer) => keep(this.#producers, producer));
        transport.observer.on('newconsumer', (consumer) => keep(this.#consumers, consumer));
      });
    });
  }

  /** @returns null when the worker dies meanwhile. */
  async figures(): Promise<WorkerFigures | null> {
    try {
      const running = [...this.#consumers].filter((consumer) => !consumer.paused && !consumer.producerPaused);
      const [usage] = await Promise.all([
        this.#worker.getResourceUsage(),
        this.#addUp(this.#in, [...this.#producers]),
        this.#addUp(this.#out, running),
      ]);
      for (const id of this.#counted.keys()) if (!this.#lives(id)) this.#counted.delete(id);
      return {
        index: this.#index,
        cpuSeconds: (usage.ru_utime + usage.ru_stime) / 1000,
        routers: this.#routers.size,
        transports: this.#transports.size,
        producers: this.#producers.size,
        consumers: this.#consumers.size,
        running: running.length,
        packetsIn: this.#in.packets,
        packetsOut: this.#out.packets,
        packetsLost: this.#in.lost,
      };
    } catch (error) {
      if (this.#worker.closed || this.#worker.died) return null;
      throw error;
    }
  }

  #lives(id: string): boolean {
    for (const each of this.#producers) if (each.id === id) return true;
    for (const each of this.#consumers) if (each.id === id) return true;
    return false;
  }

  async #addUp(sum: Flow, tracks: readonly (Producer | Consumer)[]): Promise<void> {
    await Promise.all(
      tracks.map(async (track) => {
        const now = await flowOf(track);
        if (now === null) return;
        const before = this.#counted.get(track.id) ?? none;
        this.#counted.set(track.id, now);
        // A stream that began anew counts from nothing again.
        sum.packets += Math.max(0, now.packets - before.packets);
        sum.lost += Math.max(0, now.lost - before.lost);
      }),
    );
  }
}

/** A producer's or consumer's RTP so far; null when it has ended meanwhile. */
async function flowOf(track: Producer | Consumer): Promise<Flow | null> {
  try {
    const wanted = 'producerId' in track ? 'outbound-rtp' : 'inbound-rtp';
    const flow = { ...none };
    for (const stream of await track.getStats()) {
      if (stream.type !== wanted) continue;
      flow.packets += stream.packetCount;
      flow.lost += Math.max(0, stream.packetsLost);
    }
    return flow;
  } catch (error) {
    if (track.closed) return null;
    throw error;
  }
}

function keep<T extends { readonly observer: { once(event: 'close', done: () => void): unknown } }>(
  among: Set<T>,
  one: T,
): void {
  among.add(one);
  one.observer.once('close', () => among.delete(one));
}
