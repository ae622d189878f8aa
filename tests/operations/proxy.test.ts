import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { type Caddy, caddyProgram, startCaddy } from './support/caddy.ts';

/** A node that says its name and what it was asked, and is ready or not. */
class FakeNode {
  ready = true;
  readonly #name: string;
  readonly #server: Server;
  port = 0;

  constructor(name: string) {
    this.#name = name;
    this.#server = createServer((request, response) => {
      if (request.url === '/readyz') return response.writeHead(this.ready ? 200 : 503).end();
      response.end(
        `${name} ${request.url} ${request.headers['x-forwarded-for'] === undefined ? 'direct' : 'forwarded'}`,
      );
    });
    new WebSocketServer({ server: this.#server }).on('connection', (socket, request) => {
      socket.send(`${this.#name} ${request.url}`);
    });
  }

  async open(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    this.port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

describe.skipIf(caddyProgram() === 'away')('docker/Caddyfile', () => {
  const nodes = [new FakeNode('a'), new FakeNode('b')];
  const [a, b] = nodes;
  let proxy: Caddy;

  const ask = async (path: string) => (await fetch(`${proxy.url}${path}`)).text();

  beforeAll(async () => {
    for (const node of nodes) await node.open();
    proxy = await startCaddy(`127.0.0.1:${a?.port}`, `127.0.0.1:${b?.port}`);
  });

  afterAll(async () => {
    await proxy?.close();
    for (const node of nodes) node.close();
  });

  test('OPS11 sends what is said to a node to that node, with its path and as forwarded', async () => {
    for (const name of ['a', 'b']) {
      expect(await ask(`/n/${name}/api/meetings?x=1`)).toBe(`${name} /n/${name}/api/meetings?x=1 forwarded`);
      const socket = new WebSocket(
        `${proxy.url.replace('http', 'ws')}/n/${name}/socket.io/?transport=websocket`,
      );
      const [said] = await once(socket, 'message');
      expect(String(said)).toBe(`${name} /n/${name}/socket.io/?transport=websocket`);
      socket.terminate();
    }
  });

  test('OPS11 sends all else to nodes that are ready, and to none that stops', async () => {
    if (!a) throw new Error('no node');
    a.ready = false;
    const answeredBy = async () =>
      new Set((await Promise.all(Array.from({ length: 8 }, () => ask('/')))).map((said) => said[0]));
    await expect.poll(answeredBy, { timeout: 20_000 }).toEqual(new Set(['b']));
    // Who has a meeting there reaches it all the same, to be told where it goes.
    expect(await ask('/n/a/')).toBe('a /n/a/ forwarded');
    a.ready = true;
    await expect.poll(answeredBy, { timeout: 20_000 }).toEqual(new Set(['a', 'b']));
  });
});
