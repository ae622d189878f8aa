import { eventFor, viewerOf } from '@diemcau/shared/domain/audience.ts';
import { redact } from '@diemcau/shared/domain/redact.ts';
import { handStateOf, voteProgress } from '@diemcau/shared/domain/selectors.ts';
import type { Choice } from '@diemcau/shared/domain/vote-types.ts';
import { describe, expect, test } from 'vitest';
import {
  by,
  chair,
  clerk,
  counts,
  hybridMeeting,
  people,
  remote,
  remoteMeeting,
  sites,
  strangers,
  system,
  terminal,
} from './meeting-builder.ts';

describe('VOTE3', () => {
  test('VOTE3 one person, one hand: a second device changes the mark and adds none', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote();
    meeting.mark(vote, 'inFavour', people.an).mark(vote, 'against', people.an);
    meeting.close(vote);
    expect(meeting.vote(vote).tallied?.total).toEqual(counts(0, 1, 0, 8));
  });

  test('VOTE3 the log keeps each mark, and says once that the person has voted', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote();
    for (const choice of ['inFavour', 'against', 'noOpinion'] as const) meeting.mark(vote, choice, people.an);
    const logged = meeting.log.flatMap(({ type, data }) =>
      type === 'choiceRecorded' && data ? [data.choice] : [],
    );
    expect(logged).toEqual(['inFavour', 'against', 'noOpinion']);
    expect(meeting.log.filter(({ type }) => type === 'voteMarked')).toHaveLength(1);
  });

  test('VOTE3 after closing the mark stands', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote();
    meeting.mark(vote, 'inFavour', people.an).close(vote);
    expect(meeting.refusal(by(people.an), 'castMark', { vote, choice: 'against' }).code).toBe('voteClosed');
    expect(meeting.vote(vote).tallied?.total.inFavour).toBe(1);
  });
});

describe('VOTE4', () => {
  test('VOTE4 three choices, and who gave none is not voted', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote();
    meeting.mark(vote, 'inFavour', people.an, people.binh, people.cuong);
    meeting.mark(vote, 'against', people.dung, people.leader);
    meeting.mark(vote, 'noOpinion', people.deputy);
    meeting.close(vote);
    expect(meeting.vote(vote).tallied?.total).toEqual(counts(3, 2, 1, 3));
    expect(meeting.vote(vote).notVoted).toEqual([people.secretary, people.clerk, people.committee]);
  });
});

describe('VOTE5', () => {
  test('VOTE5 in a hall that is counted an own device’s mark is refused with the hall’s name', () => {
    const meeting = hybridMeeting();
    const vote = meeting.openVote();
    const refusal = { code: 'countedByTeller', params: { site: 'Thôn Hai' } };
    expect(meeting.refusal(by(people.an), 'castMark', { vote, choice: 'inFavour' })).toEqual(refusal);
    const tap = { vote, choice: 'inFavour', person: people.an } as const;
    expect(meeting.refusal(terminal(sites.village), 'castMark', tap)).toEqual(refusal);
    expect(handStateOf(meeting.vote(vote), people.an)).toEqual({
      kind: 'countedAtSite',
      site: sites.village,
    });
    expect(handStateOf(meeting.vote(vote), people.cuong)).toEqual({ kind: 'mayMark' });
    expect(handStateOf(meeting.vote(vote), people.probationary)).toEqual({
      kind: 'noElector',
      reason: 'probationary',
    });
    expect(handStateOf(meeting.vote(vote), strangers.other)).toMatchObject({ reason: 'notOfThisCell' });
  });

  test('VOTE5 a terminal taps for people of its own hall, by name', () => {
    const meeting = hybridMeeting();
    const vote = meeting.openVote();
    const hall = terminal(sites.hall);
    meeting.do(hall, 'castMark', { vote, choice: 'against', person: people.dung });
    expect(meeting.refusal(hall, 'castMark', { vote, choice: 'against', person: people.cuong }).code).toBe(
      'notAllowed',
    );
    expect(meeting.refusal(hall, 'castMark', { vote, choice: 'against' }).code).toBe('malformed');
  });

  test('VOTE5 the clerk moves an elector who has not been counted, and nobody is in two units', () => {
    const meeting = hybridMeeting();
    const vote = meeting.openVote();
    const move = { vote, person: people.cuong, to: sites.village };
    expect(meeting.refusal(chair, 'moveElector', move).code).toBe('notAllowed');
    meeting.do(clerk, 'moveElector', move);
    expect(meeting.do(clerk, 'moveElector', move)).toEqual([]);
    const where = meeting.vote(vote).units.filter(({ electors }) => electors.includes(people.cuong));
    expect(where.map(({ unit }) => unit)).toEqual([sites.village]);
    expect(meeting.log.at(-1)).toMatchObject({
      type: 'electorMoved',
      data: { from: 'remote', to: sites.village, by: { person: people.clerk } },
    });
    expect(meeting.vote(vote).opening.units.find(({ unit }) => unit === 'remote')?.electors).toContain(
      people.cuong,
    );
  });

  test('VOTE5 a unit that nobody is left in goes, one that somebody enters comes', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote();
    for (const person of meeting.vote(vote).opening.units.flatMap(({ electors }) => electors)) {
      meeting.do(clerk, 'moveElector', { vote, person, to: sites.school });
    }
    expect(meeting.vote(vote).units).toMatchObject([{ unit: sites.school, method: 'byTeller' }]);
    expect(meeting.vote(vote).units[0]?.electors).toHaveLength(9);
  });

  test('VOTE5 no move of who is no elector, nor to a hall that the meeting does not have', () => {
    const meeting = hybridMeeting();
    const vote = meeting.openVote();
    expect(
      meeting.refusal(clerk, 'moveElector', { vote, person: people.probationary, to: 'remote' }).code,
    ).toBe('notAnElector');
    expect(
      meeting.refusal(clerk, 'moveElector', { vote, person: people.cuong, to: strangers.other as never })
        .code,
    ).toBe('siteUnknown');
  });
});

describe('VOTE10', () => {
  const audience = [
    { name: 'the chair', person: people.secretary, site: null },
    { name: 'the clerk', person: people.clerk, site: null },
    { name: 'another member', person: people.binh, site: null },
    { name: 'a superior', person: strangers.superior, site: null },
    { name: 'the hall’s terminal', person: null, site: sites.hall },
  ] as const;

  test.each(audience)('VOTE10 $name sees who has voted, not what, before closing and after', (who) => {
    const meeting = hybridMeeting();
    const vote = meeting.openVote();
    meeting.mark(vote, 'against', people.cuong);
    meeting.do(terminal(sites.hall), 'castMark', { vote, choice: 'against', person: people.dung });
    const check = () => {
      const seen = redact(meeting.state, viewerOf(meeting.state, who)).votes[vote];
      expect(seen?.marked).toEqual({ [people.cuong]: 'device', [people.dung]: 'terminal' });
      expect(seen?.choices).toEqual({});
    };
    check();
    meeting.count(vote, sites.village, counts(3, 0, 0, 0)).do(clerk, 'confirmCount', {
      vote,
      site: sites.village,
    });
    meeting.close(vote);
    check();
  });

  test('VOTE10 the person sees the own choice', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote();
    meeting.mark(vote, 'against', people.an, people.binh);
    const viewer = viewerOf(meeting.state, { person: people.an, site: null });
    expect(redact(meeting.state, viewer).votes[vote]?.choices).toEqual({ [people.an]: 'against' });
  });

  test('VOTE10 a result is chair’s and clerk’s until it is announced, then everybody’s', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote();
    meeting.mark(vote, 'inFavour', people.an).close(vote);
    const member = viewerOf(meeting.state, { person: people.binh, site: null });
    const officer = viewerOf(meeting.state, { person: people.clerk, site: null });
    expect(redact(meeting.state, member).votes[vote]).toMatchObject({ tallied: null, result: null });
    expect(redact(meeting.state, officer).votes[vote]?.tallied?.total.inFavour).toBe(1);
    meeting.do(clerk, 'announceResult', { vote });
    expect(redact(meeting.state, member).votes[vote]?.result?.total.inFavour).toBe(1);
  });

  test('VOTE10 all see how many of how many have voted', () => {
    const meeting = hybridMeeting();
    const vote = meeting.openVote();
    meeting.mark(vote, 'inFavour', people.cuong, people.deputy);
    expect(voteProgress(meeting.vote(vote))).toMatchObject({
      electors: 9,
      voted: 2,
      units: [
        { electors: 2, voted: 0 },
        { electors: 4, voted: 2 },
        { electors: 3, voted: 0, count: 'none' },
      ],
    });
  });

  test('VOTE10 the envelope of a withheld choice is the same for every choice and person', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote();
    meeting.mark(vote, 'against', people.an);
    const event = meeting.log.at(-1);
    const viewer = viewerOf(meeting.state, { person: people.secretary, site: null });
    expect(event?.type).toBe('choiceRecorded');
    const seen = event && eventFor(event, viewer);
    expect(Object.keys(seen ?? {}).sort()).toEqual(['at', 'dataHash', 'hash', 'seq', 'type']);
  });
});

describe('VOTE11', () => {
  test('VOTE11 a late mark is refused, logged once and shown to chair, clerk and its person', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote();
    meeting.close(vote);
    const late = { vote, choice: 'inFavour' } as const;
    expect(meeting.refusal(by(people.an), 'castMark', late).code).toBe('voteClosed');
    expect(meeting.refusal(by(people.an), 'castMark', late).code).toBe('voteClosed');
    expect(meeting.log.filter(({ type }) => type === 'lateMarkNoted')).toHaveLength(1);
    const seenBy = (person: typeof people.an) =>
      redact(meeting.state, viewerOf(meeting.state, { person, site: null })).votes[vote]?.lateMarks;
    expect(seenBy(people.secretary)).toEqual([people.an]);
    expect(seenBy(people.clerk)).toEqual([people.an]);
    expect(seenBy(people.an)).toEqual([people.an]);
    expect(seenBy(people.binh)).toEqual([]);
    expect(meeting.vote(vote).choices).toEqual({});
  });

  test('VOTE11 what is logged of a refusal names no command, so the answer is not remembered', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote();
    meeting.close(vote).refusal(by(people.an), 'castMark', { vote, choice: 'inFavour' });
    expect(meeting.log.at(-1)?.data?.cause).toBeNull();
    meeting.do(chair, 'announceResult', { vote });
    expect(meeting.log.at(-1)?.data?.cause).not.toBeNull();
  });

  test('VOTE11 after the announcement a mark is refused and logged no more', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote();
    meeting.close(vote).do(chair, 'announceResult', { vote });
    const { seq } = meeting.state;
    expect(meeting.refusal(by(people.an), 'castMark', { vote, choice: 'inFavour' }).code).toBe('voteClosed');
    expect(meeting.state.seq).toBe(seq);
  });

  test('VOTE11 every accepted mark has a last event of its own for its receipt', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote();
    for (const choice of ['inFavour', 'inFavour', 'against'] as const satisfies readonly Choice[]) {
      const before = meeting.state.seq;
      meeting.mark(vote, choice, people.an);
      expect(meeting.state.seq).toBeGreaterThan(before);
      expect(meeting.log.at(-1)?.type).toBe('choiceRecorded');
    }
  });
});

describe('VOTE20', () => {
  test('VOTE20 the chair knows of late marks before announcing', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote();
    meeting.close(vote).refusal(by(people.an), 'castMark', { vote, choice: 'inFavour' });
    meeting.refusal(by(people.binh), 'castMark', { vote, choice: 'against' });
    expect(meeting.vote(vote).lateMarks).toEqual([people.an, people.binh]);
    expect(meeting.vote(vote).tallied?.total.notVoted).toBe(9);
  });
});

describe('VOTE21', () => {
  test('VOTE21 the own device outranks a tap on the terminal, whichever came first', () => {
    const meeting = hybridMeeting();
    const vote = meeting.openVote();
    const tap = { vote, choice: 'inFavour', person: people.dung } as const;
    meeting.do(terminal(sites.hall), 'castMark', tap);
    meeting.mark(vote, 'against', people.dung);
    expect(meeting.vote(vote)).toMatchObject({
      marked: { [people.dung]: 'device' },
      choices: { [people.dung]: 'against' },
    });
    expect(meeting.refusal(terminal(sites.hall), 'castMark', tap).code).toBe('alreadyMarked');
    expect(meeting.vote(vote).choices[people.dung]).toBe('against');
  });
});

describe('VOTE9', () => {
  test('VOTE9 a lost connection leaves not voted, and keeps the mark that was given', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote();
    meeting.mark(vote, 'inFavour', people.an);
    const lost = [people.an, people.binh];
    meeting.do(system, 'reportLines', { lost, restored: [], sitesDark: [], sitesBack: [] });
    meeting.pass(60).do(system, 'endGrace', { persons: lost });
    meeting.do(chair, 'closeVote', { vote, despiteUnreached: true });
    expect(meeting.vote(vote).tallied?.total).toEqual(counts(1, 0, 0, 8));
    meeting.do(by(people.an), 'checkIn', { place: remote });
    expect(meeting.vote(vote).tallied?.total).toEqual(counts(1, 0, 0, 8));
  });
});
