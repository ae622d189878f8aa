import { sitesInOrder } from '../domain/selectors.ts';
import type { MeetingState } from '../domain/state.ts';
import type { Head } from '../protocol/socket.ts';
import { attendanceSection } from './attendance-part.ts';
import { conclusionSection, courseSection, programmeSection } from './course-part.ts';
import type { MinutesBlock, MinutesDocument, MinutesSection } from './document.ts';
import { clockTime, longDate, monthOf, withoutStop } from './format.ts';

const text = (sentence: string): MinutesBlock => ({ kind: 'text', text: sentence });

function timeSection(state: MeetingState): MinutesSection {
  const from = state.openedAt;
  const blocks =
    from === null
      ? [text('Chưa khai mạc.')]
      : [
          text(`Khai mạc: ${clockTime(from)}, ${longDate(from)}.`),
          text(
            state.endedAt === null
              ? 'Chưa bế mạc.'
              : `Bế mạc: ${clockTime(state.endedAt)}, ${longDate(state.endedAt)}.`,
          ),
          ...(state.phase === 'interrupted'
            ? [text(`Buổi sinh hoạt bị gián đoạn; lý do: ${withoutStop(state.phaseReason ?? '')}.`)]
            : []),
        ];
  return { key: 'time', heading: 'Thời gian', blocks };
}

function placeSection(state: MeetingState): MinutesSection {
  const items = sitesInOrder(state).map(({ name, isMain }) => `${name}${isMain ? ' (điểm cầu chính)' : ''}`);
  const remote = 'Trực tuyến';
  return {
    key: 'place',
    heading: 'Địa điểm',
    blocks: [{ kind: 'list', items: [...items, remote] }],
  };
}

/**
 * Papers name the commune or ward they are written in, which the committee's name ends with.
 * @returns null where the committee is not a place's (a bloc, an enterprise).
 */
function localityOf(committeeName: string): string | null {
  const found = /^Đảng (?:ủy|uỷ|bộ) (?:xã|phường|thị trấn|đặc khu) (.+)$/i.exec(
    committeeName.normalize('NFC'),
  );
  return found?.[1] ?? null;
}

function statusOf(state: MeetingState): MinutesDocument['status'] {
  if (state.phase === 'sealed') return 'sealed';
  return state.minutesAdopted ? 'adopted' : 'draft';
}

const subjects = { regular: 'Sinh hoạt chi bộ thường kỳ', topic: 'Sinh hoạt chuyên đề' } as const;

/**
 * Biên bản at any moment of the meeting (MIN1): the figures are folds over the log, the wording is the clerk's.
 * Pure: `now` in milliseconds since 1970, `head` the log's end that the state was folded to.
 * @returns null before the meeting was created.
 */
export function minutesOfMeeting(
  state: MeetingState,
  head: Head | null,
  now: number,
): MinutesDocument | null {
  const { facts, officers } = state;
  if (facts === null || officers === null) return null;
  const date = state.openedAt ?? facts.startsAt;
  return {
    higherBody: facts.committeeName,
    body: facts.cellName,
    placeAndDate: `${localityOf(facts.committeeName) ?? sitesInOrder(state)[0]?.name ?? facts.cellName}, ${longDate(date)}`,
    title: 'BIÊN BẢN',
    subject: `${subjects[facts.kind]} tháng ${monthOf(date)}`,
    sections: [
      timeSection(state),
      placeSection(state),
      attendanceSection(state, now),
      programmeSection(state),
      courseSection(state, now),
      conclusionSection(state),
    ],
    signatures: {
      clerk: state.roll[officers.clerk]?.name ?? '',
      chair: state.roll[officers.chair]?.name ?? '',
    },
    status: statusOf(state),
    head,
  };
}
