import type { MeetingSummary } from '@diemcau/shared/domain/summary-types.ts';
import type { CellId, MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import type { GuessOutcome } from '../auth/guesses.ts';
import type { RoomLog } from '../meeting/ports.ts';
import type { SuperiorActor } from '../realtime/wall-view.ts';
import { keys } from './keys.ts';
import { openRedis, type Redis } from './redis.ts';

/** What nodes tell each other. A meeting's own events are never among it. */
export interface NodeWords {
  /** A meeting has been handed over to this owner, who loads it now. */
  take: (meetingId: MeetingId, owner: string) => void;
  /** Rights over cells have changed: whose, or null for anybody's. */
  rights: (person: PersonId | null) => void;
  sessionEnded: (sid: string) => void;
  /** What has come of a guess at a password, a PIN or a code. */
  guess: (outcome: GuessOutcome) => void;
  /** Cells whose meetings the walls of a node follow: all of them, in place of what was said before. */
  watching: (from: string, cells: readonly CellId[]) => void;
  /** A node that has come, or has missed words, asks what is watched. */
  watchAnew: () => void;
  /** Summaries of meetings that somebody watches elsewhere. */
  summaries: (summaries: readonly MeetingSummary[]) => void;
  /** What a superior's screens at a node show of others' meetings; answered when the cells have been told (SUP7). */
  shown: (
    from: string,
    actor: SuperiorActor,
    meetings: readonly MeetingId[],
    done: (answer: 'told' | 'failed') => void,
  ) => void;
  /** The superior has another meeting in focus now, at another node (SUP8). */
  focused: (person: PersonId) => void;
}

type Asked<A extends readonly unknown[]> = A extends readonly [...infer Said, (answer: infer R) => void]
  ? { readonly said: Said; readonly answer: R }
  : never;

/** Says and hears on the line between the nodes; of a server that is alone nothing is said. */
export interface WordLine {
  say<N extends keyof NodeWords>(name: N, ...said: Parameters<NodeWords[N]>): void;
  hear<N extends keyof NodeWords>(name: N, listener: NodeWords[N]): void;
  /** @returns the answer of every other node; null where one of them gave none in time, or the line is down. */
  ask<N extends 'shown'>(
    name: N,
    ...said: Asked<Parameters<NodeWords[N]>>['said']
  ): Promise<readonly Asked<Parameters<NodeWords[N]>>['answer'][] | null>;
}

/** Socket.IO's line between servers. */
export interface Line {
  readonly adapter: ReturnType<typeof createAdapter>;
  /** While Redis is away nothing is said: what was missed is made up for by looking again. */
  readonly isUp: () => boolean;
  close(): void;
}

/** Words that Redis keeps: more than nodes say in a minute, and what a node misses beyond them it makes up for by looking again. */
const kept = 1_000;

/** Opens the line over Redis. @throws RedisAway */
export async function openLine(redisUrl: string, log: RoomLog): Promise<Line> {
  const redis: Redis = await openRedis(redisUrl, 'queued', log);
  return {
    adapter: createAdapter(redis, { streamName: keys.words, channelPrefix: keys.words, maxLen: kept }),
    isUp: () => redis.isReady,
    close: () => redis.destroy(),
  };
}
