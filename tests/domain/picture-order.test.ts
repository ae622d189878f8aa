import { pictureOrder } from '@diemcau/shared/domain/picture-order.ts';
import { describe, expect, test } from 'vitest';
import {
  chair,
  hybridMeeting,
  people,
  remoteMeeting,
  sites,
  strangers,
  superior,
  system,
  type TestMeeting,
} from './meeting-builder.ts';

const order = (meeting: TestMeeting) =>
  pictureOrder(meeting.state).map((owner) => (owner.kind === 'site' ? owner.site : owner.person));

function speak(meeting: TestMeeting, person: (typeof people)[keyof typeof people]): void {
  meeting.do(chair, 'grantFloor', { request: meeting.ask(person), seconds: 60 });
}

describe('SUP1 whose picture stands for a meeting', () => {
  test('SUP1 the main site while nobody speaks, then the chair, the other sites, and who is remote', () => {
    const meeting = hybridMeeting();
    expect(order(meeting).slice(0, 2)).toEqual([sites.hall, sites.village]);
    expect(order(meeting)).toContain(people.cuong);
    const remote = remoteMeeting();
    expect(order(remote).slice(0, 2)).toEqual([sites.hall, people.secretary]);
  });

  test('SUP1 who speaks comes first: their own camera from afar, the hall’s where they sit in one', () => {
    const meeting = hybridMeeting();
    speak(meeting, people.cuong);
    expect(order(meeting).slice(0, 2)).toEqual([people.cuong, sites.hall]);
    const inHall = hybridMeeting();
    speak(inHall, people.an);
    expect(order(inHall).slice(0, 2)).toEqual([sites.village, sites.hall]);
  });

  test('SUP1 a superior who speaks is seen by their own camera', () => {
    const meeting = remoteMeeting();
    meeting.do(superior, 'attendAsSuperior');
    meeting.do(superior, 'askToSpeak', { kind: 'speech' });
    const request = meeting.state.speaking.queue[0]?.id;
    if (request === undefined) throw new Error('nobody asked');
    meeting.do(chair, 'grantFloor', { request, seconds: 60 });
    expect(order(meeting)[0]).toBe(strangers.superior);
  });

  test('SUP1 everybody once, and who only looks on not at all', () => {
    const meeting = hybridMeeting();
    meeting.do(superior, 'attendAsSuperior');
    speak(meeting, people.cuong);
    expect(new Set(order(meeting)).size).toBe(order(meeting).length);
    expect(order(meeting)).not.toContain(strangers.superior);
    expect(order(meeting)).not.toContain(people.guestMember);
  });

  test('SUP1 a hall whose line is dark comes last', () => {
    const meeting = hybridMeeting();
    meeting.do(system, 'reportLines', { lost: [], restored: [], sitesDark: [sites.hall], sitesBack: [] });
    expect(order(meeting)[0]).toBe(sites.village);
    expect(order(meeting).at(-1)).toBe(sites.hall);
  });
});
