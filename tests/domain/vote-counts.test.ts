import { viewerOf } from '@diemcau/shared/domain/audience.ts';
import { doNotCount } from '@diemcau/shared/domain/count.ts';
import { redact } from '@diemcau/shared/domain/redact.ts';
import { voteProgress } from '@diemcau/shared/domain/selectors.ts';
import { sumOf } from '@diemcau/shared/domain/tally.ts';
import type { VoteId } from '@diemcau/shared/ids.ts';
import { describe, expect, test } from 'vitest';
import {
  by,
  chair,
  clerk,
  counting,
  counts,
  electors,
  hybridMeeting,
  opened,
  people,
  sites,
  strangers,
  type TestMeeting,
  terminal,
} from './meeting-builder.ts';

describe('VOTE6', () => {
  test('VOTE6 four numbers that add up to the unit’s electors close the vote; the total is everybody', () => {
    const { meeting, vote, village } = counting();
    meeting.mark(vote, 'inFavour', people.cuong, people.deputy).mark(vote, 'against', people.clerk);
    meeting.count(vote, sites.village, counts(1, 1, 0, 1)).do(clerk, 'confirmCount', village);
    meeting.close(vote);
    const { tallied } = meeting.vote(vote);
    expect(tallied?.total).toEqual(counts(3, 2, 0, 4));
    expect(tallied && sumOf(tallied.total)).toBe(electors.length);
    expect(tallied?.units).toEqual([
      { unit: sites.hall, counts: counts(0, 0, 0, 2) },
      { unit: 'remote', counts: counts(2, 1, 0, 1) },
      { unit: sites.village, counts: counts(1, 1, 0, 1) },
    ]);
  });

  test.each([
    [2, counts(1, 1, 0, 0)],
    [4, counts(4, 0, 0, 0)],
    [0, counts(0, 0, 0, 0)],
    [5, counts(1, 2, 1, 1)],
  ])(
    'VOTE6 a sum of %i for three electors is noted, cannot be confirmed and blocks closing',
    (sum, numbers) => {
      const { meeting, vote, village } = counting();
      meeting.count(vote, sites.village, numbers);
      expect(meeting.vote(vote).counts[sites.village]?.sum).toBe('mismatch');
      expect(meeting.refusal(clerk, 'confirmCount', village).code).toBe('countsDontAddUp');
      meeting.pass(30);
      expect(meeting.refusal(chair, 'closeVote', { vote, despiteUnreached: true })).toEqual({
        code: 'countsDontAddUp',
        params: { site: 'Thôn Hai', electors: 3, sum },
      });
      expect(voteProgress(meeting.vote(vote)).units[2]).toMatchObject({ count: 'mismatch', voted: 0 });
    },
  );

  test('VOTE15 a count that is missing or waits for its second person blocks closing, by the hall’s name', () => {
    const { meeting, vote, village } = counting();
    meeting.pass(30);
    const close = { vote, despiteUnreached: true };
    const params = { site: 'Thôn Hai' };
    expect(meeting.refusal(chair, 'closeVote', close)).toEqual({ code: 'countMissing', params });
    meeting.count(vote, sites.village, counts(3, 0, 0, 0));
    expect(meeting.refusal(chair, 'closeVote', close)).toEqual({ code: 'secondPersonNeeded', params });
    expect(voteProgress(meeting.vote(vote)).units[2]).toMatchObject({ count: 'entered', voted: 0 });
    meeting.do(clerk, 'confirmCount', village);
    expect(voteProgress(meeting.vote(vote)).units[2]).toMatchObject({ count: 'confirmed', voted: 3 });
    meeting.do(chair, 'closeVote', close);
    expect(meeting.vote(vote).phase).toBe('closed');
  });

  test('VOTE6 the unit’s electors are those at the count: who was moved in before is in the sum', () => {
    const { meeting, vote } = counting();
    meeting.do(clerk, 'moveElector', { vote, person: people.cuong, to: sites.village });
    meeting.count(vote, sites.village, counts(3, 0, 0, 0));
    expect(meeting.vote(vote).counts[sites.village]?.sum).toBe('mismatch');
    meeting.count(vote, sites.village, counts(4, 0, 0, 0));
    expect(meeting.vote(vote).counts[sites.village]?.sum).toBe('addsUp');
  });

  test('VOTE6 after the count nobody is moved into the unit or out of it', () => {
    const { meeting, vote, village } = counting();
    meeting.count(vote, sites.village, counts(3, 0, 0, 0));
    for (const [person, to] of [
      [people.cuong, sites.village],
      [people.an, 'remote'],
    ] as const) {
      expect(meeting.refusal(clerk, 'moveElector', { vote, person, to })).toEqual({
        code: 'countAlreadyConfirmed',
        params: { site: 'Thôn Hai' },
      });
    }
    meeting.do(chair, 'reopenCount', { ...village, reason: 'Đếm lại' });
    meeting.do(clerk, 'moveElector', { vote, person: people.an, to: 'remote' });
    expect(meeting.vote(vote).units.find(({ unit }) => unit === sites.village)?.electors).toHaveLength(2);
  });

  test('VOTE6 numbers for a hall that votes by name, or has no elector, are refused', () => {
    const { meeting, vote } = counting();
    const numbers = { vote, counts: counts(2, 0, 0, 0) };
    expect(meeting.refusal(chair, 'enterCount', { ...numbers, site: sites.hall })).toEqual({
      code: 'notCountedByTeller',
      params: { site: 'Hội trường' },
    });
    expect(meeting.refusal(chair, 'enterCount', { ...numbers, site: sites.school }).code).toBe(
      'notCountedByTeller',
    );
    expect(meeting.refusal(chair, 'enterCount', { ...numbers, site: strangers.other as never }).code).toBe(
      'siteUnknown',
    );
  });

  test('VOTE6 entered by the teller, the responsible person, the terminal, chair or clerk; by nobody else', () => {
    const numbers = counts(3, 0, 0, 0);
    for (const actor of [by(people.an), by(people.leader), terminal(sites.village), chair, clerk]) {
      const { meeting, village } = counting();
      meeting.do(chair, 'nameTeller', { site: sites.village, person: people.an });
      meeting.do(actor, 'enterCount', { ...village, counts: numbers });
    }
    const { meeting, village } = counting();
    meeting.do(chair, 'nameTeller', { site: sites.school, person: people.binh });
    for (const actor of [by(people.binh), by(people.cuong), terminal(sites.hall)]) {
      expect(meeting.refusal(actor, 'enterCount', { ...village, counts: numbers }).code).toBe('notAllowed');
    }
  });
});

describe('VOTE3', () => {
  test('VOTE3 a site’s count may be changed until it is confirmed, then only after it was reopened', () => {
    const { meeting, vote, village } = counting();
    meeting.count(vote, sites.village, counts(3, 0, 0, 0)).count(vote, sites.village, counts(2, 1, 0, 0));
    meeting.do(clerk, 'confirmCount', village);
    const again = { ...village, counts: counts(0, 3, 0, 0) };
    expect(meeting.refusal(terminal(sites.village), 'enterCount', again)).toEqual({
      code: 'countAlreadyConfirmed',
      params: { site: 'Thôn Hai' },
    });
    meeting.do(clerk, 'reopenCount', { ...village, reason: 'Đếm nhầm' });
    expect(meeting.log.at(-1)).toMatchObject({ type: 'countReopened', data: { reason: 'Đếm nhầm' } });
    expect(meeting.vote(vote).figures).toEqual({});
    meeting.do(terminal(sites.village), 'enterCount', again);
    meeting.do(clerk, 'confirmCount', village);
    meeting.close(vote);
    expect(meeting.vote(vote).tallied?.total.against).toBe(3);
  });

  test('VOTE3 a new entry takes the earlier one’s confirmation with it', () => {
    const { meeting, vote } = counting();
    meeting.count(vote, sites.village, counts(3, 0, 0, 0)).count(vote, sites.village, counts(0, 3, 0, 0));
    expect(meeting.vote(vote).counts[sites.village]?.confirmedBy).toBeNull();
    expect(meeting.vote(vote).figures[sites.village]?.counts).toEqual(counts(0, 3, 0, 0));
  });

  test('VOTE3 in a vote that is closed, annulled or unknown nothing is counted, confirmed, reopened or moved', () => {
    const codes = (meeting: TestMeeting, vote: VoteId) => {
      const at = { vote, site: sites.village };
      return [
        meeting.refusal(chair, 'enterCount', { ...at, counts: counts(3, 0, 0, 0) }).code,
        meeting.refusal(chair, 'confirmCount', at).code,
        meeting.refusal(chair, 'reopenCount', { ...at, reason: 'Sai' }).code,
        meeting.refusal(clerk, 'moveElector', { vote, person: people.cuong, to: sites.village }).code,
      ];
    };
    const { meeting, vote, village } = counting();
    meeting.count(vote, sites.village, counts(3, 0, 0, 0)).do(clerk, 'confirmCount', village);
    meeting.close(vote);
    expect(new Set(codes(meeting, vote))).toEqual(new Set(['voteClosed']));
    meeting.do(chair, 'annulVote', { vote, reason: 'Sai' });
    expect(new Set(codes(meeting, vote))).toEqual(new Set(['voteNotOpen']));
    expect(new Set(codes(meeting, strangers.other as never))).toEqual(new Set(['voteUnknown']));
  });

  test('VOTE3 nothing to reopen or confirm where nothing was entered', () => {
    const { meeting, village } = counting();
    expect(meeting.refusal(chair, 'reopenCount', { ...village, reason: 'Sai' }).code).toBe('countNotEntered');
    expect(meeting.refusal(chair, 'confirmCount', village).code).toBe('countNotEntered');
  });
});

describe('VOTE7', () => {
  test('VOTE7 numbers that were entered anew after the look are not confirmed unseen', () => {
    const meeting = hybridMeeting();
    const vote = meeting.openVote();
    const at = { vote, site: sites.village };
    meeting.count(vote, sites.village, counts(3, 0, 0, 0)).count(vote, sites.village, counts(0, 3, 0, 0));
    const stale = { ...at, counts: counts(3, 0, 0, 0) };
    expect(meeting.refusal(clerk, 'confirmCount', stale).code).toBe('countChanged');
    meeting.do(clerk, 'confirmCount', { ...at, counts: counts(0, 3, 0, 0) });
    expect(meeting.vote(vote).counts[sites.village]?.confirmedBy).toBe(people.clerk);
  });

  test('VOTE18 never who entered it, and never a terminal', () => {
    const { meeting, vote, village } = counting();
    meeting.do(clerk, 'enterCount', { ...village, counts: counts(3, 0, 0, 0) });
    expect(meeting.refusal(clerk, 'confirmCount', village)).toEqual({
      code: 'secondPersonNeeded',
      params: { site: 'Thôn Hai' },
    });
    expect(meeting.refusal(terminal(sites.village), 'confirmCount', village).code).toBe('secondPersonNeeded');
    meeting.do(chair, 'confirmCount', village);
    expect(meeting.do(chair, 'confirmCount', village)).toEqual([]);
    expect(meeting.vote(vote).counts[sites.village]).toMatchObject({
      enteredBy: people.clerk,
      confirmedBy: people.secretary,
    });
  });

  test('VOTE7 what a terminal enters is its teller’s, else the responsible person’s', () => {
    const { meeting, vote, village } = counting();
    meeting.count(vote, sites.village, counts(3, 0, 0, 0));
    expect(meeting.vote(vote).counts[sites.village]?.enteredBy).toBe(people.leader);
    meeting.do(chair, 'nameTeller', { site: sites.village, person: people.clerk });
    meeting.count(vote, sites.village, counts(3, 0, 0, 0));
    expect(meeting.vote(vote).counts[sites.village]?.enteredBy).toBe(people.clerk);
    expect(meeting.refusal(clerk, 'confirmCount', village).code).toBe('secondPersonNeeded');
  });

  test('VOTE7 while chair or clerk is there, committee members and group leaders do not confirm', () => {
    const { meeting, vote, village } = counting();
    meeting.do(terminal(sites.village, people.an), 'enterCount', { ...village, counts: counts(3, 0, 0, 0) });
    for (const person of [people.committee, people.deputy, people.binh]) {
      expect(meeting.refusal(by(person), 'confirmCount', village).code).toBe('notAllowed');
    }
    const seen = redact(meeting.state, viewerOf(meeting.state, { person: people.committee, site: null }));
    expect(seen.votes[vote]?.figures).toEqual({});
  });

  test('VOTE7 with neither beside who entered it, present committee members and group leaders see and confirm', () => {
    const { meeting, vote, village } = counting();
    meeting.do(clerk, 'leaveMeeting');
    meeting.do(chair, 'enterCount', { ...village, counts: counts(3, 0, 0, 0) });
    expect(new Set(meeting.vote(vote).figures[sites.village]?.confirmers)).toEqual(
      new Set([people.deputy, people.committee, people.leader]),
    );
    const viewer = viewerOf(meeting.state, { person: people.committee, site: null });
    expect(redact(meeting.state, viewer).votes[vote]?.figures[sites.village]?.counts).toEqual(
      counts(3, 0, 0, 0),
    );
    expect(meeting.refusal(by(people.binh), 'confirmCount', village).code).toBe('notAllowed');
    meeting.do(by(people.committee), 'confirmCount', village);
    expect(meeting.vote(vote).counts[sites.village]?.confirmedBy).toBe(people.committee);
  });

  test('VOTE7 the numbers are seen by chair, clerk, the hall and who may confirm, and by nobody else', () => {
    const { meeting, vote } = counting();
    meeting.count(vote, sites.village, counts(2, 1, 0, 0));
    const sees = (person: typeof people.an | null, site: typeof sites.hall | null = null) =>
      redact(meeting.state, viewerOf(meeting.state, { person, site })).votes[vote]?.figures[sites.village] !==
      undefined;
    expect([people.secretary, people.clerk, people.leader].map((person) => sees(person))).toEqual([
      true,
      true,
      true,
    ]);
    expect(sees(null, sites.village)).toBe(true);
    expect(sees(null, sites.hall)).toBe(false);
    expect([people.an, people.deputy, strangers.superior].map((person) => sees(person))).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('VOTE16', () => {
  test('VOTE16 the teller’s do-not-count list: no vote, or the hand taken elsewhere', () => {
    const meeting = opened().openSite(sites.village);
    meeting.atSite(sites.village, people.an, people.binh, people.probationary);
    meeting.remotely(people.cuong, people.secretary);
    meeting.do(clerk, 'completeRollCall');
    const vote = meeting.openVote();
    expect(doNotCount(meeting.state, meeting.vote(vote), sites.village)).toEqual([people.probationary]);
    meeting.mark(vote, 'inFavour', people.cuong);
    meeting.do(terminal(sites.village), 'checkInAtSite', { person: people.cuong });
    expect(new Set(doNotCount(meeting.state, meeting.vote(vote), sites.village))).toEqual(
      new Set([people.probationary, people.cuong]),
    );
  });

  test('VOTE16 who has marked remotely and walked in stays remote, and the mark stands', () => {
    const { meeting, vote } = counting();
    meeting.mark(vote, 'inFavour', people.cuong);
    meeting.do(terminal(sites.village), 'checkInAtSite', { person: people.cuong });
    const move = { vote, person: people.cuong, to: sites.village };
    expect(meeting.refusal(clerk, 'moveElector', move).code).toBe('alreadyMarked');
    meeting.mark(vote, 'against', people.cuong);
    expect(meeting.vote(vote).choices[people.cuong]).toBe('against');
  });

  test('VOTE16 who has not marked and walked in is moved by the clerk and off the list', () => {
    const { meeting, vote } = counting();
    meeting.do(terminal(sites.village), 'checkInAtSite', { person: people.cuong });
    expect(doNotCount(meeting.state, meeting.vote(vote), sites.village)).toEqual([people.cuong]);
    meeting.do(clerk, 'moveElector', { vote, person: people.cuong, to: sites.village });
    expect(doNotCount(meeting.state, meeting.vote(vote), sites.village)).toEqual([]);
  });
});
