import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Product, startProduct } from '../../support/product.ts';
import { Crew, type CrewPlan } from '../bots/crew.ts';
import { readSqlite } from '../checker/stored.ts';
import { monotonicNow, type Seeded } from '../seeded.ts';
import { shimLibrary } from '../shim/build.ts';
import { Control } from '../shim/control.ts';
import type { Stage } from './stage.ts';

/** Room on the small disk beyond what the run itself needs, in MiB. */
const smallDisk = 256;

/** One server with its embedded database, in the hands of the shim where that can be built. */
export interface EmbeddedStage extends Stage {
  readonly dataDir: string;
  /** Null: no C compiler here. */
  readonly control: Control | null;
  /** Where the shim records each change of the folder. */
  readonly journalPath: string;
  /** When the server was ready for the first time, monotonic nanoseconds. */
  readonly readyAt: number;
  /** What lay in the folder when the journal began. */
  ground: ReadonlyMap<string, Buffer>;
  /** A file system of its own that can be filled up; null where this user may not mount one. */
  readonly smallDisk: string | null;
}

/** Starts it with everybody in it. */
export async function embeddedStage(plan: CrewPlan, chance: Seeded): Promise<EmbeddedStage> {
  const folder = mkdtempSync(join(tmpdir(), 'diemcau-chaos-'));
  const dataDir = join(folder, 'data');
  await mkdir(dataDir);
  const mounted = mountSmallDisk(dataDir);
  const library = shimLibrary();
  const control = library === null ? null : new Control(join(folder, 'control'));
  const journalPath = join(folder, 'journal');
  let product: Product | undefined;
  const unmount = () => {
    if (mounted) spawnSync('umount', ['-l', dataDir]);
  };
  // Whoever ends without closing it leaves nothing mounted.
  process.once('exit', unmount);
  const clear = async () => {
    control?.close();
    unmount();
    process.off('exit', unmount);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    product = await startProduct({
      DEMO: '0',
      LOG_LEVEL: 'error',
      DATA_DIR: dataDir,
      ...(library !== null &&
        control && {
          LD_PRELOAD: library,
          CHAOS_FOLDER: dataDir,
          CHAOS_CONTROL: control.path,
          CHAOS_JOURNAL: journalPath,
        }),
    });
    const running = product;
    const readyAt = monotonicNow();
    const crew = await Crew.assemble(running, plan, chance);
    return {
      product: running,
      crew,
      dataDir,
      control,
      journalPath,
      readyAt,
      ground: new Map(),
      smallDisk: mounted ? dataDir : null,
      readLog: async () => readSqlite(join(dataDir, 'events.sqlite')),
      close: async () => {
        crew.close();
        await running.stop();
        await clear();
      },
    };
  } catch (error) {
    await product?.kill();
    await clear();
    throw error;
  }
}

function mountSmallDisk(place: string): boolean {
  const options = ['-t', 'tmpfs', '-o', `size=${smallDisk}m,mode=0700`, 'tmpfs', place];
  return spawnSync('mount', options).status === 0;
}
