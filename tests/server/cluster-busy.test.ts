import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { type Attendant, attend, enter, give, makeCell, openVote } from '../support/members.ts';
import { postgresServer } from '../support/postgres.ts';
import { firstCodeOf } from '../support/product.ts';
import { redisServer } from '../support/redis.ts';

const away = redisServer() === 'away' || (await postgresServer()) === 'away';

describe.skipIf(away)('a server of two that has much to do', () => {
  let cluster: Cluster;
  let meeting: string;
  let people: Attendant[] = [];

  beforeAll(async () => {
    const busy = fileURLToPath(new URL('../support/busy.ts', import.meta.url));
    cluster = await startCluster(['a', 'b'], { NODE_OPTIONS: `--import=${busy}` });
    const { url } = cluster.front;
    cluster.front.prefer('a');
    const cell = await makeCell({ ...cluster.node('a'), url }, firstCodeOf(cluster.node('b')), 3);
    meeting = cell.meetingId;
    people = cell.members.map(({ token }) => attend(url, token, cell.meetingId));
    for (const person of people) await enter(person, { type: 'checkIn', place: { mode: 'remote' } });
    await give(people[0] as Attendant, { type: 'openMeeting' });
    await give(people[0] as Attendant, { type: 'completeRollCall' });
  });

  afterAll(async () => {
    for (const { client, connection } of people) {
      await client.close();
      connection.close();
    }
    await cluster?.stop();
  });

  test('NODE2 keeps its lease, its meetings and its people while its thread comes to nothing for 5 s', async () => {
    const lines = people.map(({ connection }) => connection.state.get());
    process.kill(cluster.node('a').pid, 'SIGUSR2');
    for (let tenth = 0; tenth < 60; tenth += 1) {
      expect(await cluster.placeOf(meeting)).toBe('a');
      await wait(100);
    }
    await openVote(people[0] as Attendant);
    expect(await cluster.placeOf(meeting)).toBe('a');
    expect(people.map(({ connection }) => connection.state.get())).toEqual(lines);
    expect(cluster.node('a').output()).not.toContain('the lease of this node has ended');
  });

  test('NODE2 loses them where its thread hangs for longer than 10 s, and people find their meeting at the other', async () => {
    process.kill(cluster.node('a').pid, 'SIGWINCH');
    while ((await cluster.placeOf(meeting)) !== 'b') await wait(50);
    const late = people[2] as Attendant;
    const vote = late.client.state.get()?.openVote;
    if (!vote) throw new Error('no vote is open');
    await give(late, { type: 'castMark', vote, choice: 'inFavour' });
    expect(await cluster.placeOf(meeting)).toBe('b');
  });
});
