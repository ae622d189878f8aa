import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, test } from 'vitest';
import { watchLines } from '../../server/src/realtime/heartbeat.ts';

/** A socket's timer as Linux tells it: its kind, and hundredths of a second until it goes off. */
async function timerOf(ownPort: number, otherPort: number) {
  const port = (text: string | undefined) => Number.parseInt(text?.split(':')[1] ?? '', 16);
  for (const line of (await readFile('/proc/net/tcp', 'utf8')).split('\n')) {
    const [, own, other, , , timer] = line.trim().split(/\s+/);
    const [kind, left] = timer?.split(':') ?? [];
    if (port(own) === ownPort && port(other) === otherPort)
      return { kind, left: Number.parseInt(left ?? '', 16) };
  }
  return null;
}

test.skipIf(process.platform !== 'linux')(
  'ATT2 the system watches each line, and asks after eight seconds of silence (told by Linux alone)',
  async () => {
    const server = createServer();
    watchLines(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const client = connect(port, '127.0.0.1');
    try {
      await Promise.all([once(client, 'connect'), once(server, 'connection')]);
      const timer = await timerOf(port, client.localPort ?? 0);
      expect(timer?.kind).toBe('02');
      expect(timer?.left).toBeGreaterThan(0);
      expect(timer?.left).toBeLessThanOrEqual(800);
    } finally {
      client.destroy();
      server.close();
    }
  },
);
