import { setFlagsFromString } from 'node:v8';
import { runInThisContext } from 'node:vm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DoorSocket } from '../../server/src/realtime/server.ts';
import { slim } from '../../server/src/realtime/slim-lines.ts';
import { type Lines, openLines } from './support/lines.ts';

// Stays: a function is compiled when it is first called.
setFlagsFromString('--allow-natives-syntax');
const isDictionary = runInThisContext('(object) => !%HasFastProperties(object)') as (
  object: object,
) => boolean;

interface Emitter {
  readonly _events: object;
}
interface Parts extends Emitter {
  readonly conn: Emitter & { readonly transport: Emitter & { readonly socket: Emitter } };
}

const emittersOf = (socket: unknown): readonly Emitter[] => {
  const { conn } = socket as Parts;
  return [socket as Parts, conn, conn.transport, conn.transport.socket];
};

let lines: Lines;

beforeEach(async () => {
  lines = await openLines();
});

afterEach(() => lines.close());

test.each([[['websocket']], [['polling']], [['polling', 'websocket']]] as const)(
  'over %j a slim line hears, answers, gets new listeners and loses them, and its end is noticed',
  async (transports) => {
    const heard: unknown[] = [];
    const ended = new Promise((resolve) => {
      lines.io.on('connection', (socket) => {
        socket.onAny((name: string) => heard.push(name));
        socket.on('say', (answer: (words: string) => void) => answer('said'));
        socket.on('disconnect', resolve);
        slim(socket as unknown as DoorSocket);
        const later = (answer: (words: string) => void) => {
          socket.off('later', later);
          answer('once');
        };
        socket.on('later', later);
      });
    });
    const client = lines.line(transports);
    for (let again = 0; again < 3; again += 1)
      expect(await client.timeout(5_000).emitWithAck('say')).toBe('said');
    expect(await client.timeout(5_000).emitWithAck('later')).toBe('once');
    await expect(client.timeout(200).emitWithAck('later')).rejects.toThrow();
    expect(heard).toEqual(['say', 'say', 'say', 'later', 'later']);
    client.close();
    expect(await ended).toBe('client namespace disconnect');
  },
);

test('the listeners of its emitters are dictionaries before and not after, and the same ones', async () => {
  const seen = new Promise<readonly [boolean[], boolean[], boolean]>((resolve) => {
    lines.io.on('connection', (socket) => {
      socket.on('say', () => undefined);
      const emitters = emittersOf(socket);
      const kinds = () => emitters.map(({ _events }) => isDictionary(_events));
      const names = () => emitters.map(({ _events }) => Object.entries(_events));
      const [before, listenersBefore] = [kinds(), names()];
      slim(socket as unknown as DoorSocket);
      const same = names().every((entries, at) =>
        entries.every(([name, listener], place) => {
          const [nameBefore, listenerBefore] = listenersBefore[at]?.[place] ?? [];
          return name === nameBefore && listener === listenerBefore;
        }),
      );
      resolve([before, kinds(), same]);
    });
  });
  lines.line(['websocket']);
  const [before, after, same] = await seen;
  expect(before).toEqual([true, true, true, true]);
  expect(after).toEqual([false, false, false, false]);
  expect(same).toBe(true);
});
