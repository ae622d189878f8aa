import { describe, expect, test } from 'vitest';
import { by, chair, clerk, hybridMeeting, opened, people, sites, system } from './meeting-builder.ts';

const motion = {
  item: null,
  question: 'Thông qua nghị quyết',
  rule: 'procedural',
  purpose: 'motion',
  despiteWaiting: false,
} as const;

const nobodysLine = { lost: [], restored: [], sitesDark: [], sitesBack: [] };

/** The table "At the edge" of SPEC.md, row by row. */
describe('what a vote comes to at the edge', () => {
  test('VOTE8 VOTE19 a tie does not pass, and there is no casting vote: whoever chairs has one hand', () => {
    const meeting = opened().remotely(people.secretary, people.clerk, people.an, people.binh);
    meeting.do(clerk, 'completeRollCall');
    const vote = meeting.openVote('procedural');
    meeting.mark(vote, 'inFavour', people.secretary, people.an);
    meeting.mark(vote, 'against', people.clerk, people.binh).close(vote);
    const { tallied } = meeting.vote(vote);
    expect(tallied).toMatchObject({ denominator: 4, need: 3, passed: false });
    expect(tallied?.total).toEqual({ inFavour: 2, against: 2, noOpinion: 0, notVoted: 0 });
    meeting.do(chair, 'announceResult', { vote });
    // It may be put again, as a vote of its own.
    expect(meeting.openVote('procedural')).not.toBe(vote);
  });

  test('VOTE1 an empty electorate: nothing is opened, nothing is logged', () => {
    const meeting = opened().remotely(people.probationary, people.guestMember);
    meeting.do(clerk, 'completeRollCall');
    const { seq } = meeting.state;
    expect(meeting.refusal(chair, 'openVote', motion).code).toBe('emptyElectorate');
    expect(meeting.state.openVote).toBeNull();
    expect(meeting.state.seq).toBe(seq);
  });

  test('VOTE4 VOTE9 a vote that nobody answers closes like any other: all not voted, not passed', () => {
    const meeting = opened().remotely(people.secretary, people.clerk, people.an);
    meeting.do(clerk, 'completeRollCall');
    const vote = meeting.openVote('procedural');
    meeting.close(vote);
    expect(meeting.vote(vote).notVoted).toHaveLength(3);
    expect(meeting.vote(vote).tallied).toMatchObject({
      passed: false,
      total: { inFavour: 0, against: 0, noOpinion: 0, notVoted: 3 },
    });
  });

  test('VOTE2 VOTE5 whose status changes in the middle keeps the one hand of the opening, and nobody gets one', () => {
    const meeting = opened().remotely(people.secretary, people.clerk, people.an, people.binh, people.cuong);
    meeting.do(clerk, 'completeRollCall');
    const vote = meeting.openVote('procedural');
    meeting.mark(vote, 'inFavour', people.an, people.cuong);
    meeting.do(by(people.an), 'leaveMeeting');
    meeting.do(by(people.binh), 'stepAway');
    meeting.do(clerk, 'recordAttendance', {
      person: people.cuong,
      entry: { mode: 'onSite', site: sites.hall },
    });
    meeting.do(by(people.dung), 'checkIn', { place: { mode: 'remote' } });
    expect(meeting.refusal(by(people.dung), 'castMark', { vote, choice: 'inFavour' }).code).toBe(
      'notAnElector',
    );
    meeting.mark(vote, 'against', people.an, people.binh);
    meeting.close(vote);
    expect(meeting.vote(vote).units.map(({ electors }) => electors.length)).toEqual([5]);
    expect(meeting.vote(vote).tallied).toMatchObject({
      denominator: 5,
      total: { inFavour: 1, against: 2, noOpinion: 0, notVoted: 2 },
    });
  });

  test('VOTE17 a site that goes dark after its count was confirmed: the count stands, and its people are not unreached', () => {
    const meeting = hybridMeeting();
    const vote = meeting.openVote();
    const counts = { inFavour: 2, against: 1, noOpinion: 0, notVoted: 0 };
    meeting.count(vote, sites.village, counts).do(clerk, 'confirmCount', { vote, site: sites.village });
    meeting.do(system, 'reportLines', { ...nobodysLine, sitesDark: [sites.village] });
    meeting.close(vote);
    expect(meeting.vote(vote).unreached).toEqual([]);
    expect(meeting.vote(vote).tallied?.units.find(({ unit }) => unit === sites.village)?.counts).toEqual(
      counts,
    );
  });
});
