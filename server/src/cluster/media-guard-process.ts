import { createInterface } from 'node:readline';

/*
 * Watches over the media workers of a node from outside of it, for the node's own process may stand still while its workers
 * go on. Reads lines of `MILLISECONDS PID PID …`: these workers may live for so long. Ends with its input.
 */

let pids: readonly number[] = [];
let timer: NodeJS.Timeout | undefined;

function end(): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
  pids = [];
}

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const [milliseconds = 0, ...workers] = line.split(' ').map(Number);
  pids = workers.filter((pid) => Number.isInteger(pid) && pid > 1);
  clearTimeout(timer);
  timer = setTimeout(end, milliseconds);
});
lines.on('close', () => {
  // Workers end with the node by themselves; one that does not must not go on alone.
  end();
  process.exit(0);
});
