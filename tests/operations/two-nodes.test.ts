import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../client/src/store/observable.ts';
import { becomesReady } from '../../scripts/operations/health.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import {
  type Attendant,
  attend,
  enter,
  give,
  makeCell,
  openVote,
  type RealCell,
} from '../support/members.ts';
import { postgresServer } from '../support/postgres.ts';
import { firstCodeOf } from '../support/product.ts';
import { redisServer } from '../support/redis.ts';
import { checkMarks, keepVoting } from '../support/steadfast.ts';
import { type Caddy, caddyProgram, startCaddy } from './support/caddy.ts';
import { operate } from './support/command.ts';
import { ownFolder } from './support/folders.ts';

const away = redisServer() === 'away' || (await postgresServer()) === 'away' || caddyProgram() === 'away';

describe.skipIf(away)('two nodes behind docker/Caddyfile', () => {
  let cluster: Cluster;
  let proxy: Caddy;
  let cell: RealCell;
  let people: Attendant[] = [];

  beforeAll(async () => {
    cluster = await startCluster();
    const [a, b] = ['a', 'b'].map((name) => new URL(cluster.node(name).url).host);
    proxy = await startCaddy(a ?? '', b ?? '');
    // The code of the server that started last is the one that holds.
    const product = { ...cluster.node('a'), url: proxy.url };
    cell = await makeCell(product, firstCodeOf(cluster.node('b')), 6);
    people = cell.members.map(({ token }) => attend(proxy.url, token, cell.meetingId));
    for (const person of people) await enter(person, { type: 'checkIn', place: { mode: 'remote' } });
  });

  afterAll(async () => {
    for (const { client, connection } of people) {
      await client.close();
      connection.close();
    }
    await proxy?.close();
    await cluster?.stop();
  });

  /** Stops a node in order, as an upgrade does, and starts it again. */
  async function replace(name: string): Promise<void> {
    const { pid } = cluster.node(name);
    process.kill(pid, 'SIGTERM');
    for (;;) {
      try {
        process.kill(pid, 0);
      } catch {
        break;
      }
      await wait(50);
    }
    await cluster.node(name).restart();
    expect(await becomesReady(`${cluster.node(name).url}/readyz`, 30_000)).toBe(true);
  }

  test('OPS13 replaced one after the other while people vote, no mark is lost or doubled, and a backup of both holds', async () => {
    const [chair, clerk] = people;
    if (!chair || !clerk) throw new Error('nobody came');
    await give(chair, { type: 'openMeeting' });
    await give(clerk, { type: 'completeRollCall' });
    const vote = await openVote(chair);
    for (const { client } of people) await until(client.state, (state) => state?.openVote === vote);
    let over: () => void = () => undefined;
    const voting = keepVoting(
      people,
      new Promise<void>((resolve) => {
        over = resolve;
      }),
    );
    const places = [await cluster.placeOf(cell.meetingId)];
    const folder = ownFolder();
    for (const name of ['a', 'b']) {
      await wait(500);
      await replace(name);
      places.push(await cluster.placeOf(cell.meetingId));
    }
    const env = {
      DATABASE_URL: cluster.database.url,
      JWT_SECRET: 'a secret of the tests, long enough to be one',
      DATA_DIR: ownFolder(),
    };
    expect(await operate('backup', [folder], env)).toMatchObject({ code: 0 });
    await wait(500);
    over();
    const marks = await voting;
    // It has moved at each stop of the node that it lived on.
    expect(new Set(places).size).toBe(2);
    expect(await checkMarks(cluster.database.url, cell.meetingId, marks)).toMatchObject({
      chain: 'holds',
      lost: 0,
      doubled: 0,
    });
    expect(marks.refused).toEqual([]);
    expect(marks.receipts.size).toBeGreaterThan(people.length);
  });
});
