import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInThisContext } from 'node:vm';
import { Server } from 'socket.io';
import { io as connect, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DoorSocket } from '../../server/src/realtime/server.ts';
import { slim } from '../../server/src/realtime/slim-lines.ts';

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

let io: Server;
let url: string;
const clients: Socket[] = [];

beforeEach(async () => {
  const server = createServer();
  io = new Server(server, { serveClient: false });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await io.close();
});

function line(transports: ('websocket' | 'polling')[]): Socket {
  const client = connect(url, { transports, forceNew: true, reconnection: false });
  clients.push(client);
  return client;
}

test.each([[['websocket']], [['polling']], [['polling', 'websocket']]] as const)(
  'over %j a slim line hears, answers, gets new listeners and loses them, and its end is noticed',
  async (transports) => {
    const heard: unknown[] = [];
    const ended = new Promise((resolve) => {
      io.on('connection', (socket) => {
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
    const client = line([...transports]);
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
    io.on('connection', (socket) => {
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
  line(['websocket']);
  const [before, after, same] = await seen;
  expect(before).toEqual([true, true, true, true]);
  expect(after).toEqual([false, false, false, false]);
  expect(same).toBe(true);
});
