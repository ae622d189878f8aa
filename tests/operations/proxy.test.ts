import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { becomesReady } from '../../scripts/operations/health.ts';
import { root } from '../../scripts/worker-path.mjs';
import { freePort } from '../support/product.ts';
import { ownFolder } from './support/folders.ts';

const there = spawnSync('caddy', ['version']).status === 0;
if (!there && process.env.CI === 'true') throw new Error('Caddy must be there on a machine made for tests');
if (!there) console.warn('Skipped: Caddy is not installed (on Debian: apt-get install caddy).');

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

describe.skipIf(!there)('docker/Caddyfile', () => {
  const nodes = [new FakeNode('a'), new FakeNode('b')];
  const [a, b] = nodes;
  let caddy: ChildProcess;
  let port: number;
  let healthPort: number;

  const ask = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).text();

  beforeAll(async () => {
    for (const node of nodes) await node.open();
    [port, healthPort] = [await freePort(), await freePort()];
    const config = join(root, 'docker', 'Caddyfile');
    caddy = spawn('caddy', ['run', '--adapter', 'caddyfile', '--config', config], {
      env: {
        PATH: process.env.PATH,
        HOME: ownFolder(),
        CADDY_ADMIN: `127.0.0.1:${await freePort()}`,
        SITE: `http://127.0.0.1:${port}`,
        NODE_A: `127.0.0.1:${a?.port}`,
        NODE_B: `127.0.0.1:${b?.port}`,
        HEALTH_PORT: String(healthPort),
      },
      stdio: 'ignore',
    });
    expect(await becomesReady(`http://127.0.0.1:${healthPort}/healthz`, 20_000)).toBe(true);
  });

  afterAll(async () => {
    if (caddy) {
      const ended = once(caddy, 'exit');
      caddy.kill('SIGKILL');
      await ended;
    }
    for (const node of nodes) node.close();
  });

  test('OPS11 sends what is said to a node to that node, with its path and as forwarded', async () => {
    for (const name of ['a', 'b']) {
      expect(await ask(`/n/${name}/api/meetings?x=1`)).toBe(`${name} /n/${name}/api/meetings?x=1 forwarded`);
      const socket = new WebSocket(`ws://127.0.0.1:${port}/n/${name}/socket.io/?transport=websocket`);
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
