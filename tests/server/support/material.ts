import { randomUUID } from 'node:crypto';
import { ordinaryItem } from '@diemcau/shared/domain/agenda-item.ts';
import type { CommandData } from '@diemcau/shared/domain/commands.ts';
import { defaultRules, type RollEntry, type Standing } from '@diemcau/shared/domain/roster.ts';
import {
  type AgendaItemId,
  asId,
  type CellId,
  type CommandId,
  type MeetingId,
  type PersonId,
  type SiteId,
} from '@diemcau/shared/ids.ts';

export const person = (name: string) => asId<PersonId>(name);
export const site = (name: string) => asId<SiteId>(name);
export const newCommandId = () => asId<CommandId>(randomUUID());
export const newMeetingId = () => asId<MeetingId>(randomUUID());

function entry(id: string, standing: Standing = 'official'): RollEntry {
  return {
    person: person(id),
    name: `Đồng chí ${id}`,
    label: null,
    standing,
    office: id === 'chair' ? 'cellSecretary' : null,
    group: null,
    groupOffice: null,
    specialDuty: false,
    detained: false,
  };
}

/** A cell of eight: chair, clerk, four members, one probationary, one suspended; a main hall and a village hall. */
export function material(meetingId: MeetingId = newMeetingId()): CommandData['createMeeting'] {
  return {
    facts: {
      meetingId,
      cellId: asId<CellId>('cell'),
      cellName: 'Chi bộ Thôn Đông',
      cellType: 'rural',
      committeeName: 'Đảng ủy xã',
      kind: 'regular',
      title: 'Sinh hoạt thường kỳ',
      startsAt: 1_790_000_000_000,
      rules: { ...defaultRules, minimumVote: 0 },
    },
    roll: [
      entry('chair'),
      entry('clerk'),
      entry('an'),
      entry('binh'),
      entry('cuc'),
      entry('dung'),
      entry('probationer', 'probationary'),
      entry('suspended', 'suspended'),
    ],
    sites: [
      { id: site('main'), name: 'Hội trường', isMain: true, method: 'byName', responsible: person('chair') },
      { id: site('village'), name: 'Nhà văn hóa', isMain: false, method: 'byTeller', responsible: null },
    ],
    officers: { chair: person('chair'), deputyChair: null, clerk: person('clerk') },
    agenda: [
      {
        id: asId<AgendaItemId>('item1'),
        title: 'Thông qua chương trình',
        kind: 'programme',
        presenter: null,
        minutes: 5,
        draftDecision: null,
        ...ordinaryItem,
      },
    ],
  };
}
