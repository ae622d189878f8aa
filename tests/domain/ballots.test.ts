import { voteRules } from '@diemcau/shared/domain/vote-rules.ts';
import type { BallotBox, VoteRuleId } from '@diemcau/shared/domain/vote-types.ts';
import { describe, expect, test } from 'vitest';
import {
  by,
  chair,
  clerk,
  counts,
  hybridMeeting,
  items,
  people,
  remoteMeeting,
  sites,
  system,
  terminal,
} from './meeting-builder.ts';

const box = (more: Partial<BallotBox> = {}): BallotBox => ({
  site: sites.village,
  issued: 3,
  returned: 3,
  invalid: 0,
  inFavour: 2,
  against: 1,
  noOpinion: 0,
  certifiedBy: people.leader,
  ...more,
});
const discipline = (...boxes: readonly BallotBox[]) => ({
  item: null,
  rule: 'discipline' as const,
  question: 'Hình thức kỷ luật',
  candidate: null,
  boxes,
});

describe('VOTE23', () => {
  test('VOTE23 the result of a ballot in the room is entered with its boxes and who certifies them', () => {
    const meeting = hybridMeeting();
    meeting.do(chair, 'recordBallot', discipline(box()));
    const [ballot] = meeting.state.ballots;
    expect(ballot?.boxes[0]?.certifiedBy).toBe(people.leader);
    expect(ballot?.result.total).toEqual(counts(2, 1, 0, 0));
    // Nine on the roll less deductions: two in favour are no majority.
    expect(ballot?.result).toMatchObject({ denominator: 10, need: 6, passed: false });
  });

  test.each([
    ['more came back than went out', box({ returned: 4, inFavour: 3 }), 'ballotDoesntAddUp'],
    ['the kinds don’t add up to what came back', box({ invalid: 1 }), 'ballotDoesntAddUp'],
    ['more went out than electors sit there', box({ issued: 4, returned: 4, inFavour: 3 }), 'tooManyBallots'],
    ['who enters it certifies it', box({ certifiedBy: people.secretary }), 'officeHolderUnknown'],
    ['the certifier sits elsewhere', box({ certifiedBy: people.dung }), 'officeHolderUnknown'],
  ] as const)('VOTE23 refused: %s', (_, wrong, code) => {
    expect(hybridMeeting().refusal(chair, 'recordBallot', discipline(wrong)).code).toBe(code);
  });

  test('VOTE23 one box for each site', () => {
    expect(hybridMeeting().refusal(chair, 'recordBallot', discipline(box(), box())).code).toBe('malformed');
  });

  test('VOTE23 a matter for hands has no box', () => {
    const ballot = { ...discipline(box()), rule: 'resolution' as const };
    expect(hybridMeeting().refusal(chair, 'recordBallot', ballot).code).toBe('ballotNotAllowed');
  });

  test('VOTE23 remote members have no card by default, and the committee may permit it', () => {
    const off = hybridMeeting();
    const vote = off.openVote('admission', { candidate: 'Hồ Thị Dự' });
    expect(off.vote(vote).units.map(({ unit }) => unit)).toEqual([sites.hall, sites.village]);
    expect(off.vote(vote).opening.leftOut).toContainEqual({ person: people.cuong, reason: 'remoteCard' });
    const on = hybridMeeting({ remoteCards: 'on' });
    const open = on.openVote('admission', { candidate: 'Hồ Thị Dự' });
    expect(on.vote(open).units.map(({ unit }) => unit)).toContain('remote');
  });
});

describe('secret matters by show of hands', () => {
  const secret = (Object.keys(voteRules) as VoteRuleId[]).filter(
    (rule) => voteRules[rule].method === 'secretBallotInRoom',
  );

  test('VOTE8 the three secret matters are discipline, election and expulsion', () => {
    expect(secret.sort()).toEqual(['discipline', 'election', 'expulsionProposal']);
  });

  test.each(['discipline', 'election', 'expulsionProposal'] as const)(
    'VOTE23 %s by show of hands is refused with the rule’s name',
    (rule) => {
      const refusal = hybridMeeting().refusal(chair, 'openVote', {
        item: null,
        question: 'Biểu quyết',
        rule,
        purpose: 'motion',
        despiteWaiting: false,
      });
      expect(refusal).toEqual({ code: 'showOfHandsNotAllowed', params: { rule } });
    },
  );

  test('VOTE2 a committee’s own majority freezes into the opening with its version', () => {
    const votes = {
      resolution: { version: 7, denominator: 'presentEligible', majority: 'atLeastTwoThirds' },
    } as const;
    const meeting = remoteMeeting({ votes });
    const vote = meeting.openVote();
    expect(meeting.vote(vote).opening).toMatchObject({ ruleVersion: 7, denominator: 9, need: 6 });
    meeting
      .mark(vote, 'inFavour', people.an, people.binh, people.cuong, people.dung, people.leader)
      .close(vote);
    expect(meeting.vote(vote).tallied?.passed).toBe(false);
  });

  test.each(['admission', 'officialRecognition'] as const)(
    'VOTE8 %s is voted on one candidate at a time',
    (rule) => {
      const question = {
        item: null,
        question: 'Xét',
        rule,
        purpose: 'motion',
        despiteWaiting: false,
      } as const;
      expect(hybridMeeting().refusal(chair, 'openVote', question).code).toBe('candidateNeeded');
    },
  );
});

describe('VOTE12', () => {
  test('VOTE12 the minority reserves its opinion, whichever way the vote went', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote('procedural');
    meeting.mark(vote, 'inFavour', people.an, people.binh, people.cuong, people.dung, people.leader);
    meeting.mark(vote, 'against', people.committee).close(vote);
    const text = 'Đề nghị bàn thêm về kinh phí';
    expect(meeting.refusal(by(people.committee), 'reserveOpinion', { vote, text }).code).toBe(
      'resultNotAnnounced',
    );
    meeting.do(chair, 'announceResult', { vote });
    meeting.do(by(people.committee), 'reserveOpinion', { vote, text });
    expect(meeting.vote(vote).reserved).toEqual([{ person: people.committee, text }]);
    expect(meeting.refusal(by(people.an), 'reserveOpinion', { vote, text }).code).toBe('notInMinority');
    expect(meeting.refusal(by(people.committee), 'reserveOpinion', { vote, text }).code).toBe(
      'alreadyReserved',
    );
  });

  test('VOTE12 when a motion fails those in favour are the minority', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote('procedural');
    meeting.mark(vote, 'inFavour', people.an).mark(vote, 'against', people.binh).close(vote);
    meeting.do(chair, 'announceResult', { vote });
    expect(meeting.refusal(by(people.binh), 'reserveOpinion', { vote, text: 'x' }).code).toBe(
      'notInMinority',
    );
    meeting.do(by(people.an), 'reserveOpinion', { vote, text: 'Vẫn đề nghị làm' });
  });

  test('VOTE12 where hands were counted an elector’s own word counts; a stranger to the vote has none', () => {
    const meeting = hybridMeeting();
    const vote = meeting.openVote('procedural');
    meeting
      .count(vote, sites.village, counts(3, 0, 0, 0))
      .do(clerk, 'confirmCount', { vote, site: sites.village });
    meeting.close(vote).do(chair, 'announceResult', { vote });
    meeting.do(by(people.an), 'reserveOpinion', { vote, text: 'Tôi không giơ tay' });
    const refusal = meeting.refusal(by(people.probationary), 'reserveOpinion', { vote, text: 'x' });
    expect(refusal.code).toBe('notAnElector');
  });
});

describe('VOTE17', () => {
  const dark = { lost: [], restored: [], sitesDark: [sites.village], sitesBack: [] };
  const byTelephone = (vote: ReturnType<ReturnType<typeof hybridMeeting>['openVote']>) => ({
    vote,
    site: sites.village,
    counts: counts(2, 1, 0, 0),
    means: 'telephone' as const,
    readBy: people.leader,
  });

  test('VOTE17 a site that went dark is counted by telephone, marked so, and another person calls back', () => {
    const meeting = hybridMeeting();
    const vote = meeting.openVote();
    meeting.do(system, 'reportLines', dark);
    meeting.do(clerk, 'enterCount', byTelephone(vote));
    expect(meeting.vote(vote).counts[sites.village]).toMatchObject({
      means: 'telephone',
      readBy: people.leader,
    });
    expect(meeting.refusal(clerk, 'confirmCount', { vote, site: sites.village }).code).toBe(
      'secondPersonNeeded',
    );
    meeting.do(chair, 'confirmCount', { vote, site: sites.village });
    meeting.close(vote);
    expect(meeting.vote(vote).tallied?.total).toEqual(counts(2, 1, 0, 6));
  });

  test('VOTE17 not while the site’s line is there, not by its own people, not without who read it', () => {
    const meeting = hybridMeeting();
    const vote = meeting.openVote();
    expect(meeting.refusal(clerk, 'enterCount', byTelephone(vote)).code).toBe('siteNotDark');
    meeting.do(system, 'reportLines', dark);
    expect(meeting.refusal(by(people.leader), 'enterCount', byTelephone(vote)).code).toBe('notAllowed');
    const unread = { ...byTelephone(vote), readBy: null };
    expect(meeting.refusal(clerk, 'enterCount', unread).code).toBe('officeHolderUnknown');
  });

  test('VOTE17 a count that was confirmed stands when the line goes afterwards', () => {
    const meeting = hybridMeeting();
    const vote = meeting.openVote();
    meeting
      .count(vote, sites.village, counts(3, 0, 0, 0))
      .do(clerk, 'confirmCount', { vote, site: sites.village });
    meeting.do(system, 'reportLines', dark);
    meeting.close(vote);
    expect(meeting.vote(vote).tallied?.total.inFavour).toBe(3);
  });

  test('VOTE17 or the chair annuls', () => {
    const meeting = hybridMeeting();
    const vote = meeting.openVote();
    meeting.do(system, 'reportLines', dark);
    meeting.do(chair, 'annulVote', { vote, reason: 'Mất liên lạc với Thôn Hai' });
    expect(meeting.state.openVote).toBeNull();
  });
});

describe('VOTE21', () => {
  test('VOTE21 a tap in the hall against the own device’s mark is refused and told to the clerk once', () => {
    const meeting = hybridMeeting();
    const vote = meeting.openVote();
    meeting.mark(vote, 'against', people.dung);
    const tap = { vote, choice: 'inFavour', person: people.dung } as const;
    expect(meeting.refusal(terminal(sites.hall, people.secretary), 'castMark', tap).code).toBe(
      'alreadyMarked',
    );
    meeting.refusal(terminal(sites.hall, people.secretary), 'castMark', tap);
    expect(meeting.vote(vote).conflicts).toEqual([people.dung]);
    expect(meeting.vote(vote).choices[people.dung]).toBe('against');
  });
});

describe('AGD5, AGD8', () => {
  const inPerson = {
    title: 'Thời sự',
    kind: 'news',
    presenter: null,
    minutes: 10,
    draftDecision: null,
    inPersonOnly: true,
  } as const;

  test('AGD5 a paper marked secret is refused', () => {
    const meeting = hybridMeeting();
    const papers = [{ title: 'Báo cáo', marking: 'mật' as const }];
    const item = { ...inPerson, papers };
    expect(meeting.refusal(chair, 'addAgendaItem', { item, after: null }).code).toBe('secretPaper');
    expect(meeting.refusal(chair, 'editAgendaItem', { item: items.news, changes: item }).code).toBe(
      'secretPaper',
    );
  });

  test('AGD8 remote members stay present while an item is in person only, and don’t vote on it', () => {
    const meeting = hybridMeeting();
    meeting.do(chair, 'editAgendaItem', { item: items.news, changes: inPerson });
    meeting.do(chair, 'moveAgenda', { to: items.news, leaveAs: 'done' });
    expect(meeting.state.attendance[people.cuong]?.presence.mode).toBe('remote');
    const vote = meeting.openVote();
    expect(meeting.vote(vote).opening.leftOut).toContainEqual({
      person: people.cuong,
      reason: 'remoteInPersonItem',
    });
    expect(meeting.vote(vote).units.map(({ unit }) => unit)).not.toContain('remote');
  });
});

describe('SPK5 opinions in writing', () => {
  test('SPK5 stand in the same queue, beside a spoken request, and are read by the chair or the clerk', () => {
    const meeting = remoteMeeting();
    meeting.do(by(people.an), 'writeOpinion', { text: 'Đề nghị sửa đường' });
    meeting.ask(people.an);
    const [written] = meeting.state.speaking.queue;
    if (!written) throw new Error('nothing waits');
    expect(meeting.refusal(chair, 'grantFloor', { request: written.id, seconds: 60 }).code).toBe(
      'requestUnknown',
    );
    meeting.do(clerk, 'readOpinion', { request: written.id });
    expect(meeting.state.speaking.given.at(-1)).toMatchObject({
      person: people.an,
      text: 'Đề nghị sửa đường',
    });
    expect(meeting.state.speaking.queue).toHaveLength(1);
  });
});

describe('MIN2, MIN5', () => {
  test('MIN2 the clerk words the minutes until they are adopted', () => {
    const meeting = remoteMeeting();
    meeting.do(clerk, 'wordMinutes', { part: 'conclusion', text: 'Chi bộ thống nhất' });
    expect(meeting.state.wording).toEqual({ conclusion: 'Chi bộ thống nhất' });
    expect(meeting.refusal(chair, 'wordMinutes', { part: 'conclusion', text: 'Khác' }).code).toBe(
      'notAllowed',
    );
    meeting.adoptMinutes();
    expect(meeting.refusal(clerk, 'wordMinutes', { part: 'conclusion', text: 'Khác' }).code).toBe(
      'minutesAdopted',
    );
  });

  test('MIN5 a later meeting adopts a supplement; the sealed minutes stay', () => {
    const meeting = remoteMeeting();
    const supplement = {
      meeting: 'cuoc-hop-truoc' as never,
      title: 'Biên bản tháng 10',
      text: 'Sửa số liệu',
    };
    meeting.do(clerk, 'proposeSupplement', supplement);
    const vote = meeting.openVote('procedural', { purpose: 'supplement' });
    expect(meeting.refusal(clerk, 'proposeSupplement', supplement).code).toBe('openVotesRemain');
    meeting
      .mark(vote, 'inFavour', people.an, people.binh, people.cuong, people.dung, people.leader)
      .close(vote);
    expect(meeting.state.supplements[0]?.outcome).toBe('pending');
    meeting.do(chair, 'announceResult', { vote });
    expect(meeting.state.supplements[0]?.outcome).toBe('adopted');
    meeting.adoptMinutes();
    expect(meeting.refusal(clerk, 'proposeSupplement', supplement).code).toBe('minutesAdopted');
  });

  test('MIN5 what was rejected is not carried along by the vote on the next one', () => {
    const meeting = remoteMeeting();
    const propose = (title: string) =>
      meeting.do(clerk, 'proposeSupplement', {
        meeting: 'cuoc-hop-truoc' as never,
        title,
        text: 'Sửa số liệu',
      });
    const five = [people.an, people.binh, people.cuong, people.dung, people.leader];
    for (const [title, choice] of [
      ['Tháng 9', 'against'],
      ['Tháng 10', 'inFavour'],
    ] as const) {
      propose(title);
      const vote = meeting.openVote('procedural', { purpose: 'supplement' });
      meeting
        .mark(vote, choice, ...five)
        .close(vote)
        .do(chair, 'announceResult', { vote });
    }
    expect(meeting.state.supplements.map(({ outcome }) => outcome)).toEqual(['rejected', 'adopted']);
  });
});
