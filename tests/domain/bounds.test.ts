import type { CommandData, CommandType } from '@diemcau/shared/domain/commands.ts';
import { asId, type MeetingId } from '@diemcau/shared/ids.ts';
import { describe, expect, test } from 'vitest';
import { by, chair, clerk, people, remoteMeeting, superior } from './meeting-builder.ts';

const item = { title: 'Việc', kind: 'other', presenter: null, minutes: 5, draftDecision: null } as const;
const opinion = { text: 'Ý kiến' };

/** What an officer, a member or a superior might add without end, and how often it is taken in an open meeting. */
const cases = [
  ['registerGuest', clerk, (n: number) => ({ name: `Khách ${n}`, office: 'Trưởng thôn' }), 300],
  [
    'registerSuperior',
    clerk,
    (n: number) => ({ name: `Cán bộ ${n}`, office: 'Phó ban', person: null, site: null }),
    100,
  ],
  ['addAgendaItem', chair, () => ({ item, after: null }), 200],
  ['wordMinutes', clerk, (n: number) => ({ part: `part${n}`, text: 'Lời văn' }), 200],
  [
    'proposeSupplement',
    clerk,
    (n: number) => ({ meeting: asId<MeetingId>(`m${n}`), title: 'Bổ sung', text: 'Lời văn' }),
    50,
  ],
  ['writeOpinion', by(people.cuong), () => opinion, 1_000],
] as const;

describe('SEC11 what a meeting holds is bounded', () => {
  test.each(cases)('SEC11 %s', (type, actor, data, most) => {
    const meeting = remoteMeeting();
    const give = (n: number) => meeting.give(actor, { type, ...data(n) } as never);
    let accepted = 0;
    for (let n = 0; n <= most; n += 1) {
      const decision = give(n);
      if (decision.ok) accepted += 1;
      else expect(decision.refusal).toEqual({ code: 'tooMany', params: { number: most } });
    }
    // The programme begins with items of its own.
    expect(accepted).toBe(type === 'addAgendaItem' ? most - remoteMeeting().state.agenda.length : most);
    expect(give(most + 1).ok).toBe(false);
  });

  test('SEC11 a part that is worded already may be worded anew', () => {
    const meeting = remoteMeeting();
    for (let n = 0; n < 200; n += 1) meeting.do(clerk, 'wordMinutes', { part: `part${n}`, text: 'Lời văn' });
    meeting.do(clerk, 'wordMinutes', { part: 'part7', text: 'Lời văn khác' });
    expect(meeting.state.wording.part7).toBe('Lời văn khác');
  });

  test('SEC11 a superior’s words to the chair are bounded too', () => {
    const meeting = remoteMeeting();
    meeting.do(superior, 'attendAsSuperior');
    const word: CommandData['messageChair'] & { type: CommandType } = {
      type: 'messageChair',
      text: 'Lời nhắn',
      to: ['Chi bộ'],
    };
    for (let n = 0; n < 500; n += 1) expect(meeting.give(superior, word as never).ok).toBe(true);
    expect(meeting.give(superior, word as never)).toMatchObject({ ok: false, refusal: { code: 'tooMany' } });
  });
});
