import type { Line, NodeWords, WordLine } from '../cluster/words.ts';
import type { DoorServer } from './server.ts';

/** How long other servers may take over an answer, milliseconds. */
const answerWithin = 2_000;

/** Socket.IO's own line between servers. What is said while Redis is away is not said later. */
export function wordsOver(io: DoorServer, line: Pick<Line, 'isUp'>): WordLine {
  const say = io.serverSideEmit.bind(io) as (name: string, ...said: readonly unknown[]) => boolean;
  const ask = io.serverSideEmitWithAck.bind(io) as (
    name: string,
    ...said: readonly unknown[]
  ) => Promise<unknown>;
  return {
    say: (name, ...said) => {
      if (line.isUp()) say(name, ...said);
    },
    hear: <N extends keyof NodeWords>(name: N, listener: NodeWords[N]) => {
      io.on(name, listener as never);
    },
    ask: async (name, ...said) => {
      if (!line.isUp()) return null;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<null>((resolve) => {
        timer = setTimeout(() => resolve(null), answerWithin);
      });
      const answers = await Promise.race([ask(name, ...said).catch(() => null), late]);
      clearTimeout(timer);
      return answers as never;
    },
  };
}

/** Of a server that is alone. */
export const silence: WordLine = {
  say: () => undefined,
  hear: () => undefined,
  ask: async () => [],
};
