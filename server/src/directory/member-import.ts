import type { CellOffice, GroupOffice, Standing } from '@diemcau/shared/domain/roster.ts';
import type { CellId } from '@diemcau/shared/ids.ts';
import type { ImportFault } from '@diemcau/shared/protocol/http.ts';
import type { DirectoryDatabase } from './database.ts';
import { memberTemplate, type Sheet } from './member-sheet.ts';
import { type MemberDetails, roster } from './members.ts';
import { nameKey, tidyName, tidyPhone } from './shape.ts';

export interface SheetFault {
  /** As the spreadsheet counts: the headings are row 1. */
  readonly row: number;
  readonly column: string;
  readonly fault: ImportFault;
}

export interface ImportedRow {
  readonly row: number;
  readonly member: MemberDetails;
}

type Field = Exclude<keyof MemberDetails, never>;

interface Column {
  readonly field: Field;
  readonly title: string;
  readonly allowed: string;
  readonly others?: readonly string[];
}

const columns: readonly Column[] = [
  { field: 'name', title: 'Họ và tên', allowed: 'Bắt buộc.', others: ['họ tên', 'name'] },
  {
    field: 'birthYear',
    title: 'Năm sinh',
    allowed: 'Bốn chữ số, ví dụ 1968.',
    others: ['ngày sinh', 'birth year'],
  },
  {
    field: 'phone',
    title: 'Điện thoại',
    allowed: 'Số di động, mỗi người một số; có thể để trống.',
    others: ['số điện thoại', 'phone'],
  },
  {
    field: 'standing',
    title: 'Diện đảng viên',
    allowed:
      'chính thức, dự bị, tạm thời đến, tạm thời đi, miễn sinh hoạt, đình chỉ; để trống là chính thức.',
    others: ['diện sinh hoạt', 'standing'],
  },
  {
    field: 'office',
    title: 'Chức vụ',
    allowed: 'bí thư, phó bí thư, chi ủy viên; để trống nếu không có.',
    others: ['office'],
  },
  { field: 'isClerk', title: 'Thư ký', allowed: 'x nếu thường ghi biên bản.', others: ['clerk'] },
  { field: 'partyGroup', title: 'Tổ đảng', allowed: 'Tên tổ, ví dụ Tổ 1.', others: ['party group'] },
  {
    field: 'groupOffice',
    title: 'Chức vụ tổ',
    allowed: 'tổ trưởng, tổ phó; để trống nếu không có.',
    others: ['chức vụ trong tổ đảng', 'group office'],
  },
  {
    field: 'specialDuty',
    title: 'Nhiệm vụ đặc biệt',
    allowed: 'x nếu đang làm nhiệm vụ, không triệu tập.',
    others: ['special duty'],
  },
  { field: 'detained', title: 'Bị truy tố, tạm giam', allowed: 'x nếu có.', others: ['detained'] },
];

/** Headings that lists of the committees carry and that say nothing the directory keeps. */
const ignoredHeadings = new Set(['stt', 'tt', 'số tt', 'ghi chú', 'note']);

const standingWords: Readonly<Record<string, Standing>> = {
  '': 'official',
  'chính thức': 'official',
  'dự bị': 'probationary',
  'tạm thời đến': 'temporaryIn',
  'sinh hoạt tạm thời': 'temporaryIn',
  'sinh hoạt tạm thời đến': 'temporaryIn',
  'tạm thời đi': 'temporaryOut',
  'sinh hoạt tạm thời đi': 'temporaryOut',
  'miễn sinh hoạt': 'exempt',
  'được miễn': 'exempt',
  'được miễn sinh hoạt': 'exempt',
  'đình chỉ': 'suspended',
  'đình chỉ sinh hoạt': 'suspended',
};
const officeWords: Readonly<Record<string, CellOffice | null>> = {
  '': null,
  'đảng viên': null,
  'bí thư': 'cellSecretary',
  'phó bí thư': 'deputySecretary',
  'chi ủy viên': 'committeeMember',
  'chi uỷ viên': 'committeeMember',
};
const groupOfficeWords: Readonly<Record<string, GroupOffice | null>> = {
  '': null,
  'tổ trưởng': 'groupLeader',
  'tổ phó': 'groupDeputyLeader',
};
const yesWords: Readonly<Record<string, boolean>> = {
  '': false,
  không: false,
  '0': false,
  x: true,
  có: true,
  '1': true,
};

function lookUp<T>(words: Readonly<Record<string, T>>, value: string): T | undefined {
  const key = nameKey(value);
  return Object.hasOwn(words, key) ? words[key] : undefined;
}

/** The list to fill in. */
export function memberListTemplate(): Promise<Buffer> {
  return memberTemplate(columns, [
    ['Nguyễn Văn Bình', '1968', '0912 345 678', 'chính thức', 'bí thư', '', 'Tổ 1', '', '', ''],
    ['Lò Thị Hoa', '1999', '', 'dự bị', '', 'x', 'Tổ 2', '', '', ''],
  ]);
}

/** Reads a list against a cell: what could be added, and each fault by row and column. Writes nothing. */
export async function readMemberList(
  db: DirectoryDatabase,
  cellId: CellId,
  sheet: Sheet,
): Promise<{ readonly members: readonly ImportedRow[]; readonly faults: readonly SheetFault[] }> {
  const faults: SheetFault[] = [];
  const heading = readHeadings(sheet[0] ?? [], faults);
  if (!heading.has('name')) {
    faults.push({ row: 1, column: 'Họ và tên', fault: 'missingColumn' });
    return { members: [], faults };
  }
  const members: ImportedRow[] = [];
  sheet.forEach((cells, index) => {
    if (index === 0 || cells.every((cell) => cell === '')) return;
    const row = index + 1;
    const reader = new RowReader(row, cells, heading, faults);
    const member = reader.member();
    if (member) members.push({ row, member });
  });
  await compare(db, cellId, members, heading, faults);
  const bad = new Set(faults.map((fault) => fault.row));
  return {
    members: members.filter((entry) => !bad.has(entry.row)),
    faults: faults.toSorted((a, b) => a.row - b.row),
  };
}

interface Heading {
  readonly at: number;
  readonly title: string;
}

function readHeadings(cells: readonly string[], faults: SheetFault[]): Map<Field, Heading> {
  const found = new Map<Field, Heading>();
  cells.forEach((title, at) => {
    const key = nameKey(title);
    if (key === '' || ignoredHeadings.has(key)) return;
    const column = columns.find((entry) => nameKey(entry.title) === key || entry.others?.includes(key));
    if (!column || found.has(column.field)) faults.push({ row: 1, column: title, fault: 'unknownColumn' });
    else found.set(column.field, { at, title });
  });
  return found;
}

/** Reads one row and notes what is wrong with it. */
class RowReader {
  readonly #row: number;
  readonly #cells: readonly string[];
  readonly #heading: ReadonlyMap<Field, Heading>;
  readonly #faults: SheetFault[];

  constructor(
    row: number,
    cells: readonly string[],
    heading: ReadonlyMap<Field, Heading>,
    faults: SheetFault[],
  ) {
    this.#row = row;
    this.#cells = cells;
    this.#heading = heading;
    this.#faults = faults;
  }

  member(): MemberDetails | null {
    const before = this.#faults.length;
    const name = tidyName(this.#text('name'));
    if (name === '' && this.#faults.length === before) this.#fault('name', 'missing');
    const member: MemberDetails = {
      name,
      birthYear: this.#birthYear(),
      phone: this.#phone(),
      standing: this.#word('standing', standingWords, 'notAStanding') ?? 'official',
      office: this.#word('office', officeWords, 'notAnOffice') ?? null,
      isClerk: this.#word('isClerk', yesWords, 'notYesOrNo') ?? false,
      partyGroup: tidyName(this.#text('partyGroup')) || null,
      groupOffice: this.#word('groupOffice', groupOfficeWords, 'notAGroupOffice') ?? null,
      specialDuty: this.#word('specialDuty', yesWords, 'notYesOrNo') ?? false,
      detained: this.#word('detained', yesWords, 'notYesOrNo') ?? false,
    };
    return this.#faults.length === before ? member : null;
  }

  #text(field: Field): string {
    const heading = this.#heading.get(field);
    const text = heading ? (this.#cells[heading.at] ?? '') : '';
    if (text.length > 120 || !text.isWellFormed()) {
      this.#fault(field, 'tooLong');
      return '';
    }
    return text;
  }

  #birthYear(): number | null {
    const text = this.#text('birthYear');
    if (text === '') return null;
    const year = Number(/^(?:\d{1,2}[/.-]\d{1,2}[/.-])?(\d{4})$/.exec(text)?.[1] ?? Number.NaN);
    if (year >= 1900 && year <= 2100) return year;
    this.#fault('birthYear', 'notAYear');
    return null;
  }

  #phone(): string | null {
    const text = this.#text('phone');
    if (text === '') return null;
    // A spreadsheet that takes the number for a figure drops its leading 0.
    const phone = tidyPhone(/^[1-9]\d{8}$/.test(text) ? `0${text}` : text);
    if (phone === null) this.#fault('phone', 'notAPhone');
    return phone;
  }

  #word<T>(field: Field, words: Readonly<Record<string, T>>, fault: ImportFault): T | undefined {
    const value = lookUp(words, this.#text(field));
    if (value === undefined) this.#fault(field, fault);
    return value;
  }

  #fault(field: Field, fault: ImportFault): void {
    this.#faults.push({ row: this.#row, column: this.#heading.get(field)?.title ?? field, fault });
  }
}

/** Two rows for one person, or a person who is known already. */
async function compare(
  db: DirectoryDatabase,
  cellId: CellId,
  members: readonly ImportedRow[],
  heading: ReadonlyMap<Field, Heading>,
  faults: SheetFault[],
): Promise<void> {
  const title = (field: Field) => heading.get(field)?.title ?? field;
  const personKey = (member: { readonly name: string; readonly birthYear: number | null }) =>
    `${nameKey(member.name)}|${member.birthYear ?? ''}`;
  const onRoster = new Set((await roster(db, cellId)).map(personKey));
  const phones = members.flatMap(({ member }) => (member.phone === null ? [] : [member.phone]));
  const taken = new Set(
    phones.length === 0
      ? []
      : (await db.selectFrom('people').where('phone', 'in', phones).select('phone').execute()).map(
          (row) => row.phone,
        ),
  );
  const seenPeople = new Set<string>();
  const seenPhones = new Set<string>();
  for (const { row, member } of members) {
    const key = personKey(member);
    if (onRoster.has(key)) faults.push({ row, column: title('name'), fault: 'alreadyOnRoster' });
    else if (seenPeople.has(key)) faults.push({ row, column: title('name'), fault: 'twiceInFile' });
    seenPeople.add(key);
    if (member.phone === null) continue;
    if (taken.has(member.phone)) faults.push({ row, column: title('phone'), fault: 'phoneTaken' });
    else if (seenPhones.has(member.phone)) faults.push({ row, column: title('phone'), fault: 'twiceInFile' });
    seenPhones.add(member.phone);
  }
}
