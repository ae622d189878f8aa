import { attendanceFigures } from '@diemcau/shared/domain/selectors.ts';
import { describe, expect, test } from 'vitest';
import { quorumOfLog } from '../../client/src/hooks/meeting/quorum-log.ts';
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
