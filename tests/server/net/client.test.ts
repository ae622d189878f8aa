import { asId, type VoteId } from '@diemcau/shared/ids.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CommandOutbox } from '../../../client/src/net/command-outbox.ts';
import { Connection, type TokenSource } from '../../../client/src/net/connection.ts';
import { MeetingClient } from '../../../client/src/net/meeting-client.ts';
import { until } from '../../../client/src/store/observable.ts';
import { eventAt, meetingId, ScriptedServer } from './scripted-server.ts';

let server: ScriptedServer;
let url: string;
const open: Connection[] = [];

beforeEach(async () => {
  server = new ScriptedServer();
  url = await server.listen();
});

afterEach(async () => {
  for (const connection of open.splice(0)) connection.close();
  await server.close();
});

function connect(token: TokenSource = async () => ({ ok: true, value: 'token' })): Connection {
  const connection = new Connection({ url, token, language: () => 'vi', random: () => 0.05 });
  open.push(connection);
  connection.open();
  return connection;
}

async function joined(): Promise<MeetingClient> {
  const meeting = new MeetingClient(connect(), meetingId);
  const answer = await meeting.join({
    checkIn: { type: 'checkIn', place: { mode: 'remote' } },
    media: 'unwanted',
  });
  expect(answer.ok).toBe(true);
  return meeting;
}

const mark = { type: 'castMark', vote: asId<VoteId>('vote-1'), choice: 'inFavour' } as const;

const seqIs = (wanted: number) => (state: { seq: number } | null) => state?.seq === wanted;

describe('connection', () => {
  test('comes back by itself after a broken line', async () => {
    const connection = connect();
    await until(connection.state, (state) => state.kind === 'online');
    server.cut();
    await until(connection.state, (state) => state.kind === 'reconnecting');
    await until(connection.state, (state) => state.kind === 'online');
    expect(server.tokens).toHaveLength(2);
  });

  test('a line that gives no sign of life when it is asked is given up at once', async () => {
    const connection = connect();
    await until(connection.state, (state) => state.kind === 'online');
    server.signsOfLife = 'silent';
    const asked = performance.now();
    const checked = connection.check();
    await until(connection.state, (state) => state.kind === 'reconnecting');
    await until(connection.state, (state) => state.kind === 'online');
    expect(performance.now() - asked).toBeLessThan(6_000);
    await checked;
    expect(server.tokens).toHaveLength(2);
  });

  test('a line that answers stays as it is', async () => {
    const connection = connect();
    await until(connection.state, (state) => state.kind === 'online');
    await connection.check();
    expect(connection.state.get().kind).toBe('online');
    expect(server.tokens).toHaveLength(1);
  });

  test('asks for another token when the door refuses the first, and only once', async () => {
    server.door = (token) => (token === 'old' ? 'unauthenticated' : null);
    const connection = connect(async (freshness) => ({
      ok: true,
      value: freshness === 'current' ? 'old' : 'new',
    }));
    await until(connection.state, (state) => state.kind === 'online');
    expect(server.tokens).toEqual(['old', 'new']);

    server.door = () => 'unauthenticated';
    const shut = connect();
    const state = await until(shut.state, (value) => value.kind === 'ended');
    expect(state).toMatchObject({ code: 'unauthenticated', message: 'no: unauthenticated' });
  });

  test('ends with the server’s sentence when no attempt can mend it', async () => {
    server.door = () => 'protocolTooOld';
    const connection = connect();
    await until(connection.state, (state) => state.kind === 'ended');
    expect(connection.state.get()).toEqual({
      kind: 'ended',
      code: 'protocolTooOld',
      message: 'no: protocolTooOld',
    });
  });

  test('a session that ended elsewhere ends it; a server that stops does not', async () => {
    const connection = connect();
    await until(connection.state, (state) => state.kind === 'online');
    server.end('tryAgain');
    server.end('sessionEnded');
    const state = await until(connection.state, (value) => value.kind === 'ended');
    expect(state).toMatchObject({ code: 'sessionEnded', message: 'ended: sessionEnded' });
    await expect(connection.request('clock', {})).resolves.toMatchObject({ ok: false, code: 'tryAgain' });
  });

  test('estimates the server’s clock', async () => {
    server.clockAhead = 3_600_000;
    const connection = connect();
    await until(connection.clock.offset, (offset) => offset !== 0);
    expect(Math.abs(connection.clock.now() - Date.now() - 3_600_000)).toBeLessThan(250);
  });
});

describe('meeting client', () => {
  test('follows the log, whatever the order of its events', async () => {
    const meeting = await joined();
    const [first, second, third] = [server.record(), server.record(), server.record()];
    server.tell(first);
    server.tell(third, second);
    server.tell(second);
    const state = await until(meeting.state, seqIs(3));
    expect(state).toEqual(server.state);
    expect(meeting.head).toEqual({ seq: 3, hash: 'hash-3' });
    expect(server.catchUps).toEqual([]);
  });

  test('asks for what it lacks when it sees a gap', async () => {
    const meeting = await joined();
    server.record();
    server.record();
    server.tell(server.record());
    await until(meeting.state, seqIs(3));
    expect(meeting.state.get()).toEqual(server.state);
    expect(server.catchUps).toEqual([0]);
  });

  test('events of another number than the next change nothing by themselves', async () => {
    const meeting = await joined();
    server.tell(eventAt(0));
    server.tell(server.record());
    await until(meeting.state, seqIs(1));
    expect(meeting.state.get()).toEqual(server.state);
  });

  test('joins again after a lost line, with the same check-in', async () => {
    const meeting = await joined();
    server.cut();
    await until(meeting.membership, (membership) => membership.kind === 'rejoining');
    server.record();
    await until(meeting.state, seqIs(1));
    await until(meeting.membership, (membership) => membership.kind === 'joined');
    expect(server.joins).toHaveLength(2);
    expect(server.joins[0]).toBe(server.joins[1]);
    expect(server.joins[0]).not.toBeNull();
  });

  test('VOTE11 a command whose answer was lost is sent again under its id and recorded once', async () => {
    const meeting = await joined();
    server.answers = 'lost';
    const phases: string[] = [];
    meeting.commands.subscribe(() => {
      const phase = meeting.commands.get()[0]?.progress.phase;
      if (phase !== undefined && phases.at(-1) !== phase) phases.push(phase);
    });
    const { id, answer } = meeting.command({ type: 'stepAway' });
    await until(meeting.commands, ([status]) => status?.progress.phase === 'sent');
    while (server.commands.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    server.answers = 'given';
    server.cut();
    const settled = await answer;
    expect(settled).toEqual({ ok: true, value: { seq: 1, hash: 'hash-1' } });
    expect(server.commands).toEqual([id, id]);
    expect(server.receipts.size).toBe(1);
    expect(phases).toEqual(['pending', 'sent', 'pending', 'sent', 'recorded']);
  });

  test('VOTE11 a mark that comes where the meeting no longer is goes out again once it is joined again, and is recorded once', async () => {
    const meeting = await joined();
    server.seats = 'none';
    const { id, answer } = meeting.command(mark);
    expect(await answer).toMatchObject({ ok: true });
    expect(server.joins).toHaveLength(2);
    expect(server.commands).toEqual([id, id]);
    expect(server.receipts.size).toBe(1);
  });

  test('a command given without a line waits for it', async () => {
    const meeting = await joined();
    server.cut();
    await until(meeting.membership, (membership) => membership.kind === 'rejoining');
    const { answer } = meeting.command({ type: 'comeBack' });
    expect(meeting.commands.get()[0]?.progress.phase).toBe('pending');
    expect((await answer).ok).toBe(true);
  });

  test('VOTE11 a mark that found no line in time is given up with a sentence, and not cast when the line returns', async () => {
    const connection = connect();
    await until(connection.state, (state) => state.kind === 'online');
    const outbox = new CommandOutbox(connection, meetingId, 60);
    const { answer } = outbox.give(mark);
    const refusal = await answer;
    expect(refusal).toMatchObject({ ok: false, code: 'notSent' });
    expect(outbox.statuses.get()[0]?.progress).toMatchObject({
      phase: 'refused',
      message: expect.stringContaining('Chưa được ghi nhận'),
    });
    outbox.resume();
    const next = outbox.give(mark);
    expect((await next.answer).ok).toBe(true);
    expect(server.commands).toEqual([next.id]);
  });

  test('VOTE11 a mark that left without an answer is given up as unknown, not as unrecorded', async () => {
    const connection = connect();
    await until(connection.state, (state) => state.kind === 'online');
    const outbox = new CommandOutbox(connection, meetingId, 60);
    server.answers = 'lost';
    outbox.resume();
    const { id, answer } = outbox.give(mark);
    while (server.commands.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    outbox.pause();
    expect(await answer).toMatchObject({ ok: false, code: 'outcomeUnknown' });
    server.answers = 'given';
    outbox.resume();
    expect((await outbox.give({ type: 'comeBack' }).answer).ok).toBe(true);
    expect(server.commands.filter((sent) => sent === id)).toHaveLength(1);
  });

  test('VOTE11 a laptop that slept sends nothing of before, though its timers stood still', async () => {
    const connection = connect();
    await until(connection.state, (state) => state.kind === 'online');
    const outbox = new CommandOutbox(connection, meetingId, 60_000);
    const { answer } = outbox.give(mark);
    const now = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 61_000);
    outbox.resume();
    now.mockRestore();
    expect(await answer).toMatchObject({ ok: false, code: 'notSent' });
    expect(server.commands).toEqual([]);
  });

  test('a command that the server answers in time is not given up, however slow it is', async () => {
    const connection = connect();
    await until(connection.state, (state) => state.kind === 'online');
    const outbox = new CommandOutbox(connection, meetingId, 60);
    outbox.resume();
    server.delay = 150;
    expect((await outbox.give({ type: 'comeBack' }).answer).ok).toBe(true);
  });

  test('a refused join ends the joining and what waited for it', async () => {
    server.joinRefusal = 'notOfThisMeeting';
    const meeting = new MeetingClient(connect(), meetingId);
    const waiting = meeting.command({ type: 'comeBack' });
    const answer = await meeting.join({ media: 'wanted' });
    expect(answer).toMatchObject({ ok: false, code: 'notOfThisMeeting' });
    expect(await waiting.answer).toMatchObject({ ok: false, code: 'notOfThisMeeting' });
    expect(meeting.membership.get()).toMatchObject({ kind: 'refused', code: 'notOfThisMeeting' });
  });

  test('a server that is not ready yet is asked again', async () => {
    server.joinRefusal = 'tryAgain';
    const meeting = new MeetingClient(connect(), meetingId);
    const answer = meeting.join({ media: 'unwanted' });
    while (server.joins.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    server.joinRefusal = null;
    expect((await answer).ok).toBe(true);
    expect(server.joins).toHaveLength(2);
  });

  test('leaving keeps it outside when the line returns', async () => {
    const meeting = await joined();
    server.cut();
    await meeting.leave();
    expect(meeting.membership.get()).toEqual({ kind: 'outside' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server.joins).toHaveLength(1);
  });
});

describe('a server of an earlier version', () => {
  test('lets a newer page in again, which then says nothing of what it has', async () => {
    server.version = 'earlier';
    const meeting = await joined();
    meeting.keepMedia(() => ({ transportId: 'transport-1', producers: [] }));
    expect((await meeting.setMedia('wanted')).ok).toBe(true);
    server.cut();
    await until(meeting.membership, ({ kind }) => kind === 'rejoining');
    await until(meeting.membership, ({ kind }) => kind === 'joined');
    expect(new Set(server.joins).size).toBe(1);
  });
});

describe('picture and sound while the meeting goes on', () => {
  test('are wanted or given up without leaving the room, under the same check-in, and so after a lost line', async () => {
    const meeting = await joined();
    const seen: string[] = [];
    meeting.membership.subscribe(() => seen.push(meeting.membership.get().kind));
    expect((await meeting.setMedia('wanted')).ok).toBe(true);
    expect(seen).toEqual(['joined']);
    server.cut();
    await until(meeting.membership, ({ kind }) => kind === 'rejoining');
    await until(meeting.membership, ({ kind }) => kind === 'joined');
    expect((await meeting.setMedia('unwanted')).ok).toBe(true);
    expect(server.mediaWishes).toEqual(['unwanted', 'wanted', 'wanted', 'unwanted']);
    expect(new Set(server.joins).size).toBe(1);
  });

  test('who is not in the room changes nothing', async () => {
    const meeting = new MeetingClient(connect(), meetingId);
    expect(await meeting.setMedia('wanted')).toMatchObject({ ok: false, code: 'notJoined' });
    expect(server.mediaWishes).toEqual([]);
  });

  test('a page that comes back asks for what it was not told', async () => {
    const meeting = await joined();
    server.record();
    meeting.check();
    await until(meeting.state, seqIs(1));
    expect(server.catchUps).toEqual([0]);
  });
});
