import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { WebSocketServer } from 'ws';

/**
 * The libraries alone: Socket.IO with a room for each meeting, which hears of every mark, or `ws` that sends back what it gets. No
 * session, no rights, no state. Usage: bare-server.ts socketio|ws. Prints `listening PORT`; ends with its parent's standard input.
 */
const http = createServer();
if (process.argv[2] === 'socketio') {
  const io = new Server(http, { transports: ['websocket'], serveClient: false });
  io.on('connection', (socket) => {
    socket.on('join', ({ meeting }: { readonly meeting: number }, answer: (value: object) => void) => {
      socket.join(`meeting:${meeting}`);
      answer({ ok: true });
    });
    socket.on('mark', (mark: { readonly meeting: number }, answer: (value: object) => void) => {
      answer({ ok: true });
      io.to(`meeting:${mark.meeting}`).emit('events', mark);
    });
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
