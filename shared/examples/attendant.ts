import { randomUUID } from 'node:crypto';
import { commandId } from '@diemcau/shared/protocol/commands.ts';
import { routes } from '@diemcau/shared/protocol/http.ts';
import type { ClientToServer, ServerToClient } from '@diemcau/shared/protocol/socket.ts';
import { protocolVersion } from '@diemcau/shared/protocol/version.ts';
import { io, type Socket } from 'socket.io-client';

// A whole client: signs in, enters the meeting that is on, tells what happens there, and asks to speak.
const [url = 'http://127.0.0.1:3000', name, password] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);
const newId = () => commandId.parse(randomUUID());

const headers = { 'content-type': 'application/json' };
const login = await fetch(`${url}/api/login`, {
  method: 'POST',
  headers,
  body: JSON.stringify({ name, password }),
});
const { accessToken: token } = routes.login.answer.parse(await login.json());
const home = await fetch(`${url}/api/home`, { headers: { authorization: `Bearer ${token}` } });
const [meeting] = routes.home.answer.parse(await home.json()).now;
if (!meeting) throw new Error('no meeting is on');
const meetingId = meeting.id;

const auth = { token, protocol: protocolVersion, language: 'vi' };
const socket: Socket<ServerToClient, ClientToServer> = io(url, { auth, transports: ['websocket'] });
let seen = 0;
const take: ServerToClient['events'] = async ({ events }) => {
  if ((events[0]?.seq ?? 0) > seen + 1) {
    const missed = await socket.emitWithAck('catchUp', { meetingId, after: seen });
    if (missed.ok && missed.value.kind === 'events') return take({ meetingId, events: missed.value.events });
    if (missed.ok && missed.value.kind === 'snapshot') seen = missed.value.head.seq;
  }
  for (const { seq, type, data } of events.filter((event) => event.seq > seen)) {
    say(`${seq} ${type} ${data ? JSON.stringify(data) : '(not for us)'}`);
    seen = seq;
  }
};
socket.on('events', take);
// Made chair or clerk, or one no more: what may be read is another, so the whole state comes anew.
socket.on('snapshot', ({ head }) => {
  seen = head.seq;
});
socket.on('ended', ({ message }) => say(message));
socket.on('connect', async () => {
  const checkIn = { id: newId(), command: { type: 'checkIn', place: { mode: 'remote' } } } as const;
  const joined = await socket.emitWithAck('join', { meetingId, checkIn, media: 'unwanted' });
  if (!joined.ok) return say(joined.message);
  seen = Math.max(seen, joined.value.head.seq);
  say(`joined as ${joined.value.as.name} at ${seen}`);
  const wish = { meetingId, id: newId(), command: { type: 'askToSpeak', kind: 'speech' } } as const;
  const asked = await socket.emitWithAck('command', wish);
  say(asked.ok ? `receipt ${asked.value.seq} ${asked.value.hash}` : `${asked.code}: ${asked.message}`);
});
