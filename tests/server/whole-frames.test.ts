import { once } from 'node:events';
import type { Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sendWholeFrames } from '../../server/src/realtime/whole-frames.ts';
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
    for (const text of words) door.io.emit('word', text);
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
    await expect.poll(() => pings, { timeout: 10_000 }).toBeGreaterThan(4);
    expect(pieces.length).toBeGreaterThan(9);
    expect(new Set(pieces)).toEqual(new Set([1]));
    expect(client.connected).toBe(true);
  });
});
