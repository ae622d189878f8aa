import { isChairVacant, successors } from '@diemcau/shared/domain/chair.ts';
import { describe, expect, test } from 'vitest';
import {
  by,
  chair,
  clerk,
  hybridMeeting,
  opened,
  people,
  remoteMeeting,
  sites,
  system,
} from './meeting-builder.ts';

const lost = (person: (typeof people)[keyof typeof people]) => ({
  lost: [person],
  restored: [],
  sitesDark: [],
  sitesBack: [],
});

const noLines = { lost: [], restored: [], sitesDark: [], sitesBack: [] };

describe('CHAIR1', () => {
  test('CHAIR1 a deputy chair is there from opening on, even where none was named', () => {
    const meeting = opened();
    expect(meeting.state.officers?.deputyChair).toBe(people.deputy);
  });

  test('CHAIR1 while the chair’s line is there nobody takes over', () => {
    const meeting = remoteMeeting();
    expect(meeting.refusal(by(people.deputy), 'takeChair').code).toBe('chairStillPresent');
    meeting.do(system, 'reportLines', lost(people.secretary));
    meeting.pass(59);
    expect(meeting.refusal(by(people.deputy), 'takeChair').code).toBe('chairStillPresent');
  });

  test('CHAIR1 after a minute the deputy may, and comes before the committee', () => {
    const meeting = remoteMeeting();
    meeting.do(system, 'reportLines', lost(people.secretary));
    meeting.pass(60);
    expect(isChairVacant(meeting.state, meeting.now)).toBe(true);
    expect(meeting.refusal(by(people.committee), 'takeChair').code).toBe('notAllowed');
    meeting.do(by(people.deputy), 'takeChair');
    expect(meeting.state.officers?.chair).toBe(people.deputy);
    expect(meeting.state.chairs.map(({ person }) => person)).toEqual([people.secretary, people.deputy]);
  });

  test('CHAIR1 without a present deputy any present member of the committee may', () => {
    const meeting = remoteMeeting();
    meeting.do(by(people.deputy), 'leaveMeeting');
    meeting.do(system, 'reportLines', lost(people.secretary));
    meeting.pass(60);
    expect(successors(meeting.state)).toEqual([people.committee]);
    expect(meeting.refusal(by(people.an), 'takeChair').code).toBe('notAllowed');
    meeting.do(by(people.committee), 'takeChair');
    expect(meeting.state.officers?.chair).toBe(people.committee);
  });

  test('CHAIR1 the chair coming back takes nothing back by itself', () => {
    const meeting = remoteMeeting();
    meeting.do(system, 'reportLines', lost(people.secretary));
    meeting.pass(60).do(by(people.deputy), 'takeChair');
    meeting.do(system, 'reportLines', {
      lost: [],
      restored: [people.secretary],
      sitesDark: [],
      sitesBack: [],
    });
    expect(meeting.state.officers?.chair).toBe(people.deputy);
    expect(meeting.refusal(chair, 'suspendMeeting', { reason: 'nghỉ' }).code).toBe('notAllowed');
    meeting.do(by(people.deputy), 'nameOfficers', { chair: people.secretary });
    expect(meeting.state.officers?.chair).toBe(people.secretary);
  });

  test('CHAIR1 a chair in a hall is gone when the hall’s terminal has been dark for a minute', () => {
    const meeting = hybridMeeting();
    meeting.do(system, 'reportLines', { ...lost(people.secretary), sitesDark: [sites.hall] });
    meeting.pass(59);
    expect(isChairVacant(meeting.state, meeting.now)).toBe(false);
    meeting.pass(1);
    expect(isChairVacant(meeting.state, meeting.now)).toBe(true);
  });

  test('CHAIR1 a chair in a hall has two lines, and is gone only without either', () => {
    const meeting = hybridMeeting();
    meeting.do(system, 'reportLines', { ...noLines, sitesDark: [sites.hall] });
    meeting.pass(300);
    expect(isChairVacant(meeting.state, meeting.now)).toBe(false);
    meeting.do(system, 'reportLines', lost(people.secretary));
    meeting.pass(59);
    expect(meeting.refusal(by(people.deputy), 'takeChair').code).toBe('chairStillPresent');
    meeting.do(system, 'reportLines', { ...noLines, restored: [people.secretary] });
    meeting.pass(300);
    expect(isChairVacant(meeting.state, meeting.now)).toBe(false);
    meeting.do(system, 'reportLines', { ...lost(people.secretary), sitesBack: [sites.hall] });
    meeting.pass(300);
    expect(isChairVacant(meeting.state, meeting.now)).toBe(false);
    expect(meeting.state.attendance[people.secretary]?.presence.mode).toBe('onSite');
  });

  test('CHAIR1 a chair in a hall whose terminal was never opened is gone when their own device is', () => {
    const meeting = remoteMeeting();
    meeting.do(clerk, 'recordAttendance', {
      person: people.secretary,
      entry: { mode: 'onSite', site: sites.village },
    });
    expect(meeting.state.sites[sites.village]?.terminal).toBeNull();
    meeting.pass(300);
    expect(isChairVacant(meeting.state, meeting.now)).toBe(false);
    meeting.do(system, 'reportLines', lost(people.secretary));
    meeting.pass(60).do(by(people.deputy), 'takeChair');
    expect(meeting.state.officers?.chair).toBe(people.deputy);
    expect(meeting.state.attendance[people.secretary]?.presence.mode).toBe('onSite');
    // Another chair's line is another line: what was lost before says nothing of the new one.
    meeting.do(by(people.deputy), 'nameOfficers', { chair: people.secretary });
    expect(isChairVacant(meeting.state, meeting.now)).toBe(false);
  });

  test('CHAIR1 whom the clerk enters as gone is gone, whatever lines are up', () => {
    const meeting = hybridMeeting();
    meeting.do(clerk, 'recordAttendance', { person: people.secretary, entry: { mode: 'left' } });
    meeting.pass(59);
    expect(meeting.refusal(by(people.deputy), 'takeChair').code).toBe('chairStillPresent');
    meeting.pass(1).do(by(people.deputy), 'takeChair');
    expect(meeting.state.officers?.chair).toBe(people.deputy);
  });

  test('CHAIR1 the end of the chair’s grace does not begin the minute anew', () => {
    const meeting = remoteMeeting();
    meeting.do(system, 'reportLines', lost(people.secretary));
    meeting.pass(60).do(system, 'endGrace', { persons: [people.secretary] });
    expect(isChairVacant(meeting.state, meeting.now)).toBe(true);
    meeting.do(by(people.deputy), 'takeChair');
    expect(meeting.state.officers?.chair).toBe(people.deputy);
  });

  test('CHAIR1 a vote that is open goes on under the new chair, its marks kept', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote();
    meeting.mark(vote, 'inFavour', people.an, people.binh);
    meeting.do(system, 'reportLines', lost(people.secretary));
    meeting.pass(60).do(by(people.deputy), 'takeChair');
    meeting.do(by(people.deputy), 'closeVote', { vote, despiteUnreached: true });
    expect(meeting.vote(vote).tallied?.total.inFavour).toBe(2);
  });
});

describe('CHAIR2', () => {
  test('CHAIR2 the clerk suspends or breaks off only without a successor', () => {
    const meeting = remoteMeeting();
    expect(meeting.refusal(clerk, 'suspendMeeting', { reason: 'mất chủ trì' }).code).toBe(
      'chairStillPresent',
    );
    meeting.do(system, 'reportLines', lost(people.secretary));
    meeting.pass(60);
    expect(meeting.refusal(clerk, 'interruptMeeting', { reason: 'mất chủ trì' }).code).toBe(
      'chairStillPresent',
    );
    meeting.do(by(people.deputy), 'leaveMeeting');
    meeting.do(by(people.committee), 'leaveMeeting');
    meeting.do(clerk, 'suspendMeeting', { reason: 'mất chủ trì' });
    expect(meeting.state.phase).toBe('suspended');
    meeting.do(clerk, 'interruptMeeting', { reason: 'không có người thay' });
    expect(meeting.state.phase).toBe('interrupted');
  });
});
