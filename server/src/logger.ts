import { type Logger, pino, stdSerializers } from 'pino';
import type { LogLevel } from './config.ts';

/** Whatever may carry a secret, wherever it turns up in a logged object. */
const secrets = [
  'token',
  'accessToken',
  'refreshToken',
  'password',
  'code',
  'authorization',
  'cookie',
  'jwtSecret',
].flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.headers["${name}"]`]);

/** The process's log: one JSON object a line, or readable lines in a terminal; never a secret. */
export function createLogger(level: LogLevel, form: 'json' | 'readable'): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secrets, censor: '…' },
    serializers: { err: stdSerializers.err, error: stdSerializers.err },
    ...(form === 'readable'
      ? { transport: { target: 'pino-pretty', options: { translateTime: 'SYS:HH:MM:ss', ignore: 'reqId' } } }
      : {}),
  });
}
