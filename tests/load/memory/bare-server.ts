import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { WebSocketServer } from 'ws';

/**
 * What the libraries alone hold for a connection: Socket.IO with a room of sixteen for each, or `ws` with nothing. No
 * session, no rights, no state. Usage: bare-server.ts socketio|ws. Prints `listening PORT`; ends with its parent's standard input.
 */
const http = createServer();
if (process.argv[2] === 'socketio') {
  const io = new Server(http, { transports: ['websocket'], serveClient: false });
  let connections = 0;
  io.on('connection', (socket) => {
    socket.join(`meeting:${Math.floor(connections++ / 16)}`);
    socket.on('mark', (_mark: unknown, answer: () => void) => answer());
  });
} else {
  const server = new WebSocketServer({ server: http, perMessageDeflate: false });
  server.on('connection', (socket) => {
    socket.on('message', (data) => socket.send(data));
    // The handshake's words of the same clients, so that they take the line for one that stands.
    socket.send('0{}');
    socket.send('40{}');
  });
}
http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  if (typeof address === 'object' && address) process.stdout.write(`listening ${address.port}\n`);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
