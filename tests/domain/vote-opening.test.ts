import { voteRules } from '@diemcau/shared/domain/vote-rules.ts';
import { voteRuleIds } from '@diemcau/shared/domain/vote-types.ts';
import type { PersonId } from '@diemcau/shared/ids.ts';
import { describe, expect, test } from 'vitest';
import {
  by,
  chair,
  clerk,
  electors,
  hybridMeeting,
  opened,
  people,
  remoteMeeting,
  sealed,
  sites,
  strangers,
  superior,
  system,
  type TestMeeting,
  terminal,
} from './meeting-builder.ts';

const motion = {
  item: null,
  question: 'Thông qua nghị quyết',
  rule: 'resolution',
  purpose: 'motion',
  despiteWaiting: false,
} as const;

const electorsOf = (meeting: TestMeeting): readonly PersonId[] =>
  meeting.vote(meeting.openVote()).opening.units.flatMap((unit) => unit.electors);

describe('VOTE1', () => {
  test('VOTE1 present official members vote, on site and remote, the exempt who came included', () => {
    const meeting = hybridMeeting().remotely(people.exempt, people.duty);
    expect(new Set(electorsOf(meeting))).toEqual(new Set([...electors, people.exempt, people.duty]));
  });

  test('VOTE1 reconnecting and away at the opening stay in', () => {
    const meeting = remoteMeeting();
    meeting.do(by(people.an), 'stepAway');
    meeting.do(system, 'reportLines', {
      lost: [people.binh],
      restored: [],
      sitesDark: [],
      sitesBack: [],
    });
    expect(electorsOf(meeting)).toEqual(expect.arrayContaining([people.an, people.binh]));
  });

  test('VOTE24 each who has no vote is left out with the reason', () => {
    const meeting = remoteMeeting().remotely(people.probationary, people.guestMember, people.detained);
    meeting.do(by(people.cuong), 'leaveMeeting');
    expect(
      new Map(meeting.vote(meeting.openVote()).opening.leftOut.map((l) => [l.person, l.reason])),
    ).toEqual(
      new Map([
        [people.probationary, 'probationary'],
        [people.guestMember, 'temporaryIn'],
        [people.transferred, 'temporaryOut'],
        [people.suspended, 'suspended'],
        [people.detained, 'detained'],
        [people.cuong, 'absent'],
        [people.duty, 'notCheckedIn'],
        [people.exempt, 'notCheckedIn'],
      ]),
    );
  });

  test.each([
    ['probationary', people.probationary, 'probationary'],
    ['temporary', people.guestMember, 'temporaryIn'],
    ['detained', people.detained, 'detained'],
    ['late', people.exempt, 'notCheckedIn'],
  ])('VOTE1 a mark of the %s member is refused and leaves no trace', (_, person, reason) => {
    const meeting = remoteMeeting().remotely(people.probationary, people.guestMember, people.detained);
    const vote = meeting.openVote();
    meeting.remotely(people.exempt);
    const { seq } = meeting.state;
    expect(meeting.refusal(by(person), 'castMark', { vote, choice: 'inFavour' })).toEqual({
      code: 'notAnElector',
      params: { reason },
    });
    expect(meeting.state.seq).toBe(seq);
  });

  test('VOTE1 neither a superior nor a member of another cell votes', () => {
    const meeting = remoteMeeting();
    meeting.do(superior, 'attendAsSuperior');
    const vote = meeting.openVote();
    expect(meeting.refusal(superior, 'castMark', { vote, choice: 'inFavour' })).toEqual({
      code: 'notAnElector',
      params: { reason: 'notOfThisCell' },
    });
    expect(meeting.refusal(by(strangers.other), 'castMark', { vote, choice: 'inFavour' }).code).toBe(
      'notAllowed',
    );
  });

  test('VOTE22 no proxy: nobody marks for another from an own device, chair and clerk included', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote();
    for (const actor of [chair, clerk, by(people.binh)]) {
      expect(meeting.refusal(actor, 'castMark', { vote, choice: 'inFavour', person: people.an }).code).toBe(
        'notAllowed',
      );
    }
    meeting.do(by(people.an), 'castMark', { vote, choice: 'inFavour', person: people.an });
  });

  test('VOTE1 no vote without an elector', () => {
    const meeting = opened().remotely(people.probationary);
    meeting.do(clerk, 'completeRollCall');
    expect(meeting.refusal(chair, 'openVote', motion).code).toBe('emptyElectorate');
  });
});

describe('VOTE2', () => {
  test('VOTE2 electors, denominator, need and rule version freeze in the opening', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote();
    const { opening } = meeting.vote(vote);
    expect(opening).toMatchObject({
      rule: 'resolution',
      ruleVersion: 1,
      denominator: 10,
      need: 6,
      despiteWaiting: false,
    });
    meeting.remotely(people.duty, people.exempt);
    meeting.do(by(people.an), 'leaveMeeting');
    expect(meeting.vote(vote).opening).toEqual(opening);
    expect(meeting.vote(vote).units).toEqual(opening.units);
  });

  test('VOTE2 who left keeps the hand that the opening gave', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote();
    meeting.do(by(people.an), 'leaveMeeting');
    meeting.remotely(people.an).mark(vote, 'inFavour', people.an);
    expect(meeting.vote(vote).marked).toEqual({ [people.an]: 'device' });
  });

  test('VOTE2 the opening warns of electors-to-be who are provisional, and of nobody else', () => {
    const meeting = hybridMeeting();
    meeting.do(terminal(sites.village), 'checkInAtSite', { person: people.exempt });
    meeting.do(terminal(sites.village), 'checkInAtSite', { person: people.probationary });
    expect(meeting.vote(meeting.openVote()).opening.unchecked).toEqual([people.exempt]);
  });

  test('VOTE19 the chair annuls before the result and opens anew with who has come since', () => {
    const meeting = remoteMeeting();
    const first = meeting.openVote();
    meeting.mark(first, 'against', people.an).remotely(people.duty);
    expect(meeting.refusal(clerk, 'annulVote', { vote: first, reason: 'Đến muộn' }).code).toBe('notAllowed');
    meeting.do(chair, 'annulVote', { vote: first, reason: 'Đến muộn' });
    expect(meeting.vote(first)).toMatchObject({ phase: 'annulled', annulledFor: 'Đến muộn', result: null });
    expect(meeting.do(chair, 'annulVote', { vote: first, reason: 'Lần nữa' })).toEqual([]);
    expect(meeting.refusal(by(people.an), 'castMark', { vote: first, choice: 'inFavour' }).code).toBe(
      'voteNotOpen',
    );
    const second = meeting.openVote();
    expect(meeting.vote(second).units.flatMap((unit) => unit.electors)).toContain(people.duty);
    expect(meeting.vote(second).marked).toEqual({});
  });

  test('VOTE19 an announced vote is annulled no more', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote();
    meeting.close(vote).do(chair, 'announceResult', { vote });
    expect(meeting.refusal(chair, 'annulVote', { vote, reason: 'Sai' }).code).toBe('voteAnnounced');
  });
});

describe('VOTE5', () => {
  test('VOTE5 each elector belongs to one unit: remote, a hall by name, a hall by its teller', () => {
    const meeting = hybridMeeting();
    expect(meeting.vote(meeting.openVote()).units).toEqual([
      { unit: sites.hall, method: 'byName', electors: [people.secretary, people.dung] },
      {
        unit: 'remote',
        method: 'byName',
        electors: [people.deputy, people.clerk, people.committee, people.cuong],
      },
      { unit: sites.village, method: 'byTeller', electors: [people.leader, people.an, people.binh] },
    ]);
  });

  test('VOTE5 who is away from a hall is counted there', () => {
    const meeting = hybridMeeting();
    meeting.do(by(people.an), 'stepAway');
    const village = meeting.vote(meeting.openVote()).units.find(({ unit }) => unit === sites.village);
    expect(village?.electors).toContain(people.an);
  });

  test('VOTE5 a method set during the vote is for the next one', () => {
    const meeting = hybridMeeting();
    const vote = meeting.openVote();
    meeting.do(chair, 'setSiteMethod', { site: sites.village, method: 'byName' });
    expect(meeting.refusal(by(people.an), 'castMark', { vote, choice: 'inFavour' }).code).toBe(
      'countedByTeller',
    );
  });
});

describe('VOTE13', () => {
  test('VOTE13 with people waiting to speak the chair opens only by saying so, and that is logged', () => {
    const meeting = remoteMeeting();
    const request = meeting.ask(people.an);
    meeting.ask(people.binh);
    expect(meeting.refusal(chair, 'openVote', motion)).toEqual({
      code: 'speakersWaiting',
      params: { count: 2 },
    });
    meeting.do(chair, 'grantFloor', { request, seconds: 60 });
    expect(meeting.refusal(chair, 'openVote', motion).params).toEqual({ count: 2 });
    const vote = meeting.openVote('resolution', { despiteWaiting: true });
    expect(meeting.vote(vote).opening.despiteWaiting).toBe(true);
  });

  test('VOTE13 with nobody waiting there was nothing to say', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote('resolution', { despiteWaiting: true });
    expect(meeting.vote(vote).opening.despiteWaiting).toBe(false);
  });

  test('VOTE13 who has left waits no more', () => {
    const meeting = remoteMeeting();
    meeting.ask(people.an);
    meeting.do(by(people.an), 'leaveMeeting');
    meeting.do(chair, 'openVote', motion);
    expect(meeting.state.openVote).not.toBeNull();
  });
});

describe('VOTE14', () => {
  test('VOTE14 who runs a vote may vote: chair and clerk are electors like others', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote();
    meeting.mark(vote, 'against', people.secretary, people.clerk);
    meeting.close(vote);
    expect(meeting.vote(vote).tallied?.total.against).toBe(2);
  });

  test('VOTE14 the teller of a hall is one of its electors', () => {
    const meeting = hybridMeeting();
    meeting.do(chair, 'nameTeller', { site: sites.village, person: people.an });
    const village = meeting.vote(meeting.openVote()).units.find(({ unit }) => unit === sites.village);
    expect(village?.electors).toContain(people.an);
  });
});

describe('VOTE kinds', () => {
  test.each(voteRuleIds)(
    'VOTE8 rule %s is opened by hands or cards only where these may decide it',
    (rule) => {
      const meeting = remoteMeeting({ remoteCards: 'on' });
      const byHands = ['procedural', 'resolution', 'scoreApproval', 'exemptionApproval'].includes(rule);
      expect(voteRules[rule].method === 'showOfHands').toBe(byHands);
      const inRoom = ['discipline', 'election', 'expulsionProposal'].includes(rule);
      const decision = meeting.give(chair, { type: 'openVote', ...motion, rule, candidate: 'Hồ Thị Dự' });
      if (!inRoom) expect(decision.ok).toBe(true);
      else expect(decision).toMatchObject({ refusal: { code: 'showOfHandsNotAllowed', params: { rule } } });
    },
  );

  test('VOTE2 one vote at a time, only in an open meeting, on an item of the programme or on none', () => {
    const meeting = remoteMeeting();
    const nowhere = { ...motion, item: strangers.other as never };
    expect(meeting.refusal(chair, 'openVote', nowhere).code).toBe('itemUnknown');
    const vote = meeting.openVote();
    expect(meeting.refusal(clerk, 'openVote', motion).code).toBe('voteOpenAlready');
    meeting.close(vote);
    expect(meeting.refusal(clerk, 'openVote', motion).code).toBe('voteOpenAlready');
    expect(sealed().refusal(chair, 'openVote', motion).code).toBe('meetingOver');
    const paused = remoteMeeting();
    paused.do(chair, 'suspendMeeting', { reason: 'Nghỉ giải lao' });
    expect(paused.refusal(chair, 'openVote', motion).code).toBe('meetingNotOpen');
  });
});
