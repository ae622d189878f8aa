import { floorOf, hasFloor } from '@diemcau/shared/domain/floor.ts';
import { notYetSpoken } from '@diemcau/shared/domain/selectors.ts';
import { describe, expect, test } from 'vitest';
import {
  by,
  chair,
  clerk,
  hybridMeeting,
  items,
  people,
  remoteMeeting,
  sites,
  strangers,
  summoned,
  superior,
  system,
  type TestMeeting,
  terminal,
} from './meeting-builder.ts';

const queue = (meeting: TestMeeting) => meeting.state.speaking.queue.map(({ person }) => person);
const ids = (meeting: TestMeeting) => meeting.state.speaking.queue.map(({ id }) => id);

describe('SPK1', () => {
  test('SPK1 one queue for the room and the remote, in the order asked, on the server’s clock', () => {
    const meeting = hybridMeeting();
    meeting.ask(people.cuong);
    meeting.pass(2).do(terminal(sites.village), 'askToSpeak', { kind: 'speech', person: people.an });
    meeting.pass(2).ask(people.clerk);
    expect(queue(meeting)).toEqual([people.cuong, people.an, people.clerk]);
    expect(meeting.state.speaking.queue.map(({ askedAt }) => meeting.now - askedAt)).toEqual([4000, 2000, 0]);
  });

  test('SPK1 a point of order comes first, after those asked before it', () => {
    const meeting = remoteMeeting();
    meeting.ask(people.an);
    meeting.ask(people.binh, 'pointOfOrder');
    meeting.ask(people.cuong);
    meeting.ask(people.dung, 'pointOfOrder');
    expect(queue(meeting)).toEqual([people.binh, people.dung, people.an, people.cuong]);
  });

  test('SPK1 what the chair has put before a point of order stays there, and later ones follow it', () => {
    const meeting = remoteMeeting();
    const speech = meeting.ask(people.an);
    const point = meeting.ask(people.binh, 'pointOfOrder');
    meeting.do(chair, 'reorderQueue', { order: [speech, point] });
    meeting.ask(people.dung, 'pointOfOrder');
    expect(queue(meeting)).toEqual([people.an, people.binh, people.dung]);
  });

  test('SPK1 the chair reorders exactly the queue that is there', () => {
    const meeting = remoteMeeting();
    const [first, second] = [meeting.ask(people.an), meeting.ask(people.binh)];
    const unknown = strangers.other as never;
    for (const order of [[first], [first, first], [first, unknown], [first, second, unknown]]) {
      expect(meeting.refusal(chair, 'reorderQueue', { order }).code).toBe('queueChanged');
    }
    expect(meeting.do(chair, 'reorderQueue', { order: [first, second] })).toEqual([]);
    meeting.do(chair, 'reorderQueue', { order: [second, first] });
    expect(ids(meeting)).toEqual([second, first]);
    expect(meeting.refusal(clerk, 'reorderQueue', { order: [first, second] }).code).toBe('notAllowed');
  });
});

describe('SPK2', () => {
  test('SPK2 a request is a person’s: one at a time, and none while speaking', () => {
    const meeting = remoteMeeting();
    const request = meeting.ask(people.an);
    expect(meeting.refusal(by(people.an), 'askToSpeak', { kind: 'pointOfOrder' }).code).toBe(
      'alreadyInQueue',
    );
    meeting.do(chair, 'grantFloor', { request, seconds: 60 });
    expect(meeting.refusal(by(people.an), 'askToSpeak', { kind: 'speech' }).code).toBe('alreadyInQueue');
  });

  test('SPK2 a terminal asks for a named person of its hall, and the request carries the hall', () => {
    const meeting = hybridMeeting();
    meeting.do(terminal(sites.village), 'askToSpeak', { kind: 'speech', person: people.an });
    expect(meeting.state.speaking.queue[0]).toMatchObject({
      person: people.an,
      name: 'Đỗ Thị An',
      site: sites.village,
    });
    for (const person of [undefined, people.cuong, people.secretary]) {
      const wish = { kind: 'speech', ...(person && { person }) } as const;
      expect(meeting.refusal(terminal(sites.village), 'askToSpeak', wish).code).toBe('notAllowed');
    }
  });

  test('SPK2 chair and clerk ask for anybody on site, members for themselves alone', () => {
    const meeting = hybridMeeting();
    meeting.do(clerk, 'askToSpeak', { kind: 'speech', person: people.an });
    for (const [actor, person] of [
      [clerk, people.cuong],
      [by(people.cuong), people.binh],
      [superior, people.binh],
    ] as const) {
      expect(meeting.refusal(actor, 'askToSpeak', { kind: 'speech', person }).code).toBe('notAllowed');
    }
  });

  test('SPK2 only who is present, and only while the meeting is open', () => {
    const meeting = remoteMeeting();
    expect(meeting.refusal(by(people.exempt), 'askToSpeak', { kind: 'speech' }).code).toBe('notPresent');
    expect(meeting.refusal(superior, 'askToSpeak', { kind: 'speech' }).code).toBe('notPresent');
    expect(summoned().refusal(by(people.an), 'askToSpeak', { kind: 'speech' }).code).toBe('meetingNotOpen');
  });

  test('SPK2 a request is withdrawn by its person, its hall, chair or clerk', () => {
    const meeting = hybridMeeting();
    for (const actor of [by(people.an), terminal(sites.village), chair, clerk]) {
      const request = meeting.ask(people.an);
      expect(meeting.refusal(by(people.cuong), 'withdrawRequest', { request }).code).toBe('notAllowed');
      expect(meeting.refusal(terminal(sites.hall), 'withdrawRequest', { request }).code).toBe('notAllowed');
      meeting.do(actor, 'withdrawRequest', { request });
      expect(queue(meeting)).toEqual([]);
      expect(meeting.refusal(by(people.an), 'withdrawRequest', { request }).code).toBe('requestUnknown');
    }
  });

  test.each([
    ['leaves', (meeting: TestMeeting) => meeting.do(by(people.an), 'leaveMeeting')],
    [
      'is entered as gone by the clerk',
      (meeting: TestMeeting) =>
        meeting.do(clerk, 'recordAttendance', { person: people.an, entry: { mode: 'left' } }),
    ],
    [
      'stays without a line past the grace',
      (meeting: TestMeeting) => {
        meeting.do(system, 'reportLines', { lost: [people.an], restored: [], sitesDark: [], sitesBack: [] });
        meeting.pass(60).do(system, 'endGrace', { persons: [people.an] });
      },
    ],
  ])('SPK2 who %s waits and speaks no more', (_, go) => {
    const waiting = remoteMeeting();
    waiting.ask(people.an);
    go(waiting);
    expect(queue(waiting)).toEqual([]);
    const speaking = remoteMeeting();
    speaking.do(chair, 'grantFloor', { request: speaking.ask(people.an), seconds: null });
    go(speaking);
    expect(speaking.state.speaking.speech).toBeNull();
    expect(speaking.state.speaking.given).toHaveLength(1);
  });

  test('SPK6 a lost line keeps the place in the queue and the running speech within the grace', () => {
    const meeting = remoteMeeting();
    meeting.do(chair, 'grantFloor', { request: meeting.ask(people.an), seconds: 180 });
    meeting.ask(people.binh);
    const lost = [people.an, people.binh];
    meeting.do(system, 'reportLines', { lost, restored: [], sitesDark: [], sitesBack: [] });
    expect(queue(meeting)).toEqual([people.binh]);
    expect(meeting.state.speaking.speech?.endsAt).toBe(meeting.now + 180_000);
  });
});

describe('SPK3', () => {
  const person = (id: typeof people.an) => ({ kind: 'person', person: id }) as const;
  const site = (id: typeof sites.hall) => ({ kind: 'site', site: id }) as const;

  test('SPK3 the floor is the chair’s and the speaker’s, with the halls that they speak from', () => {
    const meeting = hybridMeeting();
    expect(floorOf(meeting.state)).toEqual({
      kind: 'restricted',
      persons: [people.secretary],
      sites: [sites.hall],
    });
    meeting.do(chair, 'grantFloor', { request: meeting.ask(people.an), seconds: 60 });
    const floor = floorOf(meeting.state);
    expect(floor).toEqual({
      kind: 'restricted',
      persons: [people.secretary, people.an],
      sites: [sites.hall, sites.village],
    });
    expect(hasFloor(floor, site(sites.village))).toBe(true);
    expect(hasFloor(floor, site(sites.school))).toBe(false);
    expect(hasFloor(floor, person(people.cuong))).toBe(false);
  });

  test('SPK3 free discussion gives it to all, and taking it back restores it', () => {
    const meeting = hybridMeeting();
    meeting.do(chair, 'setFreeDiscussion', { state: 'on' });
    expect(meeting.do(chair, 'setFreeDiscussion', { state: 'on' })).toEqual([]);
    expect(hasFloor(floorOf(meeting.state), person(people.cuong))).toBe(true);
    meeting.do(chair, 'setFreeDiscussion', { state: 'off' });
    expect(hasFloor(floorOf(meeting.state), person(people.cuong))).toBe(false);
    expect(meeting.refusal(clerk, 'setFreeDiscussion', { state: 'on' }).code).toBe('notAllowed');
  });

  test('SPK3 granting ends the speech before, and the timer runs on the server’s clock', () => {
    const meeting = remoteMeeting();
    const [first, second] = [meeting.ask(people.an), meeting.ask(people.binh)];
    meeting.do(chair, 'grantFloor', { request: first, seconds: 120 });
    expect(meeting.state.speaking.speech).toMatchObject({
      startedAt: meeting.now,
      endsAt: meeting.now + 120_000,
    });
    meeting.pass(90).do(chair, 'grantFloor', { request: second, seconds: null });
    expect(meeting.state.speaking).toMatchObject({
      queue: [],
      speech: { request: { person: people.binh }, endsAt: null },
      spoken: { [people.an]: { times: 1, duration: 90_000 } },
      given: [{ request: first, person: people.an, item: items.opening }],
    });
  });

  test('SPK3 ended by the speaker, the hall, chair or clerk; past its time it runs on until then', () => {
    const meeting = hybridMeeting();
    for (const actor of [by(people.an), terminal(sites.village), chair, clerk]) {
      const request = meeting.ask(people.an);
      meeting.do(chair, 'grantFloor', { request, seconds: 10 });
      expect(meeting.pass(11).state.speaking.speech).not.toBeNull();
      expect(meeting.refusal(by(people.cuong), 'endSpeech', { request }).code).toBe('notAllowed');
      meeting.do(actor, 'endSpeech', { request });
      expect(meeting.refusal(actor, 'endSpeech', { request }).code).toBe('requestUnknown');
    }
    expect(meeting.state.speaking.spoken[people.an]).toEqual({ times: 4, duration: 44_000 });
  });

  test('SPK3 the floor is granted to a request of the queue, in an open meeting', () => {
    const meeting = remoteMeeting();
    const request = meeting.ask(people.an);
    expect(
      meeting.refusal(chair, 'grantFloor', { request: strangers.other as never, seconds: 60 }).code,
    ).toBe('requestUnknown');
    meeting.do(chair, 'suspendMeeting', { reason: 'Nghỉ' });
    expect(meeting.refusal(chair, 'grantFloor', { request, seconds: 60 }).code).toBe('meetingNotOpen');
    expect(meeting.refusal(chair, 'setFreeDiscussion', { state: 'on' }).code).toBe('meetingNotOpen');
  });
});

describe('SPK4', () => {
  test('SPK4 a superior asks like anyone, and leaving ends it', () => {
    const meeting = remoteMeeting();
    meeting.do(superior, 'attendAsSuperior');
    meeting.do(superior, 'askToSpeak', { kind: 'speech' });
    expect(meeting.state.speaking.queue[0]).toMatchObject({
      person: strangers.superior,
      name: 'Đồng chí Cấp Trên',
      site: null,
    });
    meeting.do(superior, 'leaveAsSuperior');
    expect(queue(meeting)).toEqual([]);
  });
});

describe('SPK5', () => {
  test('SPK5 who has not spoken yet, by given name', () => {
    const meeting = remoteMeeting();
    const request = meeting.ask(people.binh);
    meeting.do(chair, 'grantFloor', { request, seconds: 60 });
    meeting.do(chair, 'endSpeech', { request });
    expect(notYetSpoken(meeting.state).map(({ name }) => name)).toEqual([
      'Đỗ Thị An',
      'Nguyễn Văn Bí',
      'Vũ Văn Cường',
      'Đặng Thị Dung',
      'Trần Thị Phó',
      'Lê Thị Thư',
      'Hoàng Văn Trưởng',
      'Phạm Văn Ủy',
    ]);
  });

  test('SPK5 a group’s pooled opinion is one request that names the group', () => {
    const meeting = remoteMeeting();
    meeting.do(by(people.leader), 'askToSpeak', { kind: 'groupOpinion' });
    meeting.do(by(people.dung), 'askToSpeak', { kind: 'groupOpinion', group: 'Tổ 2' });
    expect(meeting.state.speaking.queue.map(({ group }) => group)).toEqual(['Tổ 1', 'Tổ 2']);
    expect(meeting.refusal(by(people.cuong), 'askToSpeak', { kind: 'groupOpinion' }).code).toBe('noGroup');
  });
});
