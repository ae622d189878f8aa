import { currentItem, timeSpent } from '@diemcau/shared/domain/agenda.ts';
import { agendaTime } from '@diemcau/shared/domain/selectors.ts';
import { agendaTemplates } from '@diemcau/shared/domain/templates.ts';
import type { AgendaItemId } from '@diemcau/shared/ids.ts';
import { describe, expect, test } from 'vitest';
import {
  by,
  chair,
  clerk,
  created,
  items,
  opened,
  people,
  remoteMeeting,
  sealed,
  strangers,
  type TestMeeting,
} from './meeting-builder.ts';

const item = {
  title: 'Kết luận',
  kind: 'conclusion',
  presenter: 'Nguyễn Văn Bí',
  minutes: 6,
  draftDecision: 'Thông qua',
} as const;
const nowhere = strangers.other as unknown as AgendaItemId;
const titles = (meeting: TestMeeting) => meeting.state.agenda.map(({ title }) => title);
const states = (meeting: TestMeeting) => meeting.state.agenda.map(({ state }) => state);

describe('AGD1', () => {
  test('AGD1 an item has title, kind, presenter, minutes and draft decision, and begins pending', () => {
    const meeting = created();
    meeting.do(chair, 'addAgendaItem', { item, after: null });
    expect(meeting.state.agenda.at(-1)).toMatchObject({
      ...item,
      state: 'pending',
      startedAt: null,
      spent: 0,
    });
    const id = meeting.state.agenda.at(-1)?.id as AgendaItemId;
    meeting.do(chair, 'editAgendaItem', { item: id, changes: { ...item, presenter: null, minutes: 8 } });
    expect(meeting.state.agenda.at(-1)).toMatchObject({ id, presenter: null, minutes: 8, state: 'pending' });
  });

  test('AGD1 done, skipped or deferred as the chair leaves it, current again when the chair returns', () => {
    const meeting = opened();
    meeting.do(chair, 'moveAgenda', { to: items.news, leaveAs: 'done' });
    meeting.do(chair, 'moveAgenda', { to: items.discussion, leaveAs: 'deferred' });
    expect(states(meeting)).toEqual(['done', 'deferred', 'current']);
    meeting.do(chair, 'moveAgenda', { to: items.news, leaveAs: 'skipped' });
    expect(states(meeting)).toEqual(['done', 'current', 'skipped']);
    meeting.do(chair, 'moveAgenda', { to: null, leaveAs: 'done' });
    expect(currentItem(meeting.state)).toBeNull();
  });

  test('AGD1 the chair marks any other item as pending, skipped or deferred, never the current one', () => {
    const meeting = opened();
    meeting.do(chair, 'markAgendaItem', { item: items.discussion, state: 'skipped' });
    expect(meeting.do(chair, 'markAgendaItem', { item: items.discussion, state: 'skipped' })).toEqual([]);
    expect(states(meeting)).toEqual(['current', 'pending', 'skipped']);
    const current = { item: items.opening, state: 'skipped' } as const;
    expect(meeting.refusal(chair, 'markAgendaItem', current).code).toBe('agendaChanged');
    expect(meeting.refusal(chair, 'markAgendaItem', { item: nowhere, state: 'skipped' }).code).toBe(
      'itemUnknown',
    );
  });

  test('AGD1 the templates of regular and topic meetings take 95 and 90 minutes', () => {
    const minutes = (kind: 'regular' | 'topic') =>
      agendaTemplates[kind].reduce((sum, { minutes }) => sum + minutes, 0);
    expect([minutes('regular'), minutes('topic')]).toEqual([95, 90]);
  });
});

describe('AGD2', () => {
  test('AGD2 one item is current, and moving it is logged with what was left and how', () => {
    const meeting = opened().pass(60);
    meeting.do(chair, 'moveAgenda', { to: items.discussion, leaveAs: 'skipped' });
    expect(states(meeting)).toEqual(['skipped', 'pending', 'current']);
    expect(meeting.log.at(-1)).toMatchObject({
      type: 'agendaMoved',
      data: {
        from: items.opening,
        leftAs: 'skipped',
        to: items.discussion,
        by: { person: people.secretary },
      },
    });
    expect(meeting.do(chair, 'moveAgenda', { to: items.discussion, leaveAs: 'done' })).toEqual([]);
  });

  test('AGD2 before the opening the secretary prepares it, from then on it is the chair’s alone', () => {
    const meeting = created();
    meeting.do(by(people.deputy), 'addAgendaItem', { item, after: items.opening });
    expect(titles(meeting)).toEqual(['Mở đầu', 'Kết luận', 'Thời sự', 'Thảo luận']);
    meeting.do(by(people.deputy), 'summonMeeting');
    meeting.do(chair, 'openMeeting');
    const order = meeting.state.agenda.map(({ id }) => id);
    for (const actor of [by(people.deputy), clerk, by(people.an)]) {
      expect(meeting.refusal(actor, 'addAgendaItem', { item, after: null }).code).toBe('notAllowed');
      expect(meeting.refusal(actor, 'editAgendaItem', { item: items.news, changes: item }).code).toBe(
        'notAllowed',
      );
      expect(meeting.refusal(actor, 'reorderAgenda', { order }).code).toBe('notAllowed');
      expect(meeting.refusal(actor, 'moveAgenda', { to: items.news, leaveAs: 'done' }).code).toBe(
        'notAllowed',
      );
    }
    meeting.do(chair, 'addAgendaItem', { item, after: items.discussion });
    expect(titles(meeting).at(-1)).toBe('Kết luận');
  });

  test('AGD2 reordered only as a whole: another list means that the programme has changed', () => {
    const meeting = opened();
    const { opening, news, discussion } = items;
    meeting.do(chair, 'reorderAgenda', { order: [opening, discussion, news] });
    expect(titles(meeting)).toEqual(['Mở đầu', 'Thảo luận', 'Thời sự']);
    for (const order of [
      [opening, news],
      [opening, news, news],
      [opening, news, discussion, nowhere],
    ]) {
      expect(meeting.refusal(chair, 'reorderAgenda', { order }).code).toBe('agendaChanged');
    }
  });

  test('AGD2 an item that is not on the programme is refused everywhere', () => {
    const meeting = opened();
    expect(meeting.refusal(chair, 'addAgendaItem', { item, after: nowhere }).code).toBe('itemUnknown');
    expect(meeting.refusal(chair, 'editAgendaItem', { item: nowhere, changes: item }).code).toBe(
      'itemUnknown',
    );
    expect(meeting.refusal(chair, 'moveAgenda', { to: nowhere, leaveAs: 'done' }).code).toBe('itemUnknown');
  });

  test('AGD2 the programme stands still while a vote is open or its result not announced', () => {
    const meeting = remoteMeeting();
    const vote = meeting.openVote('resolution', { item: items.opening });
    const next = { to: items.news, leaveAs: 'done' } as const;
    expect(meeting.refusal(chair, 'moveAgenda', next).code).toBe('openVotesRemain');
    meeting.close(vote);
    expect(meeting.refusal(chair, 'moveAgenda', next).code).toBe('resultNotAnnounced');
    meeting.do(chair, 'announceResult', { vote });
    meeting.do(chair, 'moveAgenda', next);
    expect(currentItem(meeting.state)?.id).toBe(items.news);
  });

  test('AGD2 nothing changes in it once the meeting is over', () => {
    const meeting = sealed();
    const over = [
      meeting.refusal(chair, 'addAgendaItem', { item, after: null }),
      meeting.refusal(chair, 'editAgendaItem', { item: items.news, changes: item }),
      meeting.refusal(chair, 'reorderAgenda', { order: [] }),
      meeting.refusal(chair, 'markAgendaItem', { item: items.news, state: 'deferred' }),
    ].map(({ code }) => code);
    expect(new Set(over)).toEqual(new Set(['meetingOver']));
    expect(meeting.refusal(chair, 'moveAgenda', { to: items.news, leaveAs: 'done' }).code).toBe(
      'meetingNotOpen',
    );
  });
});

describe('AGD3', () => {
  const minute = 60_000;

  test('AGD3 planned against actual, and how far the items so far have run over', () => {
    const meeting = opened().pass(13 * 60);
    expect(agendaTime(meeting.state, meeting.now)).toEqual({
      planned: 30 * minute,
      spent: 13 * minute,
      over: 3 * minute,
    });
    meeting.do(chair, 'moveAgenda', { to: items.news, leaveAs: 'done' });
    meeting.pass(4 * 60);
    expect(agendaTime(meeting.state, meeting.now)).toEqual({
      planned: 30 * minute,
      spent: 17 * minute,
      over: 3 * minute,
    });
    meeting.do(chair, 'moveAgenda', { to: items.discussion, leaveAs: 'done' });
    expect(agendaTime(meeting.state, meeting.now).over).toBe(-3 * minute);
  });

  test('AGD3 an item that is taken up again keeps the time it had', () => {
    const meeting = opened().pass(120);
    meeting.do(chair, 'moveAgenda', { to: items.news, leaveAs: 'deferred' });
    meeting.pass(60).do(chair, 'moveAgenda', { to: items.opening, leaveAs: 'done' });
    meeting.pass(30);
    expect(timeSpent(meeting.state.agenda[0] as never, meeting.now)).toBe(150_000);
  });

  test.each(['suspendMeeting', 'interruptMeeting'] as const)(
    'AGD3 after %s the item’s clock stands still',
    (stop) => {
      const meeting = opened().pass(120);
      meeting.do(chair, stop, { reason: 'Mất điện' });
      meeting.pass(3600);
      expect(agendaTime(meeting.state, meeting.now).spent).toBe(120_000);
      meeting.do(chair, stop === 'suspendMeeting' ? 'continueMeeting' : 'resumeMeeting');
      meeting.pass(60);
      expect(agendaTime(meeting.state, meeting.now).spent).toBe(180_000);
    },
  );
});
