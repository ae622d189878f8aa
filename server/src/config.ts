import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { usuallyLive } from './demo/plan.ts';

/** What the process was told to be; everything else asks this and never the environment. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Absolute folder of the embedded databases and the generated secrets. */
  readonly dataDir: string;
  readonly demo: boolean;
  /** How many of the demonstration's cells have a meeting on now. */
  readonly demoLive: number;
  /** The demonstration's one-click entry is offered to other machines too. */
  readonly demoLan: boolean;
  /** Serve the local network over TLS with a generated certificate. */
  readonly lan: boolean;
  /** Own certificate: paths of PEM files. */
  readonly tls: { readonly certPath: string; readonly keyPath: string } | null;
  /** Address of a PostgreSQL database; `null` in embedded mode. */
  readonly databaseUrl: string | null;
  /** What makes this server one of several; `null` for one that is alone. */
  readonly cluster: ClusterConfig | null;
  /** New connections let in each second; more come back a moment later by themselves. */
  readonly admissionsPerSecond: number;
  /** `null` in embedded mode, where one is generated and kept in DATA_DIR. */
  readonly jwtSecret: string | null;
  readonly logLevel: LogLevel;
  /** The address people type, without a closing slash; `null` when it follows from the listening address. */
  readonly publicUrl: string | null;
  readonly media: MediaConfig;
  /** Where figures are served beside this computer's own `/metrics`; `null`: nowhere. */
  readonly metrics: ListenAddress | null;
}

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

export interface ClusterConfig {
  readonly redisUrl: string;
  /** Unique in the cluster, and the same after a restart. */
  readonly nodeName: string;
  /** Where clients reach this node: a path behind the one address of all, as `/n/a`. */
  readonly nodeAddress: string;
}

export interface MediaConfig {
  /** Worker n listens on this port plus n, UDP and TCP. */
  readonly portMin: number;
  readonly workers: number;
  readonly listenIp: string;
  /** The addresses that clients are told, when it isn't the one that is listened on; none: that one. */
  readonly announcedAddresses: readonly string[];
  /** Relays for those whom neither UDP nor TCP brings to a worker; `null`: none. */
  readonly turn: TurnConfig | null;
  readonly workerBin: string | null;
}

export interface TurnConfig {
  /** As browsers take them: `turn:host:3478?transport=udp`. */
  readonly urls: readonly string[];
  /** Shared with the relay (coturn's `static-auth-secret`). */
  readonly secret: string;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Each fault of the environment in one plain sentence; thrown once, with all of them. */
export class ConfigFault extends Error {
  readonly sentences: readonly string[];
  constructor(sentences: readonly string[]) {
    super(sentences.join('\n'));
    this.name = 'ConfigFault';
    this.sentences = sentences;
  }
}

const JWT_SECRET_MIN = 32;

const port = (name: string, standard: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, `${name} must be a port number between 0 and 65535.`)
    .transform(Number)
    .refine((value) => value <= 65_535, `${name} must be a port number between 0 and 65535.`)
    .default(standard);

const flag = (name: string) =>
  z
    .enum(['0', '1'], `${name} must be 0 or 1.`)
    .transform((value) => value === '1')
    .default(false);

const loopback = '127.0.0.1';

const text = z.string().optional();

const list = (name: string, entry: RegExp, sentence: string) =>
  z
    .string()
    .transform((value) => value.split(',').map((part) => part.trim()))
    .refine((parts) => parts.every((part) => entry.test(part)), `${name} ${sentence}`)
    .optional();

const TURN_SECRET_MIN = 16;
const metricsFault = 'METRICS_ADDRESS must be an address and a port such as 10.0.0.5:9464.';

const environment = z.object({
  PORT: port('PORT', 3000),
  HOST: z.string().default(''),
  DATA_DIR: text,
  DEMO: flag('DEMO'),
  DEMO_LAN: flag('DEMO_LAN'),
  DEMO_LIVE: z
    .string()
    .regex(/^(all|[1-9]\d?)$/, 'DEMO_LIVE must be a number of cells from 1 to 99, or all.')
    .transform((value) => (value === 'all' ? Number.POSITIVE_INFINITY : Number(value)))
    .default(usuallyLive),
  LAN: flag('LAN'),
  TLS_CERT: text,
  TLS_KEY: text,
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: 'DATABASE_URL must be an address such as postgres://user:password@db.example.vn:5432/diemcau.',
    })
    .optional(),
  REDIS_URL: z
    .url({
      protocol: /^rediss?$/,
      error: 'REDIS_URL must be an address such as redis://:password@redis.example.vn:6379.',
    })
    .optional(),
  NODE_NAME: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,30}$/, 'NODE_NAME must be small letters, digits and hyphens, at most 31.')
    .optional(),
  NODE_ADDRESS: z
    .string()
    .regex(/^\/[a-z0-9/-]+$/, 'NODE_ADDRESS must be a path behind the one address of all, such as /n/a.')
    .optional(),
  ADMISSIONS_PER_SECOND: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, 'ADMISSIONS_PER_SECOND must be a whole number from 1 to 999999.')
    .transform(Number)
    .default(2_000),
  JWT_SECRET: z
    .string()
    .min(JWT_SECRET_MIN, `JWT_SECRET must have at least ${JWT_SECRET_MIN} characters.`)
    .optional(),
  LOG_LEVEL: z.enum(logLevels, `LOG_LEVEL must be one of ${logLevels.join(', ')}.`).default('info'),
  PUBLIC_URL: z
    .url({
      protocol: /^https?$/,
      error: 'PUBLIC_URL must be a whole address such as https://hop.example.vn.',
    })
    .optional(),
  MEDIA_PORT_MIN: port('MEDIA_PORT_MIN', 40_000),
  MEDIA_WORKERS: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, 'MEDIA_WORKERS must be a whole number from 1 to 999.')
    .transform(Number)
    .optional(),
  MEDIA_LISTEN_IP: z.union([z.ipv4(), z.ipv6()], 'MEDIA_LISTEN_IP must be an IP address.').optional(),
  MEDIA_ANNOUNCED_ADDRESS: list(
    'MEDIA_ANNOUNCED_ADDRESS',
    /^[a-z0-9.:-]+$/i,
    'must be an address or name, or several with commas between them.',
  ),
  MEDIASOUP_WORKER_BIN: text,
  TURN_URLS: list(
    'TURN_URLS',
    /^turns?:[a-z0-9.:[\]-]+(\?transport=(udp|tcp))?$/i,
    'must be addresses such as turn:relay.example.vn:3478, with commas between them.',
  ),
  TURN_SECRET: z
    .string()
    .min(TURN_SECRET_MIN, `TURN_SECRET must have at least ${TURN_SECRET_MIN} characters.`)
    .optional(),
  METRICS_ADDRESS: z
    .string()
    .regex(/^(\[[0-9a-f:]+\]|[a-z0-9.-]+):\d{1,5}$/i, metricsFault)
    .transform((value) => {
      const at = value.lastIndexOf(':');
      return { host: value.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(value.slice(at + 1)) };
    })
    .refine(({ port: number }) => number <= 65_535, metricsFault)
    .optional(),
});

/** Faults that lie between variables; said together with those of single ones. */
function faultsBetween(given: Readonly<Record<string, string>>): string[] {
  const faults: string[] = [];
  if (given.REDIS_URL !== undefined && given.DATABASE_URL === undefined) {
    faults.push(
      'REDIS_URL makes this server one of several, which share a PostgreSQL database: give DATABASE_URL too.',
    );
  }
  if (given.REDIS_URL !== undefined && given.NODE_NAME === undefined) {
    faults.push('NODE_NAME is required with REDIS_URL: a name that no other server of the cluster has.');
  }
  if (given.DATABASE_URL !== undefined && given.JWT_SECRET === undefined) {
    faults.push('JWT_SECRET is required when the embedded database is not used.');
  }
  if ((given.TLS_CERT === undefined) !== (given.TLS_KEY === undefined)) {
    faults.push('TLS_CERT and TLS_KEY belong together: give both files or neither.');
  }
  if ((given.TURN_URLS === undefined) !== (given.TURN_SECRET === undefined)) {
    faults.push('TURN_URLS and TURN_SECRET belong together: give both or neither.');
  }
  if (given.DEMO_LAN === '1' && given.DEMO !== '1') {
    faults.push('DEMO_LAN=1 has a meaning only together with DEMO=1.');
  }
  return faults;
}

/** Every variable that is read, in the order of `.env.example`. */
export const environmentVariables: readonly string[] = Object.keys(environment.shape);

/**
 * Reads the environment. An empty variable counts as not given.
 * @throws ConfigFault with a sentence for each fault.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given: Record<string, string> = {};
  for (const name of environmentVariables) {
    const value = env[name]?.trim();
    if (value !== undefined && value !== '') given[name] = value;
  }
  const parsed = environment.safeParse(given);
  const faults = [...(parsed.error?.issues.map((issue) => issue.message) ?? []), ...faultsBetween(given)];
  if (!parsed.success || faults.length > 0) throw new ConfigFault(faults);
  const value = parsed.data;
  const open = value.LAN || value.DEMO_LAN || value.TLS_CERT !== undefined;
  const host = value.HOST || (open ? '0.0.0.0' : loopback);
  return {
    port: value.PORT,
    host,
    // The invented province and real people never share a folder.
    dataDir: resolve(value.DATA_DIR ?? (value.DEMO ? './data/demo' : './data')),
    demo: value.DEMO,
    demoLan: value.DEMO_LAN,
    demoLive: value.DEMO_LIVE,
    lan: value.LAN,
    tls:
      value.TLS_CERT !== undefined && value.TLS_KEY !== undefined
        ? { certPath: resolve(value.TLS_CERT), keyPath: resolve(value.TLS_KEY) }
        : null,
    databaseUrl: value.DATABASE_URL ?? null,
    cluster:
      value.REDIS_URL !== undefined && value.NODE_NAME !== undefined
        ? {
            redisUrl: value.REDIS_URL,
            nodeName: value.NODE_NAME,
            nodeAddress: (value.NODE_ADDRESS ?? `/n/${value.NODE_NAME}`).replace(/\/+$/, ''),
          }
        : null,
    admissionsPerSecond: value.ADMISSIONS_PER_SECOND,
    jwtSecret: value.JWT_SECRET ?? null,
    logLevel: value.LOG_LEVEL,
    publicUrl: value.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    media: {
      portMin: value.MEDIA_PORT_MIN,
      workers: value.MEDIA_WORKERS ?? availableParallelism(),
      // Media follows the pages: whoever can load them should get a picture.
      listenIp: value.MEDIA_LISTEN_IP ?? (host === loopback || host === 'localhost' ? loopback : '0.0.0.0'),
      announcedAddresses: value.MEDIA_ANNOUNCED_ADDRESS ?? [],
      turn:
        value.TURN_URLS !== undefined && value.TURN_SECRET !== undefined
          ? { urls: value.TURN_URLS, secret: value.TURN_SECRET }
          : null,
      workerBin: value.MEDIASOUP_WORKER_BIN ?? null,
    },
    metrics: value.METRICS_ADDRESS ?? null,
  };
}
