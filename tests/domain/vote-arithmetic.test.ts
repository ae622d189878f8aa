import { emptyMeeting } from '@diemcau/shared/domain/meeting.ts';
import { denominatorOf, type Majority, need, passes, voteRules } from '@diemcau/shared/domain/vote-rules.ts';
import { voteRuleIds } from '@diemcau/shared/domain/vote-types.ts';
import { describe, expect, test } from 'vitest';
import { electors, opened, people, remoteMeeting } from './meeting-builder.ts';

/** Majorities written out by hand: the least number in favour for denominators 0 to 24. */
const leastMoreThanHalf = [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13];
const leastTwoThirds = [0, 1, 2, 2, 3, 4, 4, 5, 6, 6, 7, 8, 8, 9, 10, 10, 11, 12, 12, 13, 14, 14, 15, 16, 16];
const least: { readonly [M in Majority]: readonly number[] } = {
  moreThanHalf: leastMoreThanHalf,
  atLeastTwoThirds: leastTwoThirds,
};

/** Sets people side by side instead of multiplying: every one in favour against one who is not. */
function outnumbers(inFavour: number, denominator: number): boolean {
  let [pro, rest] = [inFavour, denominator - inFavour];
  while (pro > 0 && rest > 0) [pro, rest] = [pro - 1, rest - 1];
  return pro > 0;
}

/** Forms groups of two in favour with one who is not: two thirds hold when nobody who is not remains alone. */
function twoForEachOther(inFavour: number, denominator: number): boolean {
  let [pro, rest] = [inFavour, denominator - inFavour];
  while (pro >= 2 && rest >= 1) [pro, rest] = [pro - 2, rest - 1];
  return rest <= 0;
}

const side: { readonly [M in Majority]: (inFavour: number, denominator: number) => boolean } = {
  moreThanHalf: outnumbers,
  atLeastTwoThirds: twoForEachOther,
};

describe.each(['moreThanHalf', 'atLeastTwoThirds'] as const)('VOTE8 %s', (majority) => {
  test(`VOTE8 ${majority}: every number in favour of every denominator to 60 agrees with a count by pairs`, () => {
    for (let denominator = 0; denominator <= 60; denominator += 1) {
      for (let inFavour = 0; inFavour <= denominator; inFavour += 1) {
        const expected = side[majority](inFavour, denominator);
        expect([denominator, inFavour, passes(majority, inFavour, denominator)]).toEqual([
          denominator,
          inFavour,
          expected,
        ]);
      }
    }
  });

  test(`VOTE8 ${majority}: what is said to be needed is the least that passes, as written out by hand`, () => {
    for (const [denominator, expected] of least[majority].entries()) {
      expect([denominator, need(majority, denominator)]).toEqual([denominator, expected]);
      expect(passes(majority, expected, denominator)).toBe(true);
      if (expected > 0) expect(passes(majority, expected - 1, denominator)).toBe(false);
    }
  });
});

test('VOTE8 half is no pass, two of three is two thirds', () => {
  expect(passes('moreThanHalf', 5, 10)).toBe(false);
  expect(passes('moreThanHalf', 6, 10)).toBe(true);
  expect(passes('atLeastTwoThirds', 2, 3)).toBe(true);
  expect(passes('atLeastTwoThirds', 15, 23)).toBe(false);
  expect(passes('atLeastTwoThirds', 16, 23)).toBe(true);
});

describe('VOTE1 denominators', () => {
  test('VOTE1 procedural counts the present eligible, a resolution the voting roll', () => {
    const { state } = opened().remotely(people.an, people.binh, people.probationary, people.guestMember);
    expect(denominatorOf(state, voteRules.procedural.denominator)).toBe(2);
    // Nine electors and the one on special duty; without exempt and absent, suspended, transferred, detained.
    expect(denominatorOf(state, voteRules.resolution.denominator)).toBe(10);
  });

  test('VOTE1 the exempt count from the moment they are present', () => {
    const { state } = remoteMeeting().remotely(people.exempt, people.duty);
    expect(denominatorOf(state, voteRules.procedural.denominator)).toBe(electors.length + 2);
    expect(denominatorOf(state, voteRules.resolution.denominator)).toBe(11);
  });

  test('VOTE1 absence with a reason is not deducted from a resolution’s denominator', () => {
    const meeting = opened();
    const entry = { mode: 'absentExcused', reason: 'Ốm' } as const;
    meeting.do({ kind: 'person', person: people.clerk }, 'recordAttendance', { person: people.an, entry });
    expect(denominatorOf(meeting.state, voteRules.resolution.denominator)).toBe(10);
    expect(denominatorOf(meeting.state, voteRules.election.denominator)).toBe(9);
  });

  test('VOTE1 an admission counts all official members of the cell, wherever they are', () => {
    // Eleven official, the detained one among them, the exempt, the transferred and the suspended.
    expect(denominatorOf(remoteMeeting().state, voteRules.admission.denominator)).toBe(14);
  });

  test('VOTE1 of an empty meeting every denominator is nobody', () => {
    const denominators = voteRuleIds.map((rule) => denominatorOf(emptyMeeting, voteRules[rule].denominator));
    expect(new Set(denominators)).toEqual(new Set([0]));
  });
});
