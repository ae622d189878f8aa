import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Server } from 'socket.io';
import { io as connect } from 'socket.io-client';
import { expect, test } from 'vitest';
import { forgetHandshake, forgetResponse } from '../../server/src/realtime/forget-handshake.ts';
import type { DoorSocket } from '../../server/src/realtime/server.ts';
import { collect } from '../support/garbage.ts';

test('a connection holds neither the request nor the response of its handshake, and its end is noticed as before', async () => {
  const server = createServer();
  const io = new Server(server, { serveClient: false, transports: ['websocket'] });
  io.engine.use(forgetResponse);
  const held: { request?: WeakRef<IncomingMessage>; response?: WeakRef<object> } = {};
  io.engine.use((request: IncomingMessage, response: object, next: () => void) => {
    held.request = new WeakRef(request);
    held.response = new WeakRef(response);
    next();
  });
  const ended = new Promise((resolve) => {
    io.on('connection', (socket) => {
      forgetHandshake(socket as DoorSocket);
      socket.on('say', (answer: (words: string) => void) => answer('said'));
      socket.on('disconnect', resolve);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = connect(`http://127.0.0.1:${port}`, { transports: ['websocket'], forceNew: true });
  try {
    expect(await client.timeout(5_000).emitWithAck('say')).toBe('said');
    expect(held.request).toBeDefined();
    const deadline = Date.now() + 10_000;
    while (held.request?.deref() ?? held.response?.deref()) {
      if (Date.now() > deadline) throw new Error('still held');
      await wait(50);
      collect();
    }
    expect(await client.timeout(5_000).emitWithAck('say')).toBe('said');
    client.close();
    await ended;
  } finally {
    client.close();
    await io.close();
  }
});
