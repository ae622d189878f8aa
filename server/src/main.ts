import { flushCompileCache } from 'node:module';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { buildApp } from './app.ts';
import { finishRestore } from './backup/pending-restore.ts';
import { certificateFor, lanAddresses } from './certificate.ts';
import { NodeNameInUse } from './cluster/lease.ts';
import { RedisAway } from './cluster/redis.ts';
import { ConfigFault, readConfig } from './config.ts';
import { FolderInUse, lockFolder } from './data-lock.ts';
import { NotADemonstration } from './demo/province.ts';
import { createLogger } from './logger.ts';
import { MediasoupEngine } from './media/engine.ts';
import { machine } from './meeting/ports.ts';
import { DatabaseAway, DatabaseInUse, lockDatabase } from './postgres/database-lock.ts';
import { welcome } from './welcome.ts';

// What lives here lives long: tens of thousands of connections. Left to itself the engine lets its memory double between two
// full collections; so it grows by two fifths. (By a quarter each member costs a kilobyte or two less, and the collections that make a full
// server slow come more often.)
setFlagsFromString('--heap-growing-percent=40');

/** How long a stop may take before the process ends all the same, in milliseconds. */
const patience = 10_000;

async function start(): Promise<void> {
  const config = readConfig(process.env);
  const logger = createLogger(config.logLevel, process.stdout.isTTY ? 'readable' : 'json');
  const onLost = (what: string) => (error: Error) => {
    logger.fatal({ error }, `the lock of ${what} was lost`);
    process.exit(1);
  };
  const releaseFolder = await lockFolder(config.dataDir, onLost('DATA_DIR'));
  const aside = finishRestore(config.dataDir);
  if (aside !== null)
    logger.warn({ aside }, 'a restore that was cut short is finished; the data of before is kept aside');
  const releaseDatabase =
    config.databaseUrl === null
      ? null
      : await lockDatabase(config.databaseUrl, onLost('DATABASE_URL'), config.cluster ? 'shared' : 'alone');
  const certificate = await certificateFor(config);
  const media = await MediasoupEngine.start(config.media, logger);
  const onNameTaken = onLost('NODE_NAME');
  const app = await buildApp(config, { source: machine, logger, media, certificate, onNameTaken });
  stopOnSignals(async () => {
    await app.close();
    await releaseDatabase?.();
    await releaseFolder();
  });
  // A fault in one corner must not end everybody's meetings: what counts is in the log, and each room checks its tail.
  process.on('uncaughtException', (error) => logger.fatal({ error }, 'an error was not handled'));
  process.on('unhandledRejection', (error) => logger.error({ error }, 'a rejection was not handled'));
  await app.http.listen({
    port: config.port,
    host: config.host,
    listenTextResolver: (address) => `listening on ${address}`,
  });
  const local = config.host === '127.0.0.1' || config.host === 'localhost' || config.host === '::1';
  console.log(
    await welcome({
      port: portOf(app.http.server.address()) ?? config.port,
      certificate,
      lanAddresses: local ? [] : lanAddresses(),
      publicUrl: config.publicUrl,
      demo: (await app.demo?.entries()) ?? null,
      firstAdministratorCode: await app.firstAdministratorCode(),
      media: media.available ? 'available' : 'unavailable',
      clockBehind: app.clockBehind,
    }),
  );
  // By itself it would be written at an end in good order alone, and with a power cut never.
  flushCompileCache();
}

function portOf(address: AddressInfo | string | null): number | null {
  return typeof address === 'object' ? (address?.port ?? null) : null;
}

/** The first signal ends everything in order, a second one at once. */
function stopOnSignals(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = () => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), patience).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
}

/** What people can mend themselves is said in a sentence, everything else with its cause. */
function explain(error: unknown): string {
  if (error instanceof ConfigFault) return error.sentences.join('\n');
  const sayable = [FolderInUse, NotADemonstration, DatabaseInUse, DatabaseAway, RedisAway, NodeNameInUse];
  if (error instanceof Error && sayable.some((kind) => error instanceof kind)) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `Cổng đang có chương trình khác dùng; đặt PORT khác.\nThe port is in use by another program; set another PORT.\n(${error.message})`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

try {
  await start();
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}
