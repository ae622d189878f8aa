import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backupsIn } from '../../scripts/operations/backup-folder.ts';
import { call } from '../support/api.ts';
import { type Attendant, attend, enter, give, makeCell, openVote } from '../support/members.ts';
import { firstCodeOf, type Product, startProduct } from '../support/product.ts';
import { operate } from './support/command.ts';
import { logIn, ownFolder } from './support/folders.ts';

const choices = ['inFavour', 'against', 'noOpinion'] as const;

let product: Product;
let restored: Product | undefined;
let people: Attendant[] = [];
let meetingId: Awaited<ReturnType<typeof makeCell>>['meetingId'];
let login: string;

beforeAll(async () => {
  product = await startProduct({ DEMO: '0', LOG_LEVEL: 'error' });
  const cell = await makeCell(product, firstCodeOf(product), 6);
  meetingId = cell.meetingId;
  login = cell.members[0]?.login ?? '';
  people = cell.members.map(({ token }) => attend(product.url, token, meetingId));
  for (const person of people) await enter(person, { type: 'checkIn', place: { mode: 'remote' } });
});

afterAll(async () => {
  for (const { connection } of people) connection.close();
  await product?.stop();
  await restored?.stop();
});

test('OPS1 OPS6 a backup made while marks are written is restored with every mark acknowledged before it', async () => {
  const [chair, clerk] = people;
  if (!chair || !clerk) throw new Error('nobody came');
  await give(chair, { type: 'openMeeting' });
  await give(clerk, { type: 'completeRollCall' });
  const vote = await openVote(chair);
  let over = false;
  let acknowledged = 0;
  const voting = people.map(async (person) => {
    for (let turn = 0; !over; turn += 1) {
      const choice = choices[turn % 3] ?? 'noOpinion';
      acknowledged = Math.max(acknowledged, await give(person, { type: 'castMark', vote, choice }));
      await wait(10);
    }
  });
  const folder = ownFolder();
  const began = performance.now();
  const promised: number[] = [];
  for (let night = 0; night < 3; night += 1) {
    await wait(200);
    promised.push(acknowledged);
    expect(await operate('backup', [folder], { DATA_DIR: product.dataDir })).toMatchObject({ code: 0 });
  }
  over = true;
  await Promise.all(voting);
  const backups = backupsIn(folder);
  expect(backups).toHaveLength(3);
  // Written to the while: each holds more than the one before.
  const counts = backups.map(({ manifest }) => manifest.log.events);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  for (const [night, count] of counts.entries()) expect(count).toBeGreaterThanOrEqual(promised[night] ?? 0);

  const dataDir = ownFolder();
  const restoring = performance.now();
  expect(await operate('restore', [folder], { DATA_DIR: dataDir })).toMatchObject({ code: 0 });
  const newest = backups.at(-1);
  expect(await logIn(dataDir)).toEqual(newest?.manifest.log);

  const starting = performance.now();
  restored = await startProduct({ DEMO: '0', LOG_LEVEL: 'error', DATA_DIR: dataDir });
  const password = 'mật khẩu để thử 2026';
  const signedIn = await call(restored.url, 'login', { body: { name: login, password } });
  const again = attend(restored.url, signedIn.accessToken, meetingId);
  await enter(again, null);
  expect(again.client.state.get()?.seq).toBeGreaterThanOrEqual(newest?.manifest.log.events ?? 1);
  again.connection.close();
  const took = (from: number, to: number) => `${((to - from) / 1000).toFixed(1)} s`;
  console.warn(
    `restore drill: ${counts.at(-1)} events; three backups while voting ${took(began, restoring)}, ` +
      `restore and check ${took(restoring, starting)}, start and sign in ${took(starting, performance.now())}`,
  );
});
