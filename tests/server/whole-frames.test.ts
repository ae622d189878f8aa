import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openInOnePiece, sendWholeFrames } from '../../server/src/realtime/whole-frames.ts';
import { type Lines, openLines } from './support/lines.ts';

/** Where `ws` hands the parts of a frame to the line. */
interface Line {
  readonly transport: { readonly socket: { readonly _sender: { sendFrame(parts: Buffer[]): void } } };
}

const sizes = [0, 1, 100, 125, 126, 2_000, 65_535, 65_536, 120_000];
const words = Array.from({ length: 90 }, (_, at) => `${at} ${'đ'.repeat(sizes[at % sizes.length] ?? 0)}`);

describe('what goes to many lines alike', () => {
  let door: Lines;

  beforeEach(async () => {
    door = await openLines({ pingInterval: 40, pingTimeout: 2_000 });
    sendWholeFrames(door.io.engine);
  });

  afterEach(() => door.close());

  async function line(transports: readonly ('websocket' | 'polling')[]): Promise<Socket> {
    const client = door.line(transports);
    await once(client as never, 'connect');
    return client;
  }

  test('arrives whole and in order on all of them, whatever each line is', async () => {
    const lines = await Promise.all(
      ([['websocket'], ['websocket'], ['polling'], ['polling', 'websocket']] as const).map((transports) =>
        line(transports),
      ),
    );
    const heard = lines.map((client) => {
      const all: string[] = [];
      client.on('word', (text: string) => all.push(text));
      return all;
    });
    // To all, and to each alone: what is said to one only is no other's.
    for (const [at, text] of words.entries()) {
      if (at % 2 === 0) door.io.emit('word', text);
      else for (const { id = '' } of lines) door.io.sockets.sockets.get(id)?.emit('word', text);
    }
    await expect
      .poll(() => heard.map(({ length }) => length), { timeout: 20_000 })
      .toEqual(lines.map(() => 90));
    for (const all of heard) expect(all).toEqual(words);
  });

  test('is handed to each line in one piece, pings as well, and the line lives on', async () => {
    const client = await line(['websocket']);
    const [kept] = Object.values((door.io.engine as unknown as { clients: Record<string, Line> }).clients);
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
    for (const text of words.slice(0, 9)) door.io.emit('word', text);
    const own = door.io.sockets.sockets.get(client.id ?? '');
    for (const text of words.slice(0, 9)) own?.emit('word', text);
    await expect.poll(() => pings, { timeout: 10_000 }).toBeGreaterThan(4);
    expect(pieces.length).toBeGreaterThan(18);
    expect(new Set(pieces)).toEqual(new Set([1]));
    expect(client.connected).toBe(true);
  });

  test('a line is answered and opened in one piece, and one that is not let in is answered as before', async () => {
    openInOnePiece(door.io.engine);
    const opened = await firstPiece(door.port);
    expect(opened).toContain('101 Switching Protocols');
    expect(opened).toMatch(/0\{"sid":/);
    door.io.engine.opts.allowRequest = (_request, admit) => admit('full', false);
    expect(await firstPiece(door.port)).toMatch(/^HTTP\/1\.1 400 .*full$/s);
  });
});

/** @returns the first that a server says to who wants to open a line. */
async function firstPiece(port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n',
  );
  const [piece] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return piece.toString();
}
