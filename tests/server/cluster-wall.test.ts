import { setTimeout as wait } from 'node:timers/promises';
import type { MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import type { ClientCommand } from '@diemcau/shared/protocol/commands.ts';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Connection } from '../../client/src/net/connection.ts';
import { WallClient } from '../../client/src/net/wall-client.ts';
import { until } from '../../client/src/store/observable.ts';
import { call } from '../support/api.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import {
  type Attendant,
  addCell,
  attend,
  enter,
  give,
  makeCell,
  memberPassword,
  type RealCell,
} from '../support/members.ts';
import { postgresServer } from '../support/postgres.ts';
import { firstCodeOf } from '../support/product.ts';
import { redisServer } from '../support/redis.ts';

const away = redisServer() === 'away' || (await postgresServer()) === 'away';
const remote: ClientCommand = { type: 'checkIn', place: { mode: 'remote' } };

/** Resolves when the condition holds. */
async function soon(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await wait(50);
}

describe.skipIf(away)('a wall over two servers', () => {
  let cluster: Cluster;
  let cells: RealCell[] = [];
  let chairs: Attendant[] = [];
  let superior: PersonId;
  let line: Connection;
  let wall: WallClient;
  const meeting = (index: number): MeetingId => {
    const cell = cells[index];
    if (!cell) throw new Error(`no cell ${index}`);
    return cell.meetingId;
  };
  const chair = (index: number): Attendant => {
    const found = chairs[index];
    if (!found) throw new Error(`no chair ${index}`);
    return found;
  };

  beforeAll(async () => {
    cluster = await startCluster();
    const { url } = cluster.front;
    cluster.front.prefer('a');
    const first = await makeCell({ ...cluster.node('a'), url }, firstCodeOf(cluster.node('b')), 3);
    const { accessToken: token } = await call(url, 'login', {
      body: { name: 'quantri', password: memberPassword, slot: 'main' },
    });
    const { organizations } = await call(url, 'administration', { token });
    const organizationId = organizations[0]?.id as never;
    cluster.front.prefer('b');
    const second = await addCell(url, { token, organizationId, village: 2 }, 3);
    const office = await addCell(url, { token, organizationId, village: 3 }, 2);
    cells = [first, second];
    const [who] = office.members;
    if (!who) throw new Error('nobody came');
    superior = who.personId;
    await call(url, 'assignSuperior', { token, body: { personId: superior, organizationId } as never });
    chairs = cells.map(({ members, meetingId }) => attend(url, members[0]?.token ?? '', meetingId));
    for (const each of chairs) {
      await enter(each, remote);
      await give(each, { type: 'openMeeting' });
    }
    cluster.front.prefer('a');
    line = new Connection({
      url,
      token: async () => ({ ok: true, value: who.token }),
      language: () => 'vi',
      clockSamples: 1,
    });
    line.open();
    wall = new WallClient(line);
    wall.watch();
    await until(wall.watchState, ({ kind }) => kind === 'watching');
  });

  afterAll(async () => {
    await wall?.close();
    line?.close();
    for (const { client, connection } of chairs) {
      await client.close();
      connection.close();
    }
    await cluster?.stop();
  });

  /** Hears what goes over Redis from now on. */
  async function overhear() {
    const heard: string[] = [];
    const listener = createClient({ url: cluster.redis.url });
    await listener.connect();
    await listener.pSubscribe('*', (message) => heard.push(message));
    return { heard, end: () => listener.destroy() };
  }

  const follows = (index: number) => chair(index).client.state.get()?.followers[superior] !== undefined;
  const attends = (index: number) => chair(index).client.state.get()?.superiors[superior] !== undefined;

  test('NODE7 a superior sees the meetings of both, with sums, and their figures as they change', async () => {
    expect([await cluster.placeOf(meeting(0)), await cluster.placeOf(meeting(1))]).toEqual(['a', 'b']);
    await until(wall.sums, (sums) => sums?.live === 2);
    await soon(() => wall.entries.all.get().has(meeting(1)));
    await wall.show([meeting(0), meeting(1)]);
    const present = () => wall.summaries.all.get().get(meeting(1))?.attendance.present;
    await soon(() => present() === 1);
    const second = attend(cluster.front.url, cells[1]?.members[1]?.token ?? '', meeting(1));
    await enter(second, remote);
    await soon(() => present() === 2);
    await second.client.close();
    second.connection.close();
  });

  test('SUP7 NODE7 a cell on the other server is told who has its figures on a screen', async () => {
    await until(chair(1).client.state, () => follows(1));
    expect(follows(0)).toBe(true);
  });

  test('NODE8 attending on both takes one line for each, and each cell sees the superior', async () => {
    const answer = await wall.attend([meeting(0), meeting(1)]);
    expect(answer.ok && answer.value.map(({ ok }) => ok)).toEqual([true, true]);
    await until(chair(0).client.state, () => attends(0));
    await until(chair(1).client.state, () => attends(1));
    expect([...wall.far.all.get().keys()]).toEqual(['/n/b']);
    await soon(() => wall.attended().length === 2);
    const far = wall.far.of(meeting(1));
    if (!far) throw new Error('the other meeting is attended nowhere');
    await until(far.line, (state) => state === 'up');
    const [here, there] = await Promise.all([wall.media('open', {}), far.media('open', {})]);
    // Where this machine has no media worker neither has any.
    expect(here.ok).toBe(there.ok);
    if (here.ok && there.ok) expect(here.value.receive.id).not.toBe(there.value.receive.id);
  });

  test('SUP8 NODE8 of all servers together one meeting is in focus', async () => {
    const focused = (index: number) => {
      const now = chair(index).client.state.get()?.superiors[superior];
      return JSON.stringify(now ?? null);
    };
    const before = [focused(0), focused(1)];
    await wall.focus(meeting(0));
    await soon(() => focused(0) !== before[0]);
    const inFocus = focused(0);
    await wall.focus(meeting(1));
    await soon(() => focused(1) !== before[1]);
    await soon(() => focused(0) !== inFocus);
    await wall.focus(null);
  });

  test('NODE9 of a meeting that somebody watches its summaries are told to the other server, never its events', async () => {
    const { heard, end } = await overhear();
    await give(chair(1), { type: 'suspendMeeting', reason: 'Nghỉ giải lao' });
    await soon(() => heard.some((message) => message.includes('summaries')));
    await soon(() => wall.entries.at(meeting(1)).get()?.phase === 'suspended');
    expect(heard.filter((message) => message.includes('meetingSuspended'))).toEqual([]);
    await give(chair(1), { type: 'continueMeeting' });
    await soon(() => wall.entries.at(meeting(1)).get()?.phase === 'open');
    end();
  });

  test('NODE8 a meeting whose server is killed is attended again where it is taken over', async () => {
    await cluster.node('b').kill();
    await soon(async () => (await cluster.placeOf(meeting(1))) === 'a');
    await soon(() => wall.far.of(meeting(1)) === null && wall.attended().includes(meeting(1)));
    await give(chair(1), { type: 'completeRollCall' }).catch(() => undefined);
    await until(chair(1).client.state, () => attends(1));
    const answer = await wall.leave([meeting(0), meeting(1)]);
    expect(answer.ok && answer.value.map(({ ok }) => ok)).toEqual([true, true]);
    await until(chair(1).client.state, () => !attends(1));
    await cluster.node('b').restart();
  });

  test('NODE9 when nobody watches, nothing is told', async () => {
    const { heard, end } = await overhear();
    await wall.close();
    await soon(() => heard.some((message) => message.includes('watching')));
    heard.length = 0;
    for (let turn = 0; turn < 3; turn += 1) {
      await give(chair(0), { type: 'suspendMeeting', reason: 'Nghỉ giải lao' });
      await give(chair(0), { type: 'continueMeeting' });
      await give(chair(1), { type: 'suspendMeeting', reason: 'Nghỉ giải lao' });
      await give(chair(1), { type: 'continueMeeting' });
      await wait(300);
    }
    expect(heard.filter((message) => message.includes('summaries'))).toEqual([]);
    end();
  });
});
