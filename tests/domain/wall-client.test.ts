import type { MeetingSummary } from '@diemcau/shared/domain/summary-types.ts';
import { asId, type CellId, type MeetingId, type OrganizationId } from '@diemcau/shared/ids.ts';
import type { WallAlarm, WallBatch, WallEntry } from '@diemcau/shared/protocol/wall.ts';
import { describe, expect, test, vi } from 'vitest';
import type { ConnectionState } from '../../client/src/net/connection.ts';
import { ServerClock } from '../../client/src/net/server-clock.ts';
import { WallClient, type WallDoor } from '../../client/src/net/wall-client.ts';
import { Keyed } from '../../client/src/store/keyed.ts';
import { Observable } from '../../client/src/store/observable.ts';
import { attentionOrder, byWeight, steadyOrder } from '../../client/src/store/wall-order.ts';

const id = (name: string) => asId<MeetingId>(name);

function entry(name: string, more: Partial<WallEntry> = {}): WallEntry {
  return {
    meetingId: id(name),
    cellId: asId<CellId>(name),
    cellName: name,
    organizationId: asId<OrganizationId>('town'),
    organizationName: 'Thị xã',
    phase: 'open',
    startsAt: 0,
    attended: false,
    ...more,
  };
}

function alarm(kind: WallAlarm['kind'], since: number, acknowledged = false): WallAlarm {
  return { kind, key: kind, since, site: null, person: null, acknowledged };
}

const mapOf = (...entries: readonly WallEntry[]) => new Map(entries.map((each) => [each.meetingId, each]));

/** A server of two lines: answers by name, and remembers what it was asked. */
function doorOf(answers: Readonly<Record<string, (data: unknown) => unknown>>) {
  const state = new Observable<ConnectionState>({ kind: 'online' });
  const asked: { readonly name: string; readonly data: unknown }[] = [];
  const listeners = new Map<string, (data: never) => void>();
  const door: WallDoor = {
    state,
    clock: new ServerClock(() => 1_000),
    request: async (name, data) => {
      asked.push({ name, data });
      const answer = answers[name]?.(data) ?? { ok: true, value: {} };
      return answer as never;
    },
    on: (name, listener) => {
      listeners.set(name, listener as (data: never) => void);
      return () => listeners.delete(name);
    },
  };
  const say = (batch: WallBatch) => listeners.get('wall')?.(batch as never);
  return { door, asked, say, state, of: (name: string) => asked.filter((each) => each.name === name) };
}

const sums = { live: 2, coming: 0, present: 3, summoned: 5, votesOpen: 0, alarmed: 0 };
const watched = (...entries: readonly WallEntry[]) => ({
  watchWall: () => ({ ok: true, value: { now: 0, entries, sums, alarms: [] } }),
  showTiles: () => ({ ok: true, value: { summaries: [] } }),
  attendMeetings: (data: unknown) => ({
    ok: true,
    value: {
      outcomes: (data as { meetings: readonly MeetingId[] }).meetings.map((meetingId) => ({
        meetingId,
        ok: true,
      })),
    },
  }),
});
const online: ConnectionState = { kind: 'online' };
const away: ConnectionState = { kind: 'reconnecting', attempt: 1, nextAttemptAt: 0 };

describe('the order of the wall', () => {
  test('SUP6 alarms that nobody has seen come first, by weight, then by age', () => {
    const entries = mapOf(entry('a'), entry('b'), entry('c'), entry('d', { attended: true }), entry('e'));
    const alarms = new Map([
      [id('a'), [alarm('runningOver', 5)]],
      [id('b'), [alarm('quorumLost', 9)]],
      [id('c'), [alarm('quorumLost', 7)]],
      [id('e'), [alarm('superiorCalled', 1, true)]],
    ]);
    expect(attentionOrder({ entries, alarms })).toEqual(['c', 'b', 'a', 'd', 'e']);
  });

  test('SUP6 without alarms: attended, in session by name, then those to come', () => {
    const entries = mapOf(
      entry('Tổ 10', { phase: 'summoned' }),
      entry('Tổ 9'),
      entry('Tổ 5'),
      entry('Tổ 7', { attended: true }),
    );
    expect(attentionOrder({ entries, alarms: new Map() })).toEqual(['Tổ 7', 'Tổ 5', 'Tổ 9', 'Tổ 10']);
  });

  test('SUP6 within a tile the heaviest leads, and what was seen comes last', () => {
    const all = [alarm('runningOver', 1), alarm('superiorCalled', 2, true), alarm('siteDark', 3)];
    expect(byWeight(all).map(({ kind }) => kind)).toEqual(['siteDark', 'runningOver', 'superiorCalled']);
  });

  test('SUP6 under the hand nothing moves: new ones come last', () => {
    const shown = [id('a'), id('b'), id('c')];
    expect(steadyOrder(shown, [id('c'), id('b'), id('a')])).toBe(shown);
    expect(steadyOrder(shown, [id('d'), id('c'), id('a')])).toEqual(['a', 'c', 'd']);
  });
});

describe('many values by key', () => {
  test('one that changes tells its own listeners and those of all, not the others', () => {
    const values = new Keyed<string, number>();
    const told: string[] = [];
    values.at('a').subscribe(() => told.push('a'));
    const stop = values.at('b').subscribe(() => told.push('b'));
    values.all.subscribe(() => told.push('all'));
    values.change([['a', 1]]);
    values.change([['a', 1]]);
    values.change([['b', 2]], ['a']);
    stop();
    values.replace([['b', 3]]);
    expect(told).toEqual(['all', 'a', 'all', 'b', 'a', 'all']);
    expect(values.at('b').get()).toBe(3);
    expect(values.at('a').get()).toBeUndefined();
  });
});

describe('the wall’s client', () => {
  test('SUP1 SUP7 watching attends nothing; the figures are those of the tiles on the screen', async () => {
    const { door, say, of } = doorOf(watched(entry('a'), entry('b')));
    const wall = new WallClient(door);
    wall.watch();
    await vi.waitFor(() => expect(wall.watchState.get().kind).toBe('watching'));
    expect(of('attendMeetings')).toEqual([]);
    await wall.show([id('a')]);
    await wall.show([id('a')]);
    expect(of('showTiles').map(({ data }) => data)).toEqual([{ meetings: [] }, { meetings: ['a'] }]);
    const summary = (name: string) => ({ meetingId: id(name), seq: 1 }) as MeetingSummary;
    say({ at: 1, summaries: [summary('a'), summary('b')] });
    expect([...wall.summaries.all.get().keys()]).toEqual(['a']);
    await wall.show([id('b')]);
    expect(wall.summaries.at(id('a')).get()).toBeUndefined();
  });

  test('SUP1 after a lost line it watches, attends and hears again by itself', async () => {
    const { door, of, state } = doorOf(watched(entry('a'), entry('b'), entry('c')));
    const wall = new WallClient(door);
    wall.watch();
    await vi.waitFor(() => expect(wall.line.get()).toBe('up'));
    expect(await wall.attend([id('a'), id('b')])).toMatchObject({ ok: true });
    expect(wall.attended()).toEqual(['a', 'b']);
    await wall.focus(id('b'));
    await wall.show([id('a'), id('b')]);
    state.set(away);
    expect(wall.line.get()).toBe('down');
    expect(wall.watchState.get()).toEqual({ kind: 'rewatching', since: 1_000 });
    state.set(online);
    await vi.waitFor(() => expect(wall.line.get()).toBe('up'));
    await vi.waitFor(() => expect(of('focusMeeting')).toHaveLength(2));
    expect(of('watchWall')).toHaveLength(2);
    expect(of('attendMeetings').at(-1)?.data).toMatchObject({ meetings: ['a', 'b'] });
    expect(of('showTiles').at(-1)?.data).toEqual({ meetings: ['a', 'b'] });
  });

  test('NODE8 what no server has at the moment is attended again as soon as one says that it has it', async () => {
    vi.useFakeTimers();
    const entries = [entry('a', { attended: true }), entry('b', { attended: true })];
    const server = doorOf({
      ...watched(),
      watchWall: () => ({ ok: true, value: { now: 0, entries: [...entries], sums, alarms: [] } }),
    });
    const wall = new WallClient(server.door);
    wall.watch();
    await vi.runAllTimersAsync();
    entries.pop();
    server.state.set(away);
    server.state.set(online);
    await vi.runAllTimersAsync();
    const before = server.of('attendMeetings').length;
    server.say({ at: 0, entries: [entry('b')] });
    await vi.runAllTimersAsync();
    const asked = server.of('attendMeetings').slice(before);
    expect(asked.map(({ data }) => (data as { meetings: readonly MeetingId[] }).meetings)).toEqual([
      [id('b')],
    ]);
    expect(wall.attended()).toEqual([id('a'), id('b')]);
    vi.useRealTimers();
  });

  test('SUP1 what has ended is neither attended nor heard any more', async () => {
    const { door, say, of, state } = doorOf(watched(entry('a'), entry('b')));
    const wall = new WallClient(door);
    wall.watch();
    await vi.waitFor(() => expect(wall.line.get()).toBe('up'));
    await wall.attend([id('a'), id('b')]);
    await wall.focus(id('a'));
    say({ at: 2, entries: [entry('a', { attended: false })] });
    expect(wall.focused.get()).toBeNull();
    say({ at: 3, gone: [id('a')] });
    expect([...wall.entries.all.get().keys()]).toEqual(['b']);
    state.set(away);
    state.set(online);
    await vi.waitFor(() => expect(of('attendMeetings')).toHaveLength(2));
    expect(of('attendMeetings').at(-1)?.data).toMatchObject({ meetings: ['b'] });
  });

  test('SUP6 an acknowledged alarm is marked at once; a refusal is told and marks nothing', async () => {
    let refuses = false;
    const { door, say } = doorOf({
      ...watched(entry('a')),
      acknowledgeAlarm: () =>
        refuses ? { ok: false, code: 'tryAgain', message: 'sau' } : { ok: true, value: {} },
    });
    const wall = new WallClient(door);
    wall.watch();
    await vi.waitFor(() => expect(wall.line.get()).toBe('up'));
    say({ at: 1, alarms: [{ meetingId: id('a'), alarms: [alarm('siteDark', 1), alarm('rateLow', 2)] }] });
    const alarms = () => wall.alarms.at(id('a')).get() ?? [];
    expect(await wall.acknowledge(id('a'), alarms().slice(0, 1))).toEqual({ ok: true, value: {} });
    expect(alarms().map(({ acknowledged }) => acknowledged)).toEqual([true, false]);
    refuses = true;
    expect(await wall.acknowledge(id('a'), alarms())).toMatchObject({ ok: false, code: 'tryAgain' });
    expect(alarms().map(({ acknowledged }) => acknowledged)).toEqual([true, false]);
  });

  test('SUP1 more than one request holds go in parts', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `m${index}`);
    const { door, of } = doorOf(watched(...names.map((name) => entry(name))));
    const wall = new WallClient(door);
    wall.watch();
    await vi.waitFor(() => expect(wall.line.get()).toBe('up'));
    await wall.attend(names.map(id));
    const parts = of('attendMeetings').map(({ data }) => (data as { meetings: unknown[] }).meetings.length);
    expect(parts).toEqual([16, 4]);
    await wall.close();
    expect(of('unwatchWall')).toHaveLength(1);
    expect(wall.watchState.get().kind).toBe('off');
  });
});
