import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { EmbeddedStage } from '../stage/embedded.ts';
import type { Fault } from '../stage/stage.ts';

/** The disk of DATA_DIR has no byte left for a while. */
export const fillDisk: Fault<EmbeddedStage> = {
  name: 'disk',
  inflict: async ({ smallDisk, control, crew }, { chance, form }) => {
    const times = form === 'short' ? 1 : 4;
    for (let time = 0; time < times; time += 1) {
      const hold = form === 'short' ? 1_500 : chance.between(2_000, 8_000);
      if (smallDisk !== null) {
        const ballast = join(smallDisk, 'ballast');
        fill(ballast);
        await wait(hold);
        rmSync(ballast);
      } else if (control) {
        control.setDisk('full');
        await wait(hold);
        control.setDisk('roomy');
      } else return { note: 'not tried: no file system of its own and no C compiler here' };
      await crew.recovered();
    }
    return { note: `${times} times, ${smallDisk === null ? 'by the shim' : 'a file system that was full'}` };
  },
};

function fill(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (const bytes of [1 << 20, 4096, 1]) {
      const piece = Buffer.alloc(bytes, 1);
      while (writeSync(file, piece) === bytes);
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    closeSync(file);
  }
}
