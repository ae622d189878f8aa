import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type Server as HttpServer } from 'node:http';
import { join } from 'node:path';
import type { EventType } from '@diemcau/shared/domain/events.ts';
import { redact } from '@diemcau/shared/domain/redact.ts';
import { asId, type CellId, type OrganizationId, type PersonId } from '@diemcau/shared/ids.ts';
import { Server } from 'socket.io';
import { createAuth } from '../../../server/src/auth/auth.ts';
import { createAlarmAcknowledgements } from '../../../server/src/directory/alarm-acknowledgements.ts';
import { createCell } from '../../../server/src/directory/cells.ts';
import { createMeetingIndex } from '../../../server/src/directory/meeting-index.ts';
import { createOrganization } from '../../../server/src/directory/organizations.ts';
import { addPerson } from '../../../server/src/directory/people.ts';
import { assignSuperior } from '../../../server/src/directory/rights.ts';
import { openDirectoryDatabase } from '../../../server/src/directory/sqlite.ts';
import { SqliteEventLog } from '../../../server/src/meeting/log/sqlite-event-log.ts';
import { MeetingRegistry } from '../../../server/src/meeting/registry.ts';
import type { MeetingRoom, Publication } from '../../../server/src/meeting/room.ts';
import { Metrics } from '../../../server/src/metrics/metrics.ts';
import { createDoor } from '../../../server/src/realtime/door.ts';
import { superiorsIn } from '../../../server/src/realtime/superiors.ts';
import { liveOn, openMeeting } from './evening.ts';
import { type Happening, type Measured, type Order, plan, type Word } from './plan.ts';

/**
 * The server of the benchmark in a process of its own, so that its processor time can be told: the product's rooms, log,
 * directory and door, with the meetings' life given to the rooms directly; beside it, on another port, who gets the whole
 * state of a meeting at each change, encoded once for all who watch it. Usage: host.ts FOLDER, with a channel to its parent.
 */
const folder = process.argv[2];
if (folder === undefined || !process.send) throw new Error('usage: host.ts FOLDER, with a channel');
const tell = (word: Word) => process.send?.(word);
const fail = (error: unknown) => {
  console.error(error);
  process.exit(1);
};
const log = {
  info: () => {},
  warn: () => {},
  error: (fields: object, message: string) => console.error(message, fields),
};
const source = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  newId: () => randomUUID(),
  newSalt: () => randomBytes(16).toString('hex'),
};

const db = await openDirectoryDatabase(folder);
const registry = new MeetingRegistry({
  log: new SqliteEventLog(join(folder, 'events.sqlite')),
  index: createMeetingIndex(db),
  source,
  roomLog: log,
});
await registry.start();
const organization = asId<OrganizationId>('dang-bo');
await createOrganization(
  db,
  { parentId: null, kind: 'commune', name: 'Đảng bộ xã', committeeName: 'Đảng ủy xã' },
  organization,
);
const auth = createAuth({ db, jwtSecret: 'x'.repeat(48), now: source.now });
const door = createDoor({
  registry,
  sessions: auth.sessions,
  superiors: superiorsIn(db),
  acknowledgements: createAlarmAcknowledgements(db),
  proofs: auth,
  media: null,
  wallMedia: null,
  source,
  log,
  meter: new Metrics(),
});
const rooms: MeetingRoom[] = [];
for (let begun = 0; begun < plan.meetings; begun += 50) {
  const opening = Array.from({ length: Math.min(50, plan.meetings - begun) }, async (_, offset) => {
    const index = begun + offset;
    const cellId = asId<CellId>(`chi-bo-${index}`);
    const name = `Chi bộ thôn ${index + 1}`;
    await createCell(db, { organizationId: organization, name, type: 'rural' }, cellId);
    return openMeeting(registry, index, cellId);
  });
  rooms.push(...(await Promise.all(opening)));
}
const tokens: string[] = [];
for (let index = 0; index < plan.superiors; index += 1) {
  const person = asId<PersonId>(`cap-tren-${index}`);
  await addPerson(db, { name: `Cấp Trên ${index}`, birthYear: null, phone: null, title: 'Ủy viên' }, person);
  await assignSuperior(db, person, { organizationId: organization });
  tokens.push((await auth.sessions.begin({ kind: 'person', personId: person })).accessToken);
}

async function listen(server: HttpServer): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}
const productServer = createServer();
door.attach(productServer);
const baselineServer = createServer();
const baseline = new Server(baselineServer, { transports: ['websocket'], serveClient: false });
baseline.on('connection', (socket) => {
  socket.on('follow', (meetings: readonly string[]) => socket.join([...meetings]));
});

/** What changes a figure on a tile. */
const visible: ReadonlySet<EventType> = new Set([
  'attendanceChanged',
  'floorRequested',
  'floorGranted',
  'speechEnded',
  'agendaMoved',
  'voteOpened',
  'voteMarked',
  'voteClosed',
  'resultAnnounced',
]);
const nobody = { person: null, site: null, officer: false } as const;
let happenings: Happening[] = [];
let events = 0;
registry.onPublication((publication: Publication) => {
  const { meetingId } = publication.room;
  const at = performance.timeOrigin + performance.now();
  events += publication.events.length;
  for (const { seq, type } of publication.events)
    if (visible.has(type)) happenings.push([meetingId, seq, at]);
  if (baseline.of('/').adapter.rooms.has(meetingId)) {
    baseline.to(meetingId).emit('state', { meetingId, state: redact(publication.after, nobody) });
  }
});

async function measure(seconds: number): Promise<Measured> {
  happenings = [];
  events = 0;
  const [before, began] = [process.cpuUsage(), performance.now()];
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  const { user, system } = process.cpuUsage(before);
  return { happenings, cpu: (user + system) / 1_000, wall: performance.now() - began, events };
}

const stopLife = liveOn(rooms, fail);
process.on('message', (order: Order) => {
  if (order.order === 'measure') {
    measure(order.seconds).then((measured) => tell({ word: 'measured', measured }), fail);
    return;
  }
  stopLife();
  baseline.close();
  Promise.all([door.close(), registry.close()])
    .then(() => db.destroy())
    .then(() => process.exit(0), fail);
});
tell({
  word: 'ready',
  ready: {
    productUrl: await listen(productServer),
    baselineUrl: await listen(baselineServer),
    tokens,
    meetings: rooms.map(({ meetingId }) => meetingId),
  },
});
