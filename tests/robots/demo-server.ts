import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workerPath } from '../../scripts/worker-path.mjs';
import { buildApp } from '../../server/src/app.ts';
import { readConfig } from '../../server/src/config.ts';
import { createLogger } from '../../server/src/logger.ts';
import { MediasoupEngine } from '../../server/src/media/engine.ts';
import { machine } from '../../server/src/meeting/ports.ts';

/** A whole server with the demonstration's data and a media worker, on loopback. */
export interface DemoServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts one in a folder of its own that goes with it. */
export async function startDemoServer(mediaPort: number): Promise<DemoServer> {
  const folder = await mkdtemp(join(tmpdir(), 'diemcau-crowd-'));
  const config = readConfig({
    PORT: '0',
    DATA_DIR: folder,
    DEMO: '1',
    LOG_LEVEL: 'warn',
    MEDIA_WORKERS: '1',
    MEDIA_PORT_MIN: String(mediaPort),
    MEDIASOUP_WORKER_BIN: workerPath(),
  });
  const logger = createLogger(config.logLevel, 'json');
  const media = await MediasoupEngine.start(config.media, logger);
  const app = await buildApp(config, { source: machine, logger, media, certificate: null });
  const url = await app.http.listen({ port: 0, host: '127.0.0.1' });
  return {
    url,
    async close() {
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
