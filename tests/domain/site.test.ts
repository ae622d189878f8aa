import { sitesInOrder } from '@diemcau/shared/domain/selectors.ts';
import { describe, expect, test } from 'vitest';
import {
  by,
  chair,
  clerk,
  created,
  hybridMeeting,
  onSite,
  opened,
  people,
  sealed,
  sites,
  strangers,
  summoned,
  system,
  terminal,
} from './meeting-builder.ts';

const dark = { lost: [], restored: [], sitesDark: [sites.village], sitesBack: [] };
const back = { lost: [], restored: [], sitesDark: [], sitesBack: [sites.village] };

describe('SITE1', () => {
  test('SITE1 losing a terminal changes nobody’s presence, and its return neither', () => {
    const meeting = hybridMeeting();
    const before = meeting.state.attendance;
    meeting.do(system, 'reportLines', dark);
    expect(meeting.state.sites[sites.village]?.terminal?.line).toBe('dark');
    expect(meeting.state.attendance).toEqual(before);
    meeting.do(system, 'reportLines', back);
    expect(meeting.state.sites[sites.village]?.terminal?.line).toBe('up');
    expect(meeting.state.attendance).toEqual(before);
  });

  test('SITE1 a line is reported once, and of a site without a terminal never', () => {
    const meeting = hybridMeeting();
    meeting.do(system, 'reportLines', dark);
    expect(meeting.do(system, 'reportLines', dark)).toEqual([]);
    expect(meeting.do(system, 'reportLines', { ...dark, sitesDark: [sites.school] })).toEqual([]);
  });
});

describe('SITE2', () => {
  test('SITE2 another device takes the site over; the first one speaks for it no more', () => {
    const meeting = hybridMeeting();
    meeting.do(system, 'openSite', {
      site: sites.village,
      terminal: 'may-moi',
      responsible: people.an,
    });
    const before = meeting.refusal(terminal(sites.village), 'checkInAtSite', { person: people.cuong });
    expect(before.code).toBe('notAllowed');
    const taken = {
      kind: 'terminal',
      site: sites.village,
      terminal: 'may-moi',
      responsible: people.an,
    } as const;
    meeting.do(taken, 'checkInAtSite', { person: people.cuong });
    expect(meeting.state.attendance[people.cuong]?.presence).toEqual(onSite(sites.village));
  });
});

describe('SITE3', () => {
  test('SITE3 a site opens by the system, under a named responsible person of the roll', () => {
    const meeting = summoned();
    const request = { site: sites.village, terminal: 'may-1', responsible: people.leader };
    expect(meeting.refusal(chair, 'openSite', request).code).toBe('notAllowed');
    meeting.do(system, 'openSite', request);
    expect(meeting.state.sites[sites.village]?.terminal).toEqual({
      id: 'may-1',
      responsible: people.leader,
      line: 'up',
      lineSince: meeting.now,
    });
    expect(meeting.log.at(-1)).toMatchObject({ type: 'siteOpened', data: request });
  });

  test.each([
    ['a stranger', strangers.other, 'officeHolderUnknown'],
    ['a suspended member', people.suspended, 'personExcluded'],
  ])('SITE3 no site under %s', (_, responsible, code) => {
    expect(
      summoned().refusal(system, 'openSite', { site: sites.hall, terminal: 'may-1', responsible }).code,
    ).toBe(code);
  });

  test('SITE3 only from summoning until the end, and only a site of this meeting', () => {
    const request = { site: sites.village, terminal: 'may-1', responsible: people.leader };
    expect(created().refusal(system, 'openSite', request).code).toBe('meetingNotSummoned');
    expect(sealed().refusal(system, 'openSite', request).code).toBe('meetingOver');
    const nowhere = { ...request, site: strangers.other as never };
    expect(summoned().refusal(system, 'openSite', nowhere).code).toBe('siteUnknown');
  });

  test('SITE3 nobody in the hall needs a device: the terminal checks them in and votes for them by name', () => {
    const meeting = hybridMeeting();
    const vote = meeting.openVote();
    meeting.do(terminal(sites.hall), 'castMark', { vote, choice: 'inFavour', person: people.dung });
    expect(meeting.vote(vote).marked).toEqual({ [people.dung]: 'terminal' });
  });

  test('SITE3 a terminal checks in to its own site only', () => {
    const meeting = hybridMeeting();
    meeting.do(terminal(sites.village), 'checkInAtSite', { person: people.cuong });
    expect(meeting.state.attendance[people.cuong]?.presence).toEqual(onSite(sites.village));
    const unopened = terminal(sites.school);
    expect(meeting.refusal(unopened, 'checkInAtSite', { person: people.cuong }).code).toBe('notAllowed');
  });

  test('SITE3 the main site comes first in every list', () => {
    expect(sitesInOrder(opened().state).map(({ name }) => name)).toEqual([
      'Hội trường',
      'Thôn Hai',
      'Trường học',
    ]);
  });
});

describe('VOTE5', () => {
  test('VOTE5 chair or clerk set how a site’s hands are taken and who counts them', () => {
    const meeting = hybridMeeting();
    meeting.do(clerk, 'setSiteMethod', { site: sites.village, method: 'byName' });
    expect(meeting.do(chair, 'setSiteMethod', { site: sites.village, method: 'byName' })).toEqual([]);
    meeting.do(chair, 'nameTeller', { site: sites.school, person: people.an });
    expect(meeting.state.sites).toMatchObject({
      [sites.village]: { method: 'byName' },
      [sites.school]: { teller: people.an },
    });
    expect(meeting.refusal(by(people.an), 'nameTeller', { site: sites.school, person: people.an }).code).toBe(
      'notAllowed',
    );
  });

  test.each([
    ['who is not there', people.exempt, 'notPresent'],
    ['who is suspended', people.suspended, 'personExcluded'],
    ['who is not on the roll', strangers.other, 'officeHolderUnknown'],
  ])('VOTE5 no teller %s', (_, person, code) => {
    expect(hybridMeeting().refusal(chair, 'nameTeller', { site: sites.village, person }).code).toBe(code);
  });

  test('VOTE5 neither after the end, nor for a site that the meeting does not have', () => {
    const over = sealed();
    const site = sites.village;
    expect(over.refusal(chair, 'setSiteMethod', { site, method: 'byName' }).code).toBe('meetingOver');
    expect(over.refusal(chair, 'nameTeller', { site, person: people.an }).code).toBe('meetingOver');
    const nowhere = { site: strangers.other as never };
    expect(opened().refusal(chair, 'setSiteMethod', { ...nowhere, method: 'byName' }).code).toBe(
      'siteUnknown',
    );
    expect(opened().refusal(chair, 'nameTeller', { ...nowhere, person: people.an }).code).toBe('siteUnknown');
  });
});
