import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { workerPath } from '../../scripts/worker-path.mjs';

const main = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url));
const compiled = fileURLToPath(new URL('../../.cache/compiled', import.meta.url));
/** As `npm start`, the container and the service give them. */
const flags = ['--max-semi-space-size=16'];
const startTimeout = 60_000;

/** The real server in a process of its own, on a folder of its own, on loopback. */
export interface Product {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly dataDir: string;
  /** Process id of the running server. */
  readonly pid: number;
  /** All that it has printed since the beginning. */
  output(): string;
  /** Ends the process at once, as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again on the same folder and port. */
  restart(): Promise<void>;
  /** Ends it in good order and removes its folder. */
  stop(): Promise<void>;
}

/** @returns a port of loopback that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

/** Starts the product and waits until it is ready. `env` goes on top of a demonstration's settings. */
export async function startProduct(env: Readonly<Record<string, string>> = {}): Promise<Product> {
  const dataDir = await mkdtemp(join(tmpdir(), 'diemcau-'));
  const [port, mediaPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const printed: string[] = [];
  const start = () => launch({ ...settings(port, mediaPort, dataDir), ...env }, url, printed);
  let child = await start();
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  return {
    url,
    dataDir,
    get pid() {
      return child.pid ?? 0;
    },
    output: () => printed.join(''),
    kill: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGKILL');
      child = await start();
    },
    stop: async () => {
      await end('SIGTERM');
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function settings(port: number, mediaPort: number, dataDir: string): Record<string, string> {
  const worker = workerPath();
  return {
    PATH: process.env.PATH ?? '',
    NODE_COMPILE_CACHE: compiled,
    HOME: process.env.HOME ?? '',
    PORT: String(port),
    DATA_DIR: dataDir,
    DEMO: '1',
    LOG_LEVEL: 'warn',
    MEDIA_PORT_MIN: String(mediaPort),
    MEDIA_WORKERS: '1',
    ...(worker === undefined ? {} : { MEDIASOUP_WORKER_BIN: worker }),
  };
}

async function launch(env: Record<string, string>, url: string, printed: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [...flags, main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  // Whoever starts it and fails before stopping it leaves nothing running.
  const reap = () => child.kill('SIGKILL');
  process.once('exit', reap);
  child.once('exit', () => process.off('exit', reap));
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => printed.push(String(text)));
  const deadline = Date.now() + startTimeout;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the server ended:\n${printed.join('')}`);
    // The last that a start prints is where to go: by then all of it has been printed.
    if (printed.join('').includes(`localhost:${new URL(url).port}`) && (await isReady(url))) return child;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new Error(`the server was not ready in time:\n${printed.join('')}`);
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false;
  }
}

/** @returns the one-time code for the first administrator, as the server printed it at its start. */
export function firstCodeOf(product: Product): string {
  const code = /\b[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}\b/.exec(product.output())?.[0];
  if (code === undefined) throw new Error(`no code was printed:\n${product.output()}`);
  return code;
}
