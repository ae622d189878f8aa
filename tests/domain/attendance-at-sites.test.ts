import { attendanceOf } from '@diemcau/shared/domain/presence.ts';
import type { PersonId } from '@diemcau/shared/ids.ts';
import { describe, expect, test } from 'vitest';
import {
  by,
  chair,
  clerk,
  hybridMeeting,
  onSite,
  opened,
  people,
  remote,
  sealed,
  sites,
  strangers,
  summoned,
  type TestMeeting,
  terminal,
} from './meeting-builder.ts';

const presence = (meeting: TestMeeting, person: PersonId) => attendanceOf(meeting.state, person).presence;

describe('ATT10', () => {
  test.each([
    ['at the terminal', 'site'],
    ['by the own device', 'self'],
  ])('ATT10 a check-in %s is provisional until the roll call of the site is confirmed', (_, how) => {
    const meeting = opened().openSite(sites.village);
    if (how === 'site') meeting.do(terminal(sites.village), 'checkInAtSite', { person: people.an });
    else meeting.do(by(people.an), 'checkIn', { place: onSite(sites.village) });
    expect(attendanceOf(meeting.state, people.an).provisional).toBe(true);
    meeting.do(clerk, 'confirmSiteRollCall', { site: sites.hall });
    expect(attendanceOf(meeting.state, people.an).provisional).toBe(true);
    meeting.do(clerk, 'confirmSiteRollCall', { site: sites.village });
    expect(attendanceOf(meeting.state, people.an).provisional).toBe(false);
    expect(meeting.state.sites[sites.village]?.rollCall).toBe('confirmed');
  });

  test('ATT10 stepping away and back does not confirm, and the away are confirmed with their site', () => {
    const meeting = opened().openSite(sites.village);
    meeting.do(terminal(sites.village), 'checkInAtSite', { person: people.an });
    meeting.do(by(people.an), 'stepAway');
    expect(meeting.refusal(clerk, 'completeRollCall').code).toBe('siteRollCallMissing');
    meeting.do(by(people.an), 'comeBack');
    expect(attendanceOf(meeting.state, people.an).provisional).toBe(true);
    meeting.do(by(people.an), 'stepAway');
    meeting.do(clerk, 'confirmSiteRollCall', { site: sites.village });
    meeting.do(by(people.an), 'comeBack');
    expect(attendanceOf(meeting.state, people.an).provisional).toBe(false);
  });

  test('ATT10 confirmed by the responsible person, the terminal or the clerk, and by nobody else', () => {
    const meeting = opened().openSite(sites.village, people.leader).openSite(sites.hall);
    const village = { site: sites.village };
    meeting.do(by(people.leader), 'confirmSiteRollCall', village);
    // Named for the hall when the meeting was made, though another opened its terminal.
    meeting.do(by(people.secretary), 'confirmSiteRollCall', { site: sites.hall });
    meeting.do(terminal(sites.village), 'confirmSiteRollCall', village);
    meeting.do(clerk, 'confirmSiteRollCall', village);
    for (const actor of [by(people.an), terminal(sites.hall), chair]) {
      expect(meeting.refusal(actor, 'confirmSiteRollCall', village).code).toBe('notAllowed');
    }
    expect(meeting.refusal(clerk, 'confirmSiteRollCall', { site: strangers.other as never }).code).toBe(
      'siteUnknown',
    );
  });

  test('ATT10 only while the meeting is open', () => {
    expect(summoned().refusal(clerk, 'confirmSiteRollCall', { site: sites.hall }).code).toBe(
      'meetingNotOpen',
    );
    expect(sealed().refusal(clerk, 'confirmSiteRollCall', { site: sites.hall }).code).toBe('meetingOver');
  });
});

describe('ATT13', () => {
  test('ATT13 the site wins: a device elsewhere cannot take its person out of the hall', () => {
    const meeting = hybridMeeting();
    expect(meeting.refusal(by(people.an), 'checkIn', { place: remote })).toEqual({
      code: 'siteWins',
      params: { site: 'Thôn Hai' },
    });
    expect(presence(meeting, people.an)).toEqual(onSite(sites.village));
  });

  test('ATT13 a tap at the terminal brings in who was live from elsewhere', () => {
    const meeting = opened().openSite(sites.village).remotely(people.an);
    meeting.do(terminal(sites.village), 'checkInAtSite', { person: people.an });
    expect(presence(meeting, people.an)).toEqual(onSite(sites.village));
    expect(meeting.do(terminal(sites.village), 'checkInAtSite', { person: people.an })).toEqual([]);
  });

  test('ATT13 an own slip is mended by oneself while nobody has confirmed it', () => {
    const meeting = opened();
    meeting.do(by(people.an), 'checkIn', { place: onSite(sites.village) });
    meeting.do(by(people.an), 'checkIn', { place: remote });
    expect(presence(meeting, people.an)).toEqual(remote);
  });

  test('ATT13 from one site to another the own check-in is enough', () => {
    const meeting = hybridMeeting();
    meeting.do(by(people.an), 'checkIn', { place: onSite(sites.hall) });
    expect(attendanceOf(meeting.state, people.an)).toMatchObject({
      presence: onSite(sites.hall),
      provisional: true,
    });
    expect(meeting.do(by(people.an), 'checkIn', { place: onSite(sites.hall) })).toEqual([]);
  });

  test('ATT13 out of the hall by leaving, or by the clerk', () => {
    const meeting = hybridMeeting();
    meeting.do(by(people.an), 'leaveMeeting');
    meeting.do(by(people.an), 'checkIn', { place: remote });
    meeting.do(clerk, 'recordAttendance', { person: people.binh, entry: { mode: 'remote' } });
    expect(presence(meeting, people.an)).toEqual(remote);
    expect(presence(meeting, people.binh)).toEqual(remote);
  });
});
