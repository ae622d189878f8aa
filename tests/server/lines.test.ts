import type { PersonId, SiteId } from '@diemcau/shared/ids.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { Lines } from '../../server/src/meeting/lines.ts';
import {
  by,
  hybridMeeting,
  people,
  remote,
  sites,
  system,
  type TestMeeting,
} from '../domain/meeting-builder.ts';

/** The clock that nobody sets, in milliseconds. */
let now: number;
let meeting: TestMeeting;
let lines: Lines;

const person = (id: PersonId) => ({ kind: 'person', person: id }) as const;
const site = (id: SiteId) => ({ kind: 'site', site: id }) as const;
const remotely = [people.deputy, people.clerk, people.committee, people.cuong, people.probationary];

/** What a second brings, given to the meeting as the registry does. */
function tick(): ReturnType<Lines['report']> {
  now += 1_000;
  const report = lines.report(meeting.state, now);
  if (report) meeting.give(system, report);
  return report;
}

/** All lines of the meeting are up, and the log is right about them. */
beforeEach(() => {
  now = 1_000_000;
  meeting = hybridMeeting();
  lines = new Lines(now);
  for (const id of remotely) lines.up(person(id));
  lines.up(person(people.secretary));
  for (const id of [sites.hall, sites.village]) lines.up(site(id));
  for (let second = 0; second < 10; second += 1) expect(tick()).toBeNull();
});

describe('lines of a meeting in which nothing has been amiss for a while', () => {
  test('ATT2 a line that goes is reported after five seconds, once, and when it is back', () => {
    lines.down(person(people.cuong), now);
    const reports = Array.from({ length: 8 }, tick);
    expect(reports.map((report) => report?.lost ?? null)).toEqual([
      null,
      null,
      null,
      null,
      [people.cuong],
      null,
      null,
      null,
    ]);
    lines.up(person(people.cuong));
    expect(tick()?.restored).toEqual([people.cuong]);
    expect(tick()).toBeNull();
  });

  test('ATT2 a drop of four seconds is never reported', () => {
    lines.down(person(people.cuong), now);
    for (let second = 0; second < 4; second += 1) expect(tick()).toBeNull();
    lines.up(person(people.cuong));
    for (let second = 0; second < 10; second += 1) expect(tick()).toBeNull();
  });

  test('SITE1 a hall’s signal goes and comes back', () => {
    lines.down(site(sites.village), now);
    const dark = Array.from({ length: 6 }, tick).flatMap((report) => report?.sitesDark ?? []);
    expect(dark).toEqual([sites.village]);
    lines.up(site(sites.village));
    expect(tick()?.sitesBack).toEqual([sites.village]);
  });

  test('marks change nothing of it, and a line that goes between them is reported', () => {
    const vote = meeting.openVote();
    meeting.mark(vote, 'inFavour', people.deputy);
    expect(tick()).toBeNull();
    lines.down(person(people.clerk), now);
    const lost = [people.committee, people.cuong].flatMap((id) => {
      meeting.mark(vote, 'inFavour', id);
      return [tick(), tick(), tick()].flatMap((report) => report?.lost ?? []);
    });
    expect(lost).toEqual([people.clerk]);
  });

  test('who is entered from afar and has no line is found out', () => {
    meeting.do(by(people.exempt), 'checkIn', { place: remote });
    expect(tick()?.lost).toEqual([people.exempt]);
  });

  test('CHAIR1 the own device of a chair in a hall is watched', () => {
    lines.down(person(people.secretary), now);
    const lost = Array.from({ length: 6 }, tick).flatMap((report) => report?.lost ?? []);
    expect(lost).toEqual([people.secretary]);
    expect(meeting.state.chairLine?.line).toBe('dark');
    lines.up(person(people.secretary));
    expect(tick()?.restored).toEqual([people.secretary]);
    expect(tick()).toBeNull();
  });
});
