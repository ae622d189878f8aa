import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { forgetTraffic } from '../../server/src/realtime/forget-traffic.ts';
import { type Lines, openLines } from './support/lines.ts';

/** What Engine.IO and `ws` keep of a line between two messages. */
interface Kept {
  readonly writeBuffer: unknown[];
  readonly transport: { readonly socket: { readonly _receiver: { readonly _fragments: unknown[] } } };
}

const sizes = [0, 1, 100, 125, 126, 2_000, 65_535, 65_536, 120_000];
const words = Array.from(
  { length: 300 },
  (_, index) => `${index} ${'đ'.repeat(sizes[index % sizes.length] ?? 0)}`,
);

describe('what a line keeps between two messages', () => {
  let lines: Lines;

  beforeEach(async () => {
    lines = await openLines({ maxHttpBufferSize: 1e6 });
    forgetTraffic(lines.io.engine);
    lines.io.on('connection', (socket) => {
      socket.on('say', (text: string, answer: (text: string) => void) => answer(text));
      socket.on('binary', (bytes: Buffer, answer: (bytes: Buffer) => void) => answer(bytes));
    });
  });

  afterEach(() => lines.close());

  test.each([[['websocket']], [['polling']], [['polling', 'websocket']]] as const)(
    'over %j all arrives whole, in both directions',
    async (transports) => {
      const client = lines.line(transports);
      const answers = await Promise.all(words.map((text) => client.timeout(20_000).emitWithAck('say', text)));
      expect(answers).toEqual(words);
      const bytes = Buffer.from([0, 1, 2, 255]);
      expect(Buffer.from(await client.timeout(20_000).emitWithAck('binary', bytes))).toEqual(bytes);
    },
  );

  test('it is one empty array in each direction, the same for as long as the line stands', async () => {
    const client = lines.line(['websocket']);
    await client.timeout(5_000).emitWithAck('say', 'first');
    const [kept] = Object.values((lines.io.engine as unknown as { clients: Record<string, Kept> }).clients);
    if (!kept) throw new Error('nobody is connected');
    const arrays = () => [kept.writeBuffer, kept.transport.socket._receiver._fragments];
    const before = arrays();
    for (const text of words.slice(0, 20)) await client.timeout(5_000).emitWithAck('say', text);
    expect(arrays()).toEqual([[], []]);
    expect(arrays().every((array, at) => array === before[at])).toBe(true);
  });
});
