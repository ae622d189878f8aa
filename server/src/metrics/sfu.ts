import type { LineLevel } from '@diemcau/shared/protocol/media.ts';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { WorkerFigures } from '../media/figures.ts';
import type { MediaEngine, SfuFigures } from '../media/port.ts';

export interface MediaSources {
  /** Null: a server without picture and sound. */
  readonly media: Pick<MediaEngine, 'figures'> | null;
  /** Levels of the lines that devices have reported. */
  readonly lines: () => readonly LineLevel[];
}

/** Milliseconds for which figures of the workers are good: whoever asks more often gets the same. */
const freshness = 2_000;

const levels: readonly LineLevel[] = ['good', 'fair', 'poor'];

type Pick1 = (worker: WorkerFigures) => number;

const gauges: readonly (readonly [name: string, help: string, of: Pick1])[] = [
  ['diemcau_media_routers', 'Routers, one for each meeting with media.', ({ routers }) => routers],
  ['diemcau_media_transports', 'Transports, two for each peer that sends.', ({ transports }) => transports],
  ['diemcau_media_producers', 'Pictures and sounds that are sent here.', ({ producers }) => producers],
  ['diemcau_media_consumers', 'Pictures and sounds offered from here.', ({ consumers }) => consumers],
  ['diemcau_media_consumers_running', 'Of those offered, the ones that flow.', ({ running }) => running],
];

const counters: readonly (readonly [name: string, help: string, of: Pick1])[] = [
  ['diemcau_media_worker_cpu_seconds_total', 'CPU of the worker.', ({ cpuSeconds }) => cpuSeconds],
  ['diemcau_media_packets_in_total', 'RTP packets that came.', ({ packetsIn }) => packetsIn],
  ['diemcau_media_packets_out_total', 'RTP packets that were sent on.', ({ packetsOut }) => packetsOut],
  ['diemcau_media_packets_lost_total', 'RTP packets lost on the way here.', ({ packetsLost }) => packetsLost],
];

/** What the SFU carries, by worker, and how people's lines are. */
export function watchMedia(registry: Registry, { media, lines }: MediaSources): void {
  const registers = [registry];
  const figures = remembered(async () => media?.figures() ?? { peers: 0, deaths: 0, workers: [] });
  new Gauge({
    name: 'diemcau_media_peers',
    help: 'Connections with picture and sound.',
    registers,
    async collect() {
      this.set((await figures()).peers);
    },
  });
  new Gauge({
    name: 'diemcau_media_workers',
    help: 'Workers that run.',
    registers,
    async collect() {
      this.set((await figures()).workers.length);
    },
  });
  new Counter({
    name: 'diemcau_media_worker_deaths_total',
    help: 'Workers that have died.',
    registers,
    async collect() {
      const { deaths } = await figures();
      this.reset();
      this.inc(deaths);
    },
  });
  for (const [name, help, of] of gauges) {
    new Gauge({
      name,
      help,
      labelNames: ['worker'],
      registers,
      async collect() {
        const { workers } = await figures();
        this.reset();
        for (const worker of workers) this.set({ worker: worker.index }, of(worker));
      },
    });
  }
  for (const [name, help, of] of counters) {
    new Counter({
      name,
      help,
      labelNames: ['worker'],
      registers,
      async collect() {
        const { workers } = await figures();
        this.reset();
        for (const worker of workers) this.inc({ worker: worker.index }, of(worker));
      },
    });
  }
  new Gauge({
    name: 'diemcau_lines',
    help: 'Devices by how they say their line is.',
    labelNames: ['level'],
    registers,
    collect() {
      const now = lines();
      for (const level of levels) this.set({ level }, now.filter((one) => one === level).length);
    },
  });
}

/** One look at the workers serves all figures of an answer, and answers that follow each other closely. */
function remembered(look: () => Promise<SfuFigures>): () => Promise<SfuFigures> {
  let last: { readonly at: number; readonly figures: Promise<SfuFigures> } | null = null;
  return () => {
    const now = performance.now();
    if (last === null || now - last.at > freshness) last = { at: now, figures: look() };
    return last.figures;
  };
}
