import { createServer } from 'node:http';
import { isMainThread } from 'node:worker_threads';

// Loaded into the server's own process beside it (NODE_OPTIONS=--import): how long its event loop stood still, and what it
// holds after everything that is garbage has been thrown away. Answers at FUZZ_PROBE_PORT of this computer.

const tick = 10;

/** What the probe answers. */
export interface ProbeReport {
  /** The longest that one turn of the event loop has taken since the last report, by the clock, milliseconds. */
  readonly longestTurn: number;
  /** The longest by CPU time of this thread: a turn that waited for a busy machine does not count. */
  readonly longestWork: number;
  /** Bytes after a collection. */
  readonly heapUsed: number;
  readonly external: number;
  readonly rss: number;
}

function watch(port: number): void {
  let at = performance.now();
  let cpu = process.threadCpuUsage();
  let longestTurn = 0;
  let longestWork = 0;
  const look = () => {
    const now = performance.now();
    const used = process.threadCpuUsage();
    const work = (used.user - cpu.user + used.system - cpu.system) / 1_000;
    longestTurn = Math.max(longestTurn, now - at - tick);
    // Between two ticks there may be many short turns; only a late tick tells of a long one.
    longestWork = Math.max(longestWork, Math.min(work, now - at - tick));
    at = now;
    cpu = used;
  };
  setInterval(look, tick).unref();
  const server = createServer((_request, response) => {
    look();
    const report = { longestTurn, longestWork };
    globalThis.gc?.();
    globalThis.gc?.();
    const { heapUsed, external, rss } = process.memoryUsage();
    // The collection itself is the probe's, not the server's.
    at = performance.now();
    cpu = process.threadCpuUsage();
    longestTurn = 0;
    longestWork = 0;
    response.end(JSON.stringify({ ...report, heapUsed, external, rss } satisfies ProbeReport));
  });
  server.listen(port, '127.0.0.1');
  server.unref();
}

if (isMainThread && process.env.FUZZ_PROBE_PORT !== undefined) watch(Number(process.env.FUZZ_PROBE_PORT));
