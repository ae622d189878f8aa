import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from '../stage/stage.ts';
import { descendants } from './processes.ts';

const patience = 30_000;

/** kill -9 of the media worker: governance must not notice. */
export const killWorker: Fault = {
  name: 'worker',
  inflict: async ({ product, crew }, { chance, form }) => {
    const kills = form === 'short' ? 1 : 4;
    for (let kill = 0; kill < kills; kill += 1) {
      await wait(chance.between(50, 400));
      const [worker] = workersOf(product.pid);
      if (!worker) return { note: 'there is no media worker here' };
      process.kill(worker.pid, 'SIGKILL');
      const deadline = Date.now() + patience;
      while (!workersOf(product.pid).some(({ pid }) => pid !== worker.pid)) {
        if (Date.now() > deadline) throw new Error('no new media worker was started');
        await wait(50);
      }
      await crew.recovered();
    }
    return { note: `${kills} times` };
  },
};

function workersOf(pid: number) {
  return descendants(pid).filter(({ name }) => name.startsWith('mediasoup'));
}
