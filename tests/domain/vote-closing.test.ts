import type { VoteId } from '@diemcau/shared/ids.ts';
import { describe, expect, test } from 'vitest';
import {
  by,
  chair,
  clerk,
  counting,
  counts,
  electors,
  opened,
  people,
  remoteMeeting,
  sites,
  strangers,
  system,
} from './meeting-builder.ts';

describe('VOTE9', () => {
  const close = (vote: VoteId) => ({ vote, despiteUnreached: false });

  test('VOTE9 at least 30 s from the opening, and the seconds that remain are said', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote();
    meeting.pass(29.2);
    expect(meeting.refusal(chair, 'closeVote', close(vote))).toEqual({
      code: 'tooEarlyToClose',
      params: { seconds: 1 },
    });
    meeting.pass(0.8).do(chair, 'closeVote', close(vote));
    expect(meeting.vote(vote)).toMatchObject({ phase: 'closed', closedAt: meeting.now });
  });

  test('VOTE9 a committee may set another time', () => {
    const meeting = remoteMeeting({ minimumVote: 0 });
    const vote = meeting.openVote();
    meeting.do(chair, 'closeVote', close(vote));
    expect(meeting.vote(vote).phase).toBe('closed');
  });

  test('VOTE9 above 10 % unreached the chair is stopped with their names, and may close all the same', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote();
    const lost = [people.an, people.binh];
    meeting.do(system, 'reportLines', { lost, restored: [], sitesDark: [], sitesBack: [] });
    meeting.pass(30);
    expect(meeting.refusal(chair, 'closeVote', close(vote))).toEqual({
      code: 'electorsUnreached',
      params: { count: 2, names: 'Đỗ Thị An, Bùi Văn Bình' },
    });
    meeting.do(chair, 'closeVote', { vote, despiteUnreached: true });
    expect(meeting.vote(vote)).toMatchObject({ unreached: lost, phase: 'closed' });
  });

  test('VOTE9 ten per cent is not more than ten per cent', () => {
    const meeting = opened().remotely(...electors, people.duty);
    meeting.do(clerk, 'completeRollCall');
    const vote = meeting.openVote();
    const lost = [people.an];
    meeting.do(system, 'reportLines', { lost, restored: [], sitesDark: [], sitesBack: [] });
    meeting.close(vote);
    expect(meeting.vote(vote)).toMatchObject({ unreached: lost, phase: 'closed' });
  });

  test('VOTE9 who was taken for gone is unreached; who left by will, or whom the clerk entered as gone, is not', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote();
    const lost = [people.an];
    meeting.do(system, 'reportLines', { lost, restored: [], sitesDark: [], sitesBack: [] });
    meeting.pass(60).do(system, 'endGrace', { persons: lost });
    meeting.do(by(people.binh), 'leaveMeeting');
    meeting.do(clerk, 'recordAttendance', { person: people.cuong, entry: { mode: 'left' } });
    expect(meeting.refusal(chair, 'closeVote', close(vote)).params).toEqual({
      count: 1,
      names: 'Đỗ Thị An',
    });
  });

  test('VOTE9 who has marked is reached, whatever the line does', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote();
    meeting.mark(vote, 'inFavour', people.an, people.binh);
    const lost = [people.an, people.binh];
    meeting.do(system, 'reportLines', { lost, restored: [], sitesDark: [], sitesBack: [] });
    meeting.close(vote);
    expect(meeting.vote(vote).unreached).toEqual([]);
  });

  test('VOTE9 the people of a by-name hall whose terminal is dark are unreached', () => {
    const { meeting, vote, village } = counting();
    meeting.count(vote, sites.village, counts(3, 0, 0, 0)).do(clerk, 'confirmCount', village);
    meeting.mark(vote, 'inFavour', people.secretary);
    meeting.do(system, 'reportLines', {
      lost: [people.cuong],
      restored: [],
      sitesDark: [sites.hall],
      sitesBack: [],
    });
    meeting.pass(30);
    expect(meeting.refusal(chair, 'closeVote', close(vote)).params).toEqual({
      count: 2,
      names: 'Đặng Thị Dung, Vũ Văn Cường',
    });
  });

  test('VOTE9 closing again changes nothing, annulled or unknown votes are refused', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote();
    meeting.close(vote);
    expect(meeting.do(chair, 'closeVote', close(vote))).toEqual([]);
    meeting.do(chair, 'annulVote', { vote, reason: 'Sai' });
    expect(meeting.refusal(chair, 'closeVote', close(vote)).code).toBe('voteNotOpen');
    expect(meeting.refusal(chair, 'closeVote', close(strangers.other as never)).code).toBe('voteUnknown');
  });
});

describe('VOTE8', () => {
  test('VOTE8 the result is the frozen denominator’s: half of it is no pass', () => {
    const meeting = opened().remotely(...electors, people.duty);
    meeting.do(clerk, 'completeRollCall');
    const vote = meeting.openVote();
    meeting.mark(vote, 'inFavour', ...electors.slice(0, 5)).close(vote);
    expect(meeting.vote(vote).tallied).toMatchObject({ denominator: 10, need: 6, passed: false });
    meeting.do(chair, 'announceResult', { vote });
    const second = meeting.openVote();
    meeting.mark(second, 'inFavour', ...electors.slice(0, 6)).close(second);
    expect(meeting.vote(second).tallied).toMatchObject({ denominator: 10, need: 6, passed: true });
  });

  test('VOTE8 a resolution is counted against the roll, a procedural vote against who is there', () => {
    const meeting = opened().remotely(people.secretary, people.clerk, people.an);
    meeting.do(clerk, 'completeRollCall');
    for (const [rule, passed] of [
      ['procedural', true],
      ['resolution', false],
    ] as const) {
      const vote = meeting.openVote(rule);
      meeting.mark(vote, 'inFavour', people.an, people.clerk).close(vote);
      expect(meeting.vote(vote).tallied?.passed).toBe(passed);
      meeting.do(chair, 'announceResult', { vote });
    }
  });

  test('VOTE8 a result is announced once, and only after closing', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote();
    expect(meeting.refusal(chair, 'announceResult', { vote }).code).toBe('voteNotClosed');
    meeting.close(vote).do(chair, 'announceResult', { vote });
    expect(meeting.do(chair, 'announceResult', { vote })).toEqual([]);
    expect(meeting.state.openVote).toBeNull();
    expect(meeting.refusal(chair, 'announceResult', { vote: strangers.other as never }).code).toBe(
      'voteUnknown',
    );
  });
});
