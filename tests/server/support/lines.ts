import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type ServerOptions } from 'socket.io';
import { io as connect, type Socket } from 'socket.io-client';

/** A bare Socket.IO server on loopback, and lines to it. */
export interface Lines {
  readonly io: Server;
  readonly port: number;
  /** A new line over these transports; it doesn't come back by itself. */
  line(transports: readonly ('websocket' | 'polling')[]): Socket;
  close(): Promise<void>;
}

export async function openLines(options: Partial<ServerOptions> = {}): Promise<Lines> {
  const server = createServer();
  const io = new Server(server, { serveClient: false, ...options });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const clients: Socket[] = [];
  return {
    io,
    port,
    line: (transports) => {
      const client = connect(url, { transports: [...transports], forceNew: true, reconnection: false });
      clients.push(client);
      return client;
    },
    close: async () => {
      for (const client of clients) client.close();
      await io.close();
    },
  };
}
