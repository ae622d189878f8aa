import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from '../stage/stage.ts';

/** kill -9 of the server, again and again. */
export const killNode: Fault = {
  name: 'kill',
  inflict: async ({ product, crew }, { chance, form }) => {
    const kills = form === 'short' ? 2 : 6;
    for (let kill = 0; kill < kills; kill += 1) {
      await wait(chance.between(100, 700));
      await product.restart();
      await crew.recovered();
    }
    return { note: `${kills} times` };
  },
};
