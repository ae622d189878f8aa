import { commandsDue } from '@diemcau/shared/domain/due.ts';
import { describe, expect, test } from 'vitest';
import {
  by,
  chair,
  clerk,
  created,
  hybridMeeting,
  items,
  material,
  opened,
  people,
  remoteMeeting,
  sealed,
  strangers,
  summoned,
  superior,
  system,
  TestMeeting,
} from './meeting-builder.ts';

const reason = 'Mất điện toàn xã';

describe('MEET1', () => {
  test('MEET1 chair opens, clerk calls the roll, and not before may a vote be opened', () => {
    const meeting = summoned();
    expect(meeting.refusal(chair, 'completeRollCall').code).toBe('meetingNotOpen');
    meeting.do(chair, 'openMeeting');
    meeting.remotely(people.secretary, people.an);
    const motion = {
      item: null,
      question: 'Cử thư ký',
      rule: 'procedural',
      purpose: 'electClerk',
      despiteWaiting: false,
    } as const;
    expect(meeting.refusal(chair, 'openVote', motion).code).toBe('rollCallNotDone');
    meeting.do(clerk, 'completeRollCall');
    meeting.do(chair, 'openVote', motion);
    expect(meeting.state.openVote).not.toBeNull();
  });

  test('MEET1 the clerk named at summoning keeps the roll before any vote confirms them', () => {
    const meeting = opened();
    expect(meeting.state.officers?.clerk).toBe(people.clerk);
    meeting.do(clerk, 'recordAttendance', { person: people.an, entry: { mode: 'remote' } });
    meeting.do(clerk, 'completeRollCall');
    expect(meeting.state.rollCall).toBe('done');
  });

  test('MEET1 opening makes the first item current, on all screens', () => {
    expect(opened().state.agenda.map(({ state }) => state)).toEqual(['current', 'pending', 'pending']);
  });

  test('MEET1 the roll call is completed once', () => {
    expect(remoteMeeting().refusal(clerk, 'completeRollCall').code).toBe('rollCallAlreadyDone');
  });
});

describe('MEET2', () => {
  test.each([
    ['secretary', people.secretary],
    ['deputy', people.deputy],
  ])('MEET2 the %s summons, postpones and cancels', (_, person) => {
    const meeting = created();
    meeting.do(by(person), 'postponeMeeting', { startsAt: meeting.now + 86_400_000, reason });
    meeting.do(by(person), 'summonMeeting');
    expect(meeting.state).toMatchObject({
      phase: 'summoned',
      facts: { startsAt: meeting.now + 86_400_000 },
    });
    meeting.do(by(person), 'cancelMeeting', { reason });
    expect(meeting.state).toMatchObject({ phase: 'cancelled', phaseReason: reason, endedAt: meeting.now });
  });

  test('MEET2 nobody else summons, and only the chair opens, suspends, continues and closes', () => {
    const meeting = created();
    for (const person of [people.clerk, people.committee, people.an]) {
      expect(meeting.refusal(by(person), 'summonMeeting').code).toBe('notAllowed');
    }
    meeting.do(chair, 'summonMeeting');
    for (const actor of [by(people.deputy), clerk, by(people.an), superior, system]) {
      expect(meeting.refusal(actor, 'openMeeting').code).toBe('notAllowed');
      expect(meeting.refusal(actor, 'closeMeeting').code).toBe('notAllowed');
    }
  });

  test('MEET2 a meeting can be made by the system only, and once', () => {
    const meeting = new TestMeeting();
    expect(meeting.refusal(chair, 'createMeeting', material()).code).toBe('notFound');
    expect(meeting.refusal(chair, 'openMeeting').code).toBe('notFound');
    const quiet = { lost: [], restored: [], sitesDark: [], sitesBack: [] };
    expect(meeting.refusal(system, 'reportLines', quiet).code).toBe('notFound');
    meeting.do(system, 'createMeeting', material());
    expect(meeting.refusal(system, 'createMeeting', material()).code).toBe('meetingExists');
  });

  test.each([
    ['who is not on the roll', strangers.other, 'officeHolderUnknown'],
    ['who is suspended', people.suspended, 'personExcluded'],
    ['who has been transferred', people.transferred, 'personExcluded'],
  ])('MEET2 %s holds no office', (_, person, code) => {
    const officers = { ...material().officers, clerk: person };
    expect(new TestMeeting().refusal(system, 'createMeeting', { ...material(), officers }).code).toBe(code);
    expect(created().refusal(chair, 'nameOfficers', { clerk: person }).code).toBe(code);
    expect(created().refusal(chair, 'nameOfficers', { deputyChair: person }).code).toBe(code);
  });

  test('MEET2 the secretary names officers until the opening, then the chair does', () => {
    const meeting = summoned();
    meeting.do(by(people.deputy), 'nameOfficers', { chair: people.deputy, deputyChair: people.secretary });
    meeting.do(by(people.deputy), 'openMeeting');
    expect(meeting.refusal(by(people.secretary), 'nameOfficers', { clerk: people.an }).code).toBe(
      'notAllowed',
    );
    meeting.do(by(people.deputy), 'nameOfficers', { clerk: people.an });
    expect(meeting.state.officers).toEqual({
      chair: people.deputy,
      deputyChair: people.secretary,
      clerk: people.an,
    });
  });

  test('MEET2 no officers are named once it is over, and a cancelled meeting stays cancelled', () => {
    expect(sealed().refusal(chair, 'nameOfficers', { clerk: people.an }).code).toBe('meetingOver');
    const meeting = summoned();
    meeting.do(chair, 'cancelMeeting', { reason });
    for (const type of ['summonMeeting', 'openMeeting', 'continueMeeting', 'resumeMeeting'] as const) {
      expect(meeting.refusal(chair, type).code).toBe('meetingOver');
    }
    expect(meeting.refusal(chair, 'cancelMeeting', { reason }).code).toBe('meetingOver');
    expect(meeting.refusal(chair, 'interruptMeeting', { reason }).code).toBe('meetingOver');
  });

  test('MEET2 a meeting that has begun is neither summoned again, nor postponed, nor cancelled', () => {
    const meeting = opened();
    expect(meeting.refusal(chair, 'summonMeeting').code).toBe('meetingBegun');
    expect(meeting.refusal(chair, 'cancelMeeting', { reason }).code).toBe('meetingBegun');
    expect(meeting.refusal(chair, 'postponeMeeting', { startsAt: 0, reason }).code).toBe('meetingBegun');
  });

  test('MEET2 opening asks for a summons, and a second opening changes nothing', () => {
    expect(created().refusal(chair, 'openMeeting').code).toBe('meetingNotSummoned');
    const meeting = opened();
    expect(meeting.do(chair, 'openMeeting')).toEqual([]);
    meeting.do(chair, 'suspendMeeting', { reason });
    expect(meeting.refusal(chair, 'openMeeting').code).toBe('meetingSuspended');
    meeting.do(chair, 'interruptMeeting', { reason });
    expect(meeting.refusal(chair, 'openMeeting').code).toBe('meetingNotOpen');
    expect(sealed().refusal(chair, 'openMeeting').code).toBe('meetingOver');
  });

  test('MEET2 a suspended meeting continues; nothing is decided and nobody speaks meanwhile', () => {
    const meeting = remoteMeeting();
    const request = meeting.ask(people.an);
    meeting.do(chair, 'grantFloor', { request, seconds: 60 });
    meeting.do(chair, 'suspendMeeting', { reason });
    expect(meeting.state.speaking.speech).toBeNull();
    expect(meeting.refusal(chair, 'moveAgenda', { to: items.news, leaveAs: 'done' }).code).toBe(
      'meetingNotOpen',
    );
    expect(meeting.refusal(by(people.an), 'askToSpeak', { kind: 'speech' }).code).toBe('meetingNotOpen');
    meeting.do(chair, 'continueMeeting');
    expect(meeting.state.phase).toBe('open');
    expect(meeting.do(chair, 'continueMeeting')).toEqual([]);
  });

  test('MEET2 no suspending over an open vote', () => {
    const meeting = remoteMeeting();
    meeting.openVote();
    expect(meeting.refusal(chair, 'suspendMeeting', { reason })).toEqual({
      code: 'openVotesRemain',
      params: { question: 'Thông qua nghị quyết' },
    });
  });
});

describe('MEET3', () => {
  test('MEET3 the minutes are adopted, then the meeting closes, then it is sealed', () => {
    const meeting = remoteMeeting();
    expect(meeting.refusal(chair, 'sealRecord').code).toBe('meetingNotClosed');
    expect(meeting.refusal(chair, 'closeMeeting').code).toBe('minutesNotAdopted');
    meeting.adoptMinutes();
    meeting.do(chair, 'closeMeeting');
    expect(meeting.state).toMatchObject({ phase: 'closed', endedAt: meeting.now });
    expect(meeting.state.agenda[0]?.state).toBe('done');
    meeting.do(clerk, 'sealRecord');
    expect(meeting.state.phase).toBe('sealed');
    expect(meeting.do(clerk, 'sealRecord')).toEqual([]);
  });

  test('MEET3 minutes that found no majority are not adopted', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote('procedural', { purpose: 'minutes' });
    meeting.mark(vote, 'inFavour', people.an).close(vote).do(chair, 'announceResult', { vote });
    expect(meeting.refusal(chair, 'closeMeeting').code).toBe('minutesNotAdopted');
  });

  test('MEET3 no closing over an open vote or a result that nobody has announced', () => {
    const meeting = remoteMeeting().adoptMinutes();
    const vote = meeting.openVote();
    expect(meeting.refusal(chair, 'closeMeeting').code).toBe('openVotesRemain');
    meeting.close(vote);
    expect(meeting.refusal(chair, 'closeMeeting').code).toBe('resultNotAnnounced');
    meeting.do(chair, 'annulVote', { vote, reason });
    meeting.do(chair, 'closeMeeting');
    expect(meeting.state.phase).toBe('closed');
  });

  test('MEET3 breaking off annuls the open vote, leaves the minutes unadopted and stops the speech', () => {
    const meeting = remoteMeeting();
    const request = meeting.ask(people.an);
    meeting.do(chair, 'grantFloor', { request, seconds: null });
    const vote = meeting.openVote('resolution', { despiteWaiting: true });
    meeting.do(chair, 'interruptMeeting', { reason });
    expect(meeting.vote(vote)).toMatchObject({ phase: 'annulled', annulledFor: reason });
    expect(meeting.state).toMatchObject({ phase: 'interrupted', openVote: null, minutesAdopted: false });
    expect(meeting.state.speaking.speech).toBeNull();
    expect(meeting.refusal(chair, 'closeMeeting').code).toBe('meetingNotOpen');
    expect(meeting.refusal(by(people.an), 'checkIn', { place: { mode: 'remote' } }).code).toBe(
      'meetingNotOpen',
    );
  });

  test('MEET3 the chair resumes on the same day in Vietnam, not on the next', () => {
    const meeting = remoteMeeting();
    meeting.do(chair, 'interruptMeeting', { reason });
    meeting.pass(4.4 * 3600);
    meeting.do(chair, 'resumeMeeting');
    expect(meeting.state).toMatchObject({ phase: 'open', endedAt: null, rollCall: 'done' });
    meeting.do(chair, 'interruptMeeting', { reason });
    meeting.pass(3600);
    expect(meeting.refusal(chair, 'resumeMeeting').code).toBe('notSameDay');
  });

  test('MEET3 empty for 60 minutes, the meeting is broken off by the system', () => {
    const meeting = remoteMeeting();
    for (const person of Object.values(people)) {
      if (meeting.state.roll[person]) meeting.give(by(person), { type: 'leaveMeeting' });
    }
    expect(meeting.state.emptySince).toBe(meeting.now);
    expect(commandsDue(meeting.pass(3_599).state, meeting.now)).toEqual([]);
    const [due] = commandsDue(meeting.pass(1).state, meeting.now);
    expect(due?.type).toBe('interruptMeeting');
    if (due) meeting.give(system, due);
    expect(meeting.state).toMatchObject({ phase: 'interrupted', emptySince: null });
    expect(commandsDue(meeting.pass(7_200).state, meeting.now)).toEqual([]);
  });

  test('MEET3 one who is reconnecting or away keeps the meeting from being empty', () => {
    const meeting = opened().remotely(people.an, people.binh);
    meeting.do(by(people.an), 'stepAway');
    meeting.do(by(people.binh), 'leaveMeeting');
    expect(meeting.state.emptySince).toBeNull();
    meeting.do(by(people.an), 'leaveMeeting');
    expect(meeting.state.emptySince).toBe(meeting.now);
    meeting.pass(60).remotely(people.an);
    expect(meeting.state.emptySince).toBeNull();
  });

  test('MEET3 nothing is logged after the sealing, whoever gives whatever', () => {
    const meeting = hybridMeeting().adoptMinutes();
    meeting.do(superior, 'attendAsSuperior');
    const request = meeting.ask(people.an);
    const lost = [people.cuong, strangers.superior];
    meeting.do(system, 'reportLines', { lost, restored: [], sitesDark: [], sitesBack: [] });
    meeting.do(chair, 'closeMeeting');
    meeting.do(chair, 'sealRecord');
    const { seq } = meeting.pass(100).state;
    expect(commandsDue(meeting.state, meeting.now)).toEqual([]);
    meeting.give(system, { type: 'endGrace', persons: lost });
    meeting.give(superior, { type: 'leaveAsSuperior' });
    meeting.give(chair, { type: 'reorderQueue', order: [request] });
    meeting.give(by(people.an), { type: 'withdrawRequest', request });
    meeting.give(clerk, { type: 'sealRecord' });
    expect(meeting.state.seq).toBe(seq);
  });
});
