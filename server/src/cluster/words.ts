import type { MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import type { RoomLog } from '../meeting/ports.ts';
import { openRedis, type Redis } from './redis.ts';
import { keys } from './scripts.ts';

/** What nodes tell each other. A meeting's own events are never among it. */
export interface NodeWords {
  /** A meeting has been handed over to this owner, who loads it now. */
  take: (meetingId: MeetingId, owner: string) => void;
  /** Rights over cells have changed: whose, or null for anybody's. */
  rights: (person: PersonId | null) => void;
  sessionEnded: (sid: string) => void;
}

/** Says and hears on the line between the nodes; of a server that is alone nothing is said. */
export interface WordLine {
  say<N extends keyof NodeWords>(name: N, ...said: Parameters<NodeWords[N]>): void;
  hear<N extends keyof NodeWords>(name: N, listener: NodeWords[N]): void;
}

/** Socket.IO's line between servers. */
export interface Line {
  readonly adapter: ReturnType<typeof createAdapter>;
  /** While Redis is away nothing is said: what was missed is made up for by looking again. */
  readonly isUp: () => boolean;
  close(): void;
}

/** Opens the line over Redis. @throws RedisAway */
export async function openLine(redisUrl: string, log: RoomLog): Promise<Line> {
  const redis: Redis = await openRedis(redisUrl, 'queued', log);
  return {
    adapter: createAdapter(redis, { streamName: keys.words, channelPrefix: keys.words }),
    isUp: () => redis.isReady,
    close: () => redis.destroy(),
  };
}
