import { timeSpent } from '../domain/agenda.ts';
import { isOver } from '../domain/phase.ts';
import { nameOf } from '../domain/selectors.ts';
import type { AgendaItem, MeetingState } from '../domain/state.ts';
import type { AgendaItemId } from '../ids.ts';
import type { MinutesBlock, MinutesSection } from './document.ts';
import { minutesOf, withoutStop } from './format.ts';
import { ballotBlocks, voteBlocks } from './votes-part.ts';

/** What became of an item, and how long it took. */
function course(item: AgendaItem, now: number): string {
  const length = `${minutesOf(timeSpent(item, now))} phút`;
  switch (item.state) {
    case 'pending':
      return 'chưa thực hiện';
    case 'current':
      return `đang thực hiện, ${length}`;
    case 'done':
      return length;
    case 'skipped':
      return 'không thực hiện';
    case 'deferred':
      return 'chuyển sang kỳ sau';
  }
}

function speeches(state: MeetingState, item: AgendaItemId | null): readonly MinutesBlock[] {
  return state.speaking.given
    .filter((speech) => speech.item === item)
    .flatMap(({ request, person, group, text, startedAt, endedAt }): readonly MinutesBlock[] => {
      const whose = group === null ? '' : ` (ý kiến của ${group})`;
      const how =
        text === null
          ? `phát biểu (${Math.max(1, minutesOf(endedAt - startedAt))} phút)`
          : `có ý kiến bằng văn bản: “${withoutStop(text)}”`;
      return [
        { kind: 'text', text: `Đồng chí ${nameOf(state, person)}${whose} ${how}.` },
        wording(state, `speech:${request}`, `Nội dung phát biểu của đồng chí ${nameOf(state, person)}`),
      ];
    });
}

function wording(state: MeetingState, part: string, label: string): MinutesBlock {
  return { kind: 'wording', part, label, text: state.wording[part] || null };
}

function decisions(state: MeetingState, item: AgendaItemId | null): readonly MinutesBlock[] {
  const votes = state.voteOrder
    .flatMap((id) => state.votes[id] ?? [])
    .filter(({ opening }) => opening.item === item);
  const ballots = state.ballots.filter((ballot) => ballot.item === item);
  return [
    ...votes.flatMap((vote) => voteBlocks(state, vote)),
    ...ballots.flatMap((ballot) => ballotBlocks(state, ballot)),
  ];
}

/** What happened under one item of the programme, or, for null, under none. */
function itemBlocks(state: MeetingState, id: AgendaItemId | null): readonly MinutesBlock[] {
  return [...speeches(state, id), ...decisions(state, id)];
}

const supplementOutcomes = {
  pending: 'chưa biểu quyết',
  adopted: 'đã thông qua',
  rejected: 'không được thông qua',
} as const;

/** *Diễn biến*: item by item who spoke and what was decided. */
export function courseSection(state: MeetingState, now: number): MinutesSection {
  const over = isOver(state);
  const items = state.agenda
    .map((item, index) => ({ item, number: index + 1 }))
    .filter(({ item }) => over || item.state !== 'pending')
    .flatMap(({ item, number }): readonly MinutesBlock[] => {
      const inRoom = item.inPersonOnly ? '; chỉ họp trực tiếp, không truyền trực tuyến' : '';
      return [
        {
          kind: 'text',
          text: `${number}. ${item.title} (${course(item, now)}${inRoom})`,
          weight: 'item',
        },
        wording(state, `item:${item.id}`, item.title),
        ...itemBlocks(state, item.id),
      ];
    });
  const outside = itemBlocks(state, null);
  const supplements = state.supplements.map(
    ({ title, text, outcome }): MinutesBlock => ({
      kind: 'text',
      text: `Biên bản bổ sung cho ${title}: ${withoutStop(text)} (${supplementOutcomes[outcome]}).`,
    }),
  );
  return {
    key: 'course',
    heading: 'Diễn biến',
    blocks: [
      ...items,
      ...(outside.length > 0 ? [{ kind: 'text', text: 'Ngoài chương trình', weight: 'item' } as const] : []),
      ...outside,
      ...supplements,
    ],
  };
}

/** *Nội dung*: the programme with its planned lengths. */
export function programmeSection(state: MeetingState): MinutesSection {
  const items = state.agenda.map(({ title, minutes }, index) => `${index + 1}. ${title} (${minutes} phút)`);
  return { key: 'programme', heading: 'Nội dung', blocks: [{ kind: 'list', items }] };
}

/** *Kết luận*, in the clerk's words. */
export function conclusionSection(state: MeetingState): MinutesSection {
  return {
    key: 'conclusion',
    heading: 'Kết luận',
    blocks: [wording(state, 'conclusion', 'Kết luận của chủ trì')],
  };
}
