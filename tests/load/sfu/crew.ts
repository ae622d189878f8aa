import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { DtlsParameters } from 'mediasoup/types';
import { z } from 'zod';

const script = fileURLToPath(new URL('./receivers.ts', import.meta.url));
const counted = z.object({ open: z.number(), packets: z.number(), bytes: z.number() });

/** Receivers in a process of their own: {@link ./receivers.ts}. */
export interface Crew {
  /** @returns the DTLS parameters of a new receiver for this transport. */
  receive(transport: object & { readonly id: string }): Promise<DtlsParameters>;
  count(): Promise<z.infer<typeof counted>>;
  /** Resolves when so many are connected. */
  connected(receivers: number): Promise<void>;
  close(): Promise<void>;
}

export function startCrew(): Crew {
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = new Map<string, (answer: unknown) => void>();
  createInterface(child.stdout).on('line', (line) => {
    const answer: unknown = JSON.parse(line);
    const { id } = z.object({ id: z.string() }).parse(answer);
    waiting.get(id)?.(answer);
    waiting.delete(id);
  });
  let questions = 0;
  const ask = (id: string, question: object): Promise<unknown> => {
    const answered = new Promise<unknown>((resolve) => waiting.set(id, resolve));
    child.stdin.write(`${JSON.stringify({ id, ...question })}\n`);
    return answered;
  };
  const count = async () => {
    questions += 1;
    return counted.parse(await ask(`count ${questions}`, { count: true }));
  };
  return {
    receive: async (transport) => {
      const answer = z.object({ dtls: z.unknown() }).parse(await ask(transport.id, { transport }));
      // Made by the receivers' script out of their own fingerprint; mediasoup checks it.
      return answer.dtls as DtlsParameters;
    },
    count,
    connected: async (receivers) => {
      const deadline = performance.now() + 30_000;
      while ((await count()).open < receivers) {
        if (performance.now() > deadline) throw new Error(`fewer than ${receivers} receivers are connected`);
        await delay(50);
      }
    },
    close: async () => {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}
