import { attendanceOf, isExcluded, isPartlyPresent } from '../domain/presence.ts';
import type { RollEntry } from '../domain/roster.ts';
import { attendanceFigures, peopleAt, rollByName, sitesInOrder } from '../domain/selectors.ts';
import type { MeetingState } from '../domain/state.ts';
import type { MinutesBlock, MinutesSection } from './document.ts';
import { clockTime, names, perCent } from './format.ts';

const text = (sentence: string): MinutesBlock => ({ kind: 'text', text: sentence });

function namesWhere(state: MeetingState, holds: (entry: RollEntry) => boolean): readonly string[] {
  return rollByName(state)
    .filter(holds)
    .map(({ name }) => name);
}

function inMode(state: MeetingState, mode: string): (entry: RollEntry) => boolean {
  return (entry) => !isExcluded(entry) && attendanceOf(state, entry.person).presence.mode === mode;
}

function rollBlock(state: MeetingState): MinutesBlock {
  const roll = Object.values(state.roll);
  const count = (standing: RollEntry['standing']) =>
    roll.filter((entry) => entry.standing === standing).length;
  const own = roll.length - count('temporaryIn');
  const some = (word: string, amount: number) => (amount > 0 ? `, ${word}: ${amount}` : '');
  return text(
    `Tổng số đảng viên của chi bộ: ${own}; trong đó chính thức: ${count('official') + count('exempt')}, ` +
      `dự bị: ${count('probationary')}${some('chuyển sinh hoạt tạm thời đi', count('temporaryOut'))}` +
      `${some('bị đình chỉ sinh hoạt', count('suspended'))}. ` +
      `Đảng viên sinh hoạt tạm thời đến: ${count('temporaryIn')}.`,
  );
}

function presentBlock(state: MeetingState): MinutesBlock {
  const { present, summoned, byMode } = attendanceFigures(state);
  const halls = sitesInOrder(state).map(({ id, name }) => `tại ${name}: ${peopleAt(state, id).length}`);
  const parts = [
    ...halls,
    `trực tuyến: ${byMode.remote + byMode.reconnecting}`,
    ...(byMode.away > 0 ? [`tạm vắng do nhiệm vụ: ${byMode.away}`] : []),
  ];
  return text(
    `Có mặt: ${present}/${summoned} đảng viên được triệu tập, đạt ${perCent(present, summoned)}; ` +
      `trong đó ${parts.join('; ')}.`,
  );
}

function absentBlocks(state: MeetingState, now: number): readonly MinutesBlock[] {
  const partly = namesWhere(state, ({ person }) => isPartlyPresent(state, person, now));
  const left = namesWhere(state, inMode(state, 'left'));
  const exempt = namesWhere(state, ({ standing }) => standing === 'exempt');
  const moved = namesWhere(state, ({ standing }) => standing === 'temporaryOut');
  return [
    text(`Vắng có lý do: ${names(namesWhere(state, inMode(state, 'absentExcused')))}.`),
    text(`Vắng không lý do: ${names(namesWhere(state, inMode(state, 'absentUnexcused')))}.`),
    ...(left.length > 0 ? [text(`Về trước khi kết thúc: ${names(left)}.`)] : []),
    ...(partly.length > 0 ? [text(`Có mặt một phần: ${names(partly)}.`)] : []),
    text(`Được miễn công tác và sinh hoạt đảng: ${names(exempt)}.`),
    text(`Chuyển sinh hoạt đảng tạm thời: ${names(moved)}.`),
  ];
}

/** Superiors who attended, openly and by name, from afar (SUP1) or in a hall (SUP9), in the order of their coming. */
function superiorLines(state: MeetingState): readonly string[] {
  const before = state.superiorsBefore.map((superior) => ({ ...superior, how: 'trực tuyến' }));
  const now = Object.values(state.superiors).map(({ name, office, since }) => ({
    name,
    office,
    how: 'trực tuyến',
    from: since,
    to: null,
  }));
  const onSite = Object.values(state.onSiteSuperiors).map(({ name, office, site, from, to }) => {
    const hall = site === null ? undefined : state.sites[site]?.name;
    return { name, office, how: hall === undefined ? 'trực tiếp' : `trực tiếp tại ${hall}`, from, to };
  });
  return [...before, ...now, ...onSite]
    .toSorted((a, b) => a.from - b.from)
    .map(({ name, office, how, from, to }) => {
      const end = to === null ? '' : ` đến ${clockTime(to)}`;
      return `${name}, ${office} (dự ${how}, từ ${clockTime(from)}${end})`;
    });
}

function guestBlocks(state: MeetingState): readonly MinutesBlock[] {
  const superiors = superiorLines(state);
  const guests = Object.values(state.guests).map(({ name, office }) => `${name}, ${office}`);
  const outside = guests.length === 0 && superiors.length === 0 && state.noGuests;
  return [
    ...(superiors.length > 0 ? [text('Cấp trên dự:'), { kind: 'list', items: superiors } as const] : []),
    ...(guests.length > 0 ? [text('Đại biểu mời:'), { kind: 'list', items: guests } as const] : []),
    ...(outside ? [text('Không có người ngoài chi bộ.')] : []),
  ];
}

/** Who was there and how, with figures that nobody edits. `now`: milliseconds since 1970. */
export function attendanceSection(state: MeetingState, now: number): MinutesSection {
  const nameOf = (person: keyof MeetingState['roll'] | null | undefined) =>
    person ? (state.roll[person]?.name ?? '') : '';
  const chairs = state.chairs.map(({ person, from }) => `${nameOf(person)} (từ ${clockTime(from)})`);
  const chair = chairs.length > 1 ? chairs.join('; ') : nameOf(state.officers?.chair);
  return {
    key: 'attendance',
    heading: 'Thành phần tham dự',
    blocks: [
      rollBlock(state),
      presentBlock(state),
      ...absentBlocks(state, now),
      text(`Chủ trì: ${chair}. Thư ký: ${nameOf(state.officers?.clerk)}.`),
      ...guestBlocks(state),
    ],
  };
}
