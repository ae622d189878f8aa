import { createServer } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { Server } from 'socket.io';
import { type WebSocket, WebSocketServer } from 'ws';

/**
 * The least that does the same, on two ports. Bare `ws`: a vote is opened, appended durably (WAL, synchronous=FULL), acknowledged, and
 * goes to the meeting's sockets as one string made once. Bare Socket.IO: who connects enters a room and is answered. No
 * rules, no rights, no hash chain, no session. Usage: baseline-server.ts DATABASE. Prints `listening WS SOCKETIO`; ends with its
 * parent's standard input.
 */
const path = process.argv[2];
if (path === undefined) throw new Error('usage: baseline-server.ts DATABASE');
const database = new DatabaseSync(path);
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
database.exec(
  'CREATE TABLE events (meeting INTEGER NOT NULL, seq INTEGER NOT NULL, data TEXT NOT NULL, PRIMARY KEY (meeting, seq)) STRICT',
);
const insert = database.prepare('INSERT INTO events VALUES (?, ?, ?)');

const meetings = new Map<number, { readonly sockets: Set<WebSocket>; seq: number }>();

function meetingOf(number: number) {
  const known = meetings.get(number);
  if (known) return known;
  const made = { sockets: new Set<WebSocket>(), seq: 0 };
  meetings.set(number, made);
  return made;
}

const wsHttp = createServer();
const ws = new WebSocketServer({ server: wsHttp, perMessageDeflate: false });
ws.on('connection', (socket) => {
  // The handshake of the same clients that speak to the product.
  socket.send('0{}');
  socket.on('message', (raw: Buffer) => {
    const text = raw.toString();
    if (text.startsWith('40')) return socket.send('40{}');
    const begin = text.indexOf('[');
    const [name, { meeting: number, data }] = JSON.parse(text.slice(begin)) as [
      string,
      { readonly meeting: number; readonly data: unknown },
    ];
    const meeting = meetingOf(number);
    if (name === 'join') meeting.sockets.add(socket);
    else {
      meeting.seq += 1;
      // One statement is one transaction: on the disk when it returns.
      insert.run(number, meeting.seq, JSON.stringify(data));
    }
    socket.send(`43${text.slice(2, begin)}[{"ok":true,"value":{"seq":${meeting.seq}}}]`);
    if (name === 'join') return;
    const event = `42${JSON.stringify(['events', { seq: meeting.seq, data }])}`;
    for (const each of meeting.sockets) each.send(event);
  });
});

const ioHttp = createServer();
const io = new Server(ioHttp, { transports: ['websocket'], serveClient: false });
io.on('connection', (socket) => {
  socket.on('join', ({ meeting }: { readonly meeting: number }, answer: (value: object) => void) => {
    socket.join(`meeting:${meeting}`);
    answer({ ok: true });
  });
});

async function listen(server: typeof wsHttp): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

process.stdout.write(`listening ${await listen(wsHttp)} ${await listen(ioHttp)}\n`);
process.stdin.resume();
process.stdin.on('end', () => {
  database.close();
  process.exit(0);
});
