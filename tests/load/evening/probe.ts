import { renameSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { collect } from '../../support/garbage.ts';

/**
 * Loaded before a server (`NODE_OPTIONS=--import`): at SIGUSR2 it collects its garbage twice and writes to the file of
 * `PROBE_FILE` what it holds, and for how long at most its event loop stood still since the last time. The server itself knows nothing of it.
 */
const path = process.env.PROBE_FILE;
if (path !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  process.on('SIGUSR2', () => {
    // Before the garbage is collected, which is a delay too.
    const longestDelay = delay.max / 1e6;
    collect();
    collect();
    delay.reset();
    writeFileSync(`${path}.draft`, JSON.stringify({ ...process.memoryUsage(), longestDelay }));
    renameSync(`${path}.draft`, path);
  });
}
