import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { ClientCommand } from '@diemcau/shared/protocol/commands.ts';
import { protocolVersion } from '@diemcau/shared/protocol/version.ts';
import { createClient } from 'redis';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../client/src/store/observable.ts';
import { call } from '../support/api.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import {
  type Attendant,
  attend,
  enter,
  give,
  makeCell,
  memberPassword,
  openVote,
  type RealCell,
} from '../support/members.ts';
import { postgresServer } from '../support/postgres.ts';
import { firstCodeOf } from '../support/product.ts';
import { redisServer } from '../support/redis.ts';
import { checkMarks, keepVoting } from '../support/steadfast.ts';

const away = redisServer() === 'away' || (await postgresServer()) === 'away';
const remote: ClientCommand = { type: 'checkIn', place: { mode: 'remote' } };

/** The other of the two nodes. */
const other = (name: string) => (name === 'a' ? 'b' : 'a');

/** Process ids of a server's media workers; none where the machine has no worker. */
function workersOf(pid: number): readonly number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
  return children.filter((child) =>
    readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('mediasoup-worker'),
  );
}

/** One that was ended and that its parent has not heard of yet has no memory any more. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe.skipIf(away)('two servers of one cluster', () => {
  let cluster: Cluster;
  let cell: RealCell;
  let people: Attendant[] = [];
  let chair: Attendant;

  beforeAll(async () => {
    cluster = await startCluster();
    cluster.front.prefer('a');
    // The code of the server that started last is the one that holds.
    const product = { ...cluster.node('a'), url: cluster.front.url };
    cell = await makeCell(product, firstCodeOf(cluster.node('b')), 6);
    people = cell.members.map(({ token }) => attend(cluster.front.url, token, cell.meetingId));
    const [first] = people;
    if (!first) throw new Error('nobody came');
    chair = first;
  });

  afterAll(async () => {
    for (const { client, connection } of people) {
      await client.close();
      connection.close();
    }
    await cluster?.stop();
  });

  async function epochNow(): Promise<number> {
    const rows = await cluster.database.sql(`SELECT epoch FROM heads WHERE meeting_id = '${cell.meetingId}'`);
    return Number((rows[0] as { epoch: string }).epoch);
  }

  async function owner(): Promise<string> {
    const name = await cluster.placeOf(cell.meetingId);
    if (name === null) throw new Error('the meeting has no place');
    return name;
  }

  /** What a device hears that asks a node for the meeting when another's lease could have been renewed, and has not been. */
  async function answersAt(node: string, token: string): Promise<readonly string[]> {
    await wait(1_300);
    const socket = io(cluster.node(node).url, {
      auth: { token, protocol: protocolVersion, language: 'vi' },
      transports: ['websocket'],
      forceNew: true,
    });
    const answers: string[] = [];
    try {
      while (answers.at(-1) !== 'in') {
        const request = { meetingId: cell.meetingId, media: 'unwanted' };
        const answer = await socket.timeout(10_000).emitWithAck('join', request);
        answers.push(answer.ok ? 'in' : answer.code);
      }
    } finally {
      socket.disconnect();
    }
    return answers;
  }

  async function untilOwnedBy(name: string): Promise<void> {
    while ((await cluster.placeOf(cell.meetingId)) !== name) await wait(50);
  }

  /** A figure that a node shows, summed over its labels. */
  async function figure(node: string, name: string): Promise<number> {
    const text = await (await fetch(`${cluster.node(node).url}/metrics`)).text();
    const lines = text
      .split('\n')
      .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
    return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
  }

  test('NODE1 a meeting lives on one of them, and whoever is connected to the other is sent there', async () => {
    expect(await owner()).toBe('a');
    cluster.front.prefer('b');
    const [, clerk, third] = people;
    const late = attend(cluster.front.url, cell.members[5]?.token ?? '', cell.meetingId);
    if (!clerk || !third) throw new Error('nobody came');
    for (const person of [chair, clerk, third, late]) await enter(person, remote);
    const { personId } = cell.members[5] ?? { personId: null };
    await until(
      chair.client.state,
      (state) => state?.attendance[personId as never]?.presence.mode === 'remote',
    );
    expect(await owner()).toBe('a');
    expect(await figure('b', 'diemcau_cluster_meetings_owned')).toBe(0);
    await late.client.close();
    late.connection.close();
  });

  test('NODE9 SEC3 who has guessed wrongly at one of them waits at the other as well', async () => {
    const name = cell.members[4]?.login ?? '';
    const signIn = (node: string, password: string) =>
      call(cluster.node(node).url, 'login', { body: { name, password } }).then(
        () => 'in',
        (error: Error) => error.message,
      );
    for (let guess = 0; guess < 6; guess += 1) expect(await signIn('a', 'sai')).toContain('wrongCredentials');
    await wait(1_000);
    expect(await signIn('b', memberPassword)).toContain('accountLocked');
  });

  test('NODE2 a killed node’s meeting is taken over under a higher epoch, and people find it again', async () => {
    const opened = await give(chair, { type: 'openMeeting' });
    const [before, dead] = [await epochNow(), await owner()];
    await cluster.node(dead).kill();
    const answers = answersAt(other(dead), cell.members[5]?.token ?? '');
    const seq = await give(people[1] as Attendant, { type: 'completeRollCall' });
    expect(seq).toBeGreaterThan(opened);
    expect(await owner()).toBe(other(dead));
    expect(await epochNow()).toBeGreaterThan(before);
    await until(chair.client.state, (state) => (state?.seq ?? 0) >= seq);
    expect(await figure(other(dead), 'diemcau_cluster_meetings_taken_total')).toBeGreaterThan(0);
    // Who asks while the dead one's lease still stands is not sent there, but waits and is answered once.
    expect(await answers).toEqual(['in']);
    // Who was dead comes back without anything, and takes nothing from who has it.
    await cluster.node(dead).restart();
    expect(await owner()).toBe(other(dead));
  });

  test('NODE3 a node that is told to stop hands its meetings over, and no mark is lost or doubled', async () => {
    for (const person of people.slice(3)) await enter(person, remote);
    await openVote(chair);
    const leaving = await owner();
    const moved = (async () => {
      await wait(300);
      process.kill(cluster.node(leaving).pid, 'SIGTERM');
      await untilOwnedBy(other(leaving));
      await wait(2_500);
    })();
    const marks = await keepVoting(people, moved);
    expect(marks.refused).toEqual([]);
    const checked = await checkMarks(cluster.database.url, cell.meetingId, marks);
    expect(checked).toMatchObject({ chain: 'holds', lost: 0, doubled: 0 });
    expect(checked.acknowledged).toBeGreaterThan(30);
    expect(await figure(other(leaving), 'diemcau_cluster_meetings_taken_total')).toBeGreaterThan(0);
    await cluster.node(leaving).restart();
  });

  test('NODE4 of a meeting’s events nothing goes through Redis', async () => {
    const heard: string[] = [];
    const listener = createClient({ url: cluster.redis.url });
    await listener.connect();
    await listener.pSubscribe('*', (message) => heard.push(message));
    await keepVoting(people, wait(500));
    listener.destroy();
    expect(heard.filter((message) => message.includes(cell.meetingId))).toEqual([]);
    expect(Number(await cluster.redis.ask('XLEN', '{diemcau}:words'))).toBe(0);
  });

  test('NODE5 a node that stood still past its lease can append nothing, and drops its people and its media', async () => {
    const frozen = await owner();
    const direct = io(cluster.node(frozen).url, {
      auth: { token: cell.members[2]?.token, protocol: protocolVersion, language: 'vi' },
      transports: ['websocket'],
      reconnection: false,
    });
    const entry = { meetingId: cell.meetingId, media: 'wanted' };
    const joined = await direct.emitWithAck('join', entry);
    expect(joined).toMatchObject({ ok: true });
    if (joined.value.media !== null) expect(await figure(frozen, 'diemcau_media_routers')).toBeGreaterThan(0);
    const vote = joined.value.snapshot.openVote;
    const before = await epochNow();
    const [pid, dropped] = [
      cluster.node(frozen).pid,
      new Promise((resolve) => direct.once('disconnect', resolve)),
    ];
    const workers = workersOf(pid);
    process.kill(pid, 'SIGSTOP');
    const stale = 'a-mark-that-comes-too-late';
    const command = { type: 'castMark', vote, choice: 'against' };
    let answered: unknown = null;
    direct.emit('command', { meetingId: cell.meetingId, id: stale, command }, (answer: unknown) => {
      answered = answer;
    });
    await untilOwnedBy(other(frozen));
    // Its workers are ended from outside: nobody hears anything of it while it still stands.
    while (workers.some(isRunning)) await wait(50);
    const fresh = attend(cluster.front.url, cell.members[3]?.token ?? '', cell.meetingId);
    await enter(fresh, null);
    const seq = await give(fresh, { type: 'castMark', vote, choice: 'inFavour' });
    process.kill(pid, 'SIGCONT');
    await dropped;
    expect(await epochNow()).toBeGreaterThan(before);
    expect(await figure(frozen, 'diemcau_media_routers')).toBe(0);
    expect(await figure(frozen, 'diemcau_cluster_meetings_owned')).toBe(0);
    expect(answered).toBeNull();
    const log = await cluster.database.sql(`SELECT data FROM events WHERE data LIKE '%${stale}%'`);
    expect(log).toEqual([]);
    expect(await give(fresh, { type: 'castMark', vote, choice: 'against' })).toBeGreaterThan(seq);
    await fresh.client.close();
    fresh.connection.close();
    // It begins anew, with nothing.
    while ((await fetch(`${cluster.node(frozen).url}/readyz`)).status !== 200) await wait(100);
    expect(await owner()).toBe(other(frozen));
  });

  test.each(['killed', 'still'] as const)(
    'NODE6 Redis %s for a while: votes go on, and nobody is placed anew',
    async (how) => {
      const [before, epoch] = [await owner(), await epochNow()];
      const outage = (async () => {
        if (how === 'killed') await cluster.redis.kill();
        else cluster.redis.signal('SIGSTOP');
        await wait(5_000);
        if (how === 'killed') await cluster.redis.start();
        else cluster.redis.signal('SIGCONT');
        await wait(1_500);
      })();
      const marks = await keepVoting(people, outage);
      expect(marks.refused).toEqual([]);
      const checked = await checkMarks(cluster.database.url, cell.meetingId, marks);
      expect(checked).toMatchObject({ chain: 'holds', lost: 0, doubled: 0 });
      await untilOwnedBy(before);
      // Long enough for a node that saw nobody to take everything, if it were to.
      await wait(5_000);
      expect(await owner()).toBe(before);
      expect(await epochNow()).toBe(epoch);
    },
  );
});
