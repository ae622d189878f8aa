import { defaultRules } from '@diemcau/shared/domain/roster.ts';
import { attendanceFigures } from '@diemcau/shared/domain/selectors.ts';
import { describe, expect, test } from 'vitest';
import { quorumOfLog } from '../../client/src/hooks/meeting/quorum-log.ts';
import { quorumSteps, toldMoments } from '../../client/src/hooks/meeting/quorum-steps.ts';
import { logOf } from '../support/example-log.ts';
import { playHalf, playWhole } from '../support/example-meeting.ts';

const textOf = (lines: readonly string[]) => `${lines.join('\n')}\n`;

describe('ATT8', () => {
  test('ATT8 a downloaded log tells how the number of official members changed, to any reader alike', () => {
    const play = playWhole();
    const read = quorumOfLog(textOf(logOf(play, 'chair')));
    expect(read?.length).toBeGreaterThan(1);
    expect(quorumOfLog(textOf(logOf(play, 'nghia')))).toEqual(read);
  });

  test('ATT8 its last moment is what the meeting shows now', () => {
    const play = playHalf();
    const { officialPresent, official, quorumReached: reached } = attendanceFigures(play.state);
    expect(quorumOfLog(textOf(logOf(play, 'clerk')))?.at(-1)).toMatchObject({
      officialPresent,
      official,
      reached,
    });
  });

  test('ATT8 lines that are none of a log tell nothing', () => {
    const [header = ''] = logOf(playHalf(), 'chair');
    expect(quorumOfLog(textOf([header, '{"seq":1}']))).toBeNull();
    expect(quorumOfLog(textOf([header, 'no JSON']))).toBeNull();
  });
});

describe('ATT8 the quorum’s history as steps', () => {
  const minute = 60_000;
  /** 19:00 in Vietnam. */
  const begin = Date.UTC(2026, 10, 24, 12);
  const moment = (after: number, officialPresent: number, official: number) => ({
    at: begin + after * minute,
    officialPresent,
    official,
    reached: 3 * officialPresent >= 2 * official,
  });
  const twoThirds = { numerator: 2, denominator: 3 };

  test('ATT8 each change is a step at its time; the need follows the official members, in whole people', () => {
    const steps = quorumSteps(
      [moment(0, 5, 20), moment(25, 15, 20), moment(50, 10, 19)],
      begin + 100 * minute,
      twoThirds,
    );
    expect(steps).toMatchObject({
      top: 20,
      present: 'M0 75H25V25H50V50H100',
      ground: 'M0 75H25V25H50V50H100V100H0Z',
      needed: 'M0 30H25V30H50V35H100',
      need: 13,
      least: 5,
      most: 15,
    });
    expect(steps?.ticks.map(({ at, left }) => [(at - begin) / minute, left])).toEqual([
      [30, 30],
      [60, 60],
    ]);
  });

  test('ATT8 a meeting of one moment has a chart; one that never opened has none', () => {
    expect(quorumSteps([moment(0, 0, 0)], begin, twoThirds)).toMatchObject({
      top: 1,
      present: 'M0 100H100',
      ticks: [],
    });
    expect(quorumSteps([], begin, twoThirds)).toBeNull();
  });

  test('ATT8 words are spent on each minute’s last figure, and on every coming and going of the quorum', () => {
    const moments = [
      moment(0, 1, 3),
      moment(0.2, 2, 3),
      moment(0.4, 1, 3),
      moment(0.5, 0, 3),
      moment(7, 2, 3),
    ];
    expect(toldMoments(moments).map(({ at }) => (at - begin) / minute)).toEqual([0.2, 0.4, 0.5, 7]);
    expect(toldMoments([])).toEqual([]);
  });

  test('ATT8 the line of need and the word “reached” never disagree', () => {
    const moments = quorumOfLog(textOf(logOf(playWhole(), 'chair'))) ?? [];
    expect(moments.length).toBeGreaterThan(1);
    for (const each of moments) {
      const need = quorumSteps([each], each.at, defaultRules.quorum)?.need ?? Number.NaN;
      expect(each.officialPresent >= need).toBe(each.reached);
    }
  });
});
