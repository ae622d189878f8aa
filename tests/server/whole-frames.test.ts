import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io as connect, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sendWholeFrames } from '../../server/src/realtime/whole-frames.ts';

/** Where `ws` hands the parts of a frame to the line. */
interface Line {
  readonly transport: { readonly socket: { readonly _sender: { sendFrame(parts: Buffer[]): void } } };
}

const sizes = [0, 1, 100, 125, 126, 2_000, 65_535, 65_536, 120_000];
const words = Array.from({ length: 90 }, (_, at) => `${at} ${'đ'.repeat(sizes[at % sizes.length] ?? 0)}`);

describe('what goes to many lines alike', () => {
  let io: Server;
  let url: string;
  const clients: Socket[] = [];

  beforeEach(async () => {
    const server = createServer();
    io = new Server(server, { serveClient: false, pingInterval: 40, pingTimeout: 2_000 });
    sendWholeFrames(io.engine);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await io.close();
  });

  async function line(transports: ('websocket' | 'polling')[]): Promise<Socket> {
    const client = connect(url, { transports, forceNew: true, reconnection: false });
    clients.push(client);
    await once(client as never, 'connect');
    return client;
  }

  test('arrives whole and in order on all of them, whatever each line is', async () => {
    const lines = await Promise.all(
      ([['websocket'], ['websocket'], ['polling'], ['polling', 'websocket']] as const).map((transports) =>
        line([...transports]),
      ),
    );
    const heard = lines.map((client) => {
      const all: string[] = [];
      client.on('word', (text: string) => all.push(text));
      return all;
    });
    for (const text of words) io.emit('word', text);
    await expect
      .poll(() => heard.map(({ length }) => length), { timeout: 20_000 })
      .toEqual(lines.map(() => 90));
    for (const all of heard) expect(all).toEqual(words);
  });

  test('is handed to each line in one piece, pings as well, and the line lives on', async () => {
    const client = await line(['websocket']);
    const [kept] = Object.values((io.engine as unknown as { clients: Record<string, Line> }).clients);
    if (!kept) throw new Error('nobody is connected');
    const { _sender: sender } = kept.transport.socket;
    const send = sender.sendFrame.bind(sender);
    const pieces: number[] = [];
    sender.sendFrame = (...given: [Buffer[]]) => {
      pieces.push(given[0].length);
      send(...given);
    };
    let pings = 0;
    client.io.on('ping', () => {
      pings += 1;
    });
    for (const text of words.slice(0, 9)) io.emit('word', text);
    await expect.poll(() => pings, { timeout: 10_000 }).toBeGreaterThan(4);
    expect(pieces.length).toBeGreaterThan(9);
    expect(new Set(pieces)).toEqual(new Set([1]));
    expect(client.connected).toBe(true);
  });
});
