import { renameSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Loaded before a server (`NODE_OPTIONS=--import`): at SIGUSR2 it collects its garbage twice and writes what it holds to the
 * file of `PROBE_FILE`. The server itself knows nothing of it.
 */
const path = process.env.PROBE_FILE;
if (path !== undefined) {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  process.on('SIGUSR2', () => {
    collect();
    collect();
    writeFileSync(`${path}.draft`, JSON.stringify(process.memoryUsage()));
    renameSync(`${path}.draft`, path);
  });
}
