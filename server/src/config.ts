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
  /** `null` in embedded mode, where one is generated and kept in DATA_DIR. */
  readonly jwtSecret: string | null;
  readonly logLevel: LogLevel;
  /** The address people type, without a closing slash; `null` when it follows from the listening address. */
  readonly publicUrl: string | null;
  readonly media: MediaConfig;
}

export interface MediaConfig {
  /** Worker n listens on this port plus n, UDP and TCP. */
  readonly portMin: number;
  readonly workers: number;
  readonly listenIp: string;
  /** The address that clients are told, when it isn't the one that is listened on. */
  readonly announcedAddress: string | null;
  readonly workerBin: string | null;
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
  DATABASE_URL: text,
  REDIS_URL: text,
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
  MEDIA_ANNOUNCED_ADDRESS: text,
  MEDIASOUP_WORKER_BIN: text,
});

/** Faults that lie between variables; said together with those of single ones. */
function faultsBetween(given: Readonly<Record<string, string>>): string[] {
  const faults: string[] = [];
  const external = ['DATABASE_URL', 'REDIS_URL'].filter((name) => given[name] !== undefined);
  if (external.length > 0) {
    faults.push(
      `${external.join(' and ')} cannot be used yet: this version runs on one machine with its embedded database. Leave it out.`,
    );
    if (given.JWT_SECRET === undefined) {
      faults.push('JWT_SECRET is required when the embedded database is not used.');
    }
  }
  if ((given.TLS_CERT === undefined) !== (given.TLS_KEY === undefined)) {
    faults.push('TLS_CERT and TLS_KEY belong together: give both files or neither.');
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
    jwtSecret: value.JWT_SECRET ?? null,
    logLevel: value.LOG_LEVEL,
    publicUrl: value.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    media: {
      portMin: value.MEDIA_PORT_MIN,
      workers: value.MEDIA_WORKERS ?? availableParallelism(),
      // Media follows the pages: whoever can load them should get a picture.
      listenIp: value.MEDIA_LISTEN_IP ?? (host === loopback || host === 'localhost' ? loopback : '0.0.0.0'),
      announcedAddress: value.MEDIA_ANNOUNCED_ADDRESS ?? null,
      workerBin: value.MEDIASOUP_WORKER_BIN ?? null,
    },
  };
}
