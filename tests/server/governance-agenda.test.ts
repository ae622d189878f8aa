import { agendaTemplates, templateFor } from '@diemcau/shared/domain/templates.ts';
import { cellTypes } from '@diemcau/shared/protocol/http.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { programme, withCarriedOver } from '../../server/src/directory/programmes.ts';
import { adoptAndClose, rollCall, summon } from './support/held-meetings.ts';
import { openTestDoor, type TestDoor } from './support/http-app.ts';
import { done } from './support/rooms.ts';
import { settle, type Village } from './support/village.ts';

describe('AGD1 templates of the programme', () => {
  test.each(cellTypes)('AGD1 thường kỳ of a cell of type %s has its 14 items in 95 minutes', (type) => {
    const items = templateFor('regular', type);
    expect(items).toHaveLength(14);
    expect(items.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(95);
    expect(items.map(({ kind }) => kind)).toEqual(agendaTemplates.regular.map(({ kind }) => kind));
  });

  test.each(cellTypes)('AGD1 chuyên đề of a cell of type %s has its 8 items in 90 minutes', (type) => {
    const items = templateFor('topic', type);
    expect(items).toHaveLength(8);
    expect(items.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(90);
  });

  test('AGD1 a type of cell speaks of its own work', () => {
    const titles = cellTypes.map((type) => JSON.stringify(templateFor('regular', type)));
    expect(new Set(titles).size).toBe(cellTypes.length);
    for (const type of cellTypes)
      for (const { title } of templateFor('regular', type)) expect(title).toBe(title.normalize('NFC'));
  });
});

describe('AGD1 what a meeting deferred', () => {
  let door: TestDoor;
  let village: Village;

  beforeEach(async () => {
    door = await openTestDoor();
    village = await settle(door);
  });
  afterEach(() => door.close());

  /** A meeting that is held to its end, with the named items put off. */
  async function holdDeferring(titles: readonly string[]): Promise<void> {
    const { room } = await summon(door, village);
    await rollCall(room, village, new Map());
    const chair = { kind: 'person', person: village.own.secretary } as const;
    for (const title of titles) {
      const item = room.state.agenda.find((entry) => entry.title === title);
      if (!item) throw new Error(`no item ${title}`);
      await done(room, chair, { type: 'markAgendaItem', item: item.id, state: 'deferred' });
    }
    await adoptAndClose(door, room, village);
    door.clock.at += 30 * 24 * 3_600_000;
  }

  test('AGD1 stands in the next programme, marked, before the discussion', async () => {
    await holdDeferring(['Đảng phí, thu chi', 'Chấm điểm chất lượng sinh hoạt']);
    const { room } = await summon(door, village);
    const { agenda } = room.state;
    const carried = agenda.filter(({ carriedOver }) => carriedOver);
    expect(carried).toMatchObject([
      { title: 'Đảng phí, thu chi', kind: 'partyDues', minutes: 5, state: 'pending' },
      { title: 'Chấm điểm chất lượng sinh hoạt', kind: 'scoring', state: 'pending' },
    ]);
    expect(agenda).toHaveLength(16);
    const discussion = agenda.findIndex(({ kind }) => kind === 'discussion');
    expect(agenda.slice(discussion - 2, discussion)).toEqual(carried);
    expect(new Set(agenda.map(({ id }) => id)).size).toBe(16);
  });

  test('AGD1 is carried once: what the next meeting did is not carried again', async () => {
    await holdDeferring(['Đảng phí, thu chi']);
    await holdDeferring([]);
    const { room } = await summon(door, village, 'topic');
    expect(room.state.agenda.some(({ carriedOver }) => carriedOver)).toBe(false);
  });

  test('AGD1 comes from the last meeting held to its end, of this cell alone', async () => {
    await holdDeferring(['Đảng phí, thu chi']);
    const broken = await summon(door, village);
    const chair = { kind: 'person', person: village.own.secretary } as const;
    await done(broken.room, chair, { type: 'cancelMeeting', reason: 'Bão' });
    const { room } = await summon(door, village, 'topic');
    expect(room.state.agenda.filter(({ carriedOver }) => carriedOver)).toHaveLength(1);
    const foreign = await summon(door, { ...village, own: village.strange });
    expect(foreign.room.state.agenda.some(({ carriedOver }) => carriedOver)).toBe(false);
  });

  test('AGD1 keeps what it was: presenter, draft, in person only', () => {
    const item = {
      title: 'Việc mật của phòng họp',
      kind: 'other',
      presenter: 'Đồng chí Bí thư',
      minutes: 7,
      draftDecision: 'Nhất trí.',
      inPersonOnly: true,
      papers: [{ title: 'Báo cáo', marking: 'none' }],
    } as const;
    const agenda = withCarriedOver(programme('topic', 'school'), [item]);
    expect(agenda.find(({ carriedOver }) => carriedOver)).toMatchObject(item);
  });
});
