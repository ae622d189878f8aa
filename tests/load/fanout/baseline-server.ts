import { DatabaseSync } from 'node:sqlite';
import { type WebSocket, WebSocketServer } from 'ws';

/**
 * The least that does the same: a mark arrives on a bare WebSocket, is appended durably (WAL, synchronous=FULL), is
 * acknowledged, and goes to every socket as one string made once. No rules, no rights, no hash chain, no rooms.
 * Prints `listening PORT`; ends with its parent's standard input.
 */
const path = process.argv[2];
if (path === undefined) throw new Error('usage: baseline-server.ts DATABASE');
const database = new DatabaseSync(path);
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
database.exec('CREATE TABLE heads (meeting TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT');
database.exec(
  'CREATE TABLE events (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, data TEXT NOT NULL) STRICT',
);
database.exec("INSERT INTO heads VALUES ('m', 0)");
const advance = database.prepare("UPDATE heads SET seq = ? WHERE meeting = 'm' AND seq = ?");
const insert = database.prepare('INSERT INTO events VALUES (?, ?, ?)');
let seq = 0;

function append(data: string): void {
  database.exec('BEGIN IMMEDIATE');
  advance.run(seq + 1, seq);
  insert.run(seq + 1, Date.now(), data);
  database.exec('COMMIT');
  seq += 1;
}

const sockets = new Set<WebSocket>();
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('connection', (socket) => {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
  socket.on('message', (raw) => {
    const mark = JSON.parse(raw.toString()) as { id: number; person: number; choice: string };
    append(JSON.stringify(mark));
    socket.send(JSON.stringify({ type: 'recorded', id: mark.id, seq }));
    const event = JSON.stringify({ type: 'voteMarked', id: mark.id, person: mark.person, seq });
    for (const each of sockets) each.send(event);
  });
});
server.on('listening', () => {
  const address = server.address();
  if (typeof address === 'object' && address) process.stdout.write(`listening ${address.port}\n`);
});
process.stdin.resume();
process.stdin.on('end', () => {
  server.close();
  database.close();
  process.exit(0);
});
