import { createClient } from 'redis';
import type { RoomLog } from '../meeting/ports.ts';

/** A command that has no answer after so long (milliseconds) is taken for one that Redis can't answer. */
const answerWithin = 900;
const connectWithin = 1_000;
/** Between attempts to reach Redis again: full jitter below this, milliseconds. */
const longestPause = 500;

/** A connection that isn't begun yet and comes back by itself; `kind` as for {@link openRedis}. */
function connectionTo(url: string, kind: 'atOnce' | 'queued') {
  return createClient({
    url,
    RESP: 2,
    // What can't be asked now is answered as such at once; only the line of messages between nodes waits.
    disableOfflineQueue: kind === 'atOnce',
    socket: {
      connectTimeout: connectWithin,
      reconnectStrategy: () => 50 + Math.round(Math.random() * longestPause),
    },
  });
}

export type Redis = ReturnType<typeof connectionTo>;

/** Rejects where a command's answer is too long in coming; that it is carried out later must do no harm. */
export async function inTime<T>(command: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('Redis has not answered in time')), answerWithin);
  });
  try {
    return await Promise.race([command, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Redis does not answer, or does not let this node in. */
export class RedisAway extends Error {
  constructor(cause: unknown) {
    const detail = cause instanceof Error ? cause.message || cause.name : String(cause);
    super(
      'Không kết nối được Redis của REDIS_URL. Đề nghị kiểm tra địa chỉ, mật khẩu và máy chủ Redis.\n' +
        `Redis of REDIS_URL cannot be reached. Check its address, its password and the server.\n(${detail})`,
    );
    this.name = 'RedisAway';
  }
}

/**
 * Opens a connection that comes back by itself.
 * @param kind `atOnce`: commands fail while Redis is away. `queued`: they wait for it.
 * @throws RedisAway when it can't be reached at first.
 */
export async function openRedis(url: string, kind: 'atOnce' | 'queued', log: RoomLog): Promise<Redis> {
  const client = connectionTo(url, kind);
  let said = false;
  client.on('error', (error: Error) => {
    if (said) return;
    said = true;
    log.warn({ error: error.message }, 'Redis is away');
  });
  client.on('ready', () => {
    if (said) log.info({}, 'Redis is back');
    said = false;
  });
  // A first connect that fails is tried again by itself: after a while that is a fault of the set-up.
  const connected = client.connect();
  connected.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer within 5 s')), 5_000);
  });
  try {
    await Promise.race([connected, patience]);
  } catch (error) {
    client.destroy();
    throw new RedisAway(error);
  } finally {
    clearTimeout(timer);
  }
  return client;
}

/** Ends a connection, whether it stands or not. */
export function closeRedis(client: Redis): void {
  if (client.isOpen) client.destroy();
}
