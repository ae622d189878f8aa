import { afterAll, beforeAll, expect, test } from 'vitest';
import { summonDemoMeetings } from '../../server/src/demo/meetings.ts';
import { rememberOversight } from '../../server/src/demo/oversight.ts';
import { createProvince } from '../../server/src/demo/province.ts';
import type { EventLog } from '../../server/src/meeting/log/event-log.ts';
import { checkLink, emptyTail } from '../../server/src/meeting/records.ts';
import { openTestDoor, type TestDoor } from './support/http-app.ts';
import { granted } from './support/oversight.ts';
import { silent } from './support/rooms.ts';
import { eventLogOf } from './support/storage.ts';

let door: TestDoor;
let log: EventLog;

beforeAll(async () => {
  door = await openTestDoor();
  log = await eventLogOf(door.dataDir);
  await log.open();
  await createProvince(door.db, door.clock.at);
  await summonDemoMeetings({ db: door.db, index: door.index, meetings: door.meetings, now: door.clock.now });
  await remember();
});
afterAll(async () => {
  await log.close();
  await door.close();
});

const remember = () =>
  rememberOversight({ db: door.db, index: door.index, log, roomLog: silent, now: door.clock.now });

async function superior() {
  const row = await door.db
    .selectFrom('people')
    .where('title', '=', 'Phó Bí thư Đảng ủy xã Hòa Sơn')
    .select('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

test('the demonstration’s superior has visits that were paid, overdue, planned and missing, and notes of an evening', async () => {
  const token = await door.tokenOf(await superior());
  const { cells } = granted(await door.ask('visits', { token, query: {} }));
  const states = new Set(cells.map(({ state }) => state));
  // What the last days of a quarter leave of it depends on the day.
  expect(states).toContain('nothingPlanned');
  expect(cells.flatMap(({ visits }) => visits)).toMatchObject([{ how: 'onSite' }]);
  const { observations } = granted(await door.ask('observationBoard', { token, query: {} }));
  expect(observations.map(({ sentAt }) => (sentAt === null ? 'private' : 'sent'))).toEqual([
    'sent',
    'sent',
    'private',
  ]);
  expect(observations.every(({ moment }) => moment.item !== null)).toBe(true);
});

test('its past meeting was held by commands: sealed, with minutes adopted and a chain that holds', async () => {
  const row = await door.db
    .selectFrom('meetings')
    .where('phase', '=', 'sealed')
    .select('id')
    .executeTakeFirstOrThrow();
  const room = await door.registry.room(row.id);
  expect(room?.state).toMatchObject({ phase: 'sealed', minutesAdopted: true });
  expect(Object.values(room?.state.onSiteSuperiors ?? {})).toHaveLength(1);
  let tail = emptyTail;
  for (const record of await log.read(row.id, 0, 10_000)) {
    checkLink(tail, record);
    tail = record;
  }
  expect(tail.seq).toBe(room?.head.seq);
  expect(tail.at).toBeLessThan(door.clock.at);
});

test('a second start changes nothing', async () => {
  const count = () =>
    Promise.all(
      (['meetings', 'visits', 'visitPlans', 'observations'] as const).map((table) =>
        door.db
          .selectFrom(table)
          .select(({ fn }) => fn.countAll().as('rows'))
          .executeTakeFirstOrThrow(),
      ),
    );
  const before = await count();
  await remember();
  expect(await count()).toEqual(before);
});
