import type { MemberImport } from '@diemcau/shared/protocol/http.ts';
import { readSheet } from 'read-excel-file/node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { roster } from '../../server/src/directory/members.ts';
import { openTestDoor, type TestDoor } from './support/http-app.ts';
import { settle, type Village } from './support/village.ts';

let door: TestDoor;
let village: Village;
let token: string;

beforeEach(async () => {
  door = await openTestDoor();
  village = await settle(door);
  token = await door.tokenOf(village.administrator);
});

afterEach(() => door.close());

type Mode = 'preview' | 'commit';

async function upload(mode: Mode, file: Buffer | string, language = 'vi') {
  const boundary = 'xxxxxxxx';
  const payload = Buffer.concat([
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="list"\r\n\r\n`),
    Buffer.from(file),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const answer = await door.app.inject({
    method: 'POST',
    url: `/api/cells/${village.own.cellId}/members/import?mode=${mode}`,
    headers: {
      authorization: `Bearer ${token}`,
      'accept-language': language,
      'content-type': `multipart/form-data; boundary=${boundary}`,
    },
    payload,
  });
  return { status: answer.statusCode, body: answer.json() };
}

async function accepted(mode: Mode, file: Buffer | string): Promise<MemberImport> {
  const { status, body } = await upload(mode, file);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}

const xlsx = (rows: (string | number | boolean | Date | null)[][]): Promise<Buffer> => {
  const data = rows.map((row) =>
    row.map((value) => (value instanceof Date ? { value, format: 'dd/mm/yyyy' } : value)),
  );
  return writeExcelFile(data).toBuffer();
};
const count = async () => (await roster(door.db, village.own.cellId)).length;

const heading = [
  'STT',
  'Họ và tên',
  'Năm sinh',
  'Điện thoại',
  'Diện đảng viên',
  'Chức vụ',
  'Tổ đảng',
  'Chức vụ tổ',
];

describe('member lists', () => {
  test('an XLSX is shown before it is written, and then written as shown', async () => {
    const before = await count();
    const file = await xlsx([
      heading,
      [1, 'Bùi Văn  Sơn', 1969, 912345678, 'Chính thức', 'chi uỷ viên', 'Tổ 1', 'tổ trưởng'],
      [null, null, null, null, null, null, null, null],
      [2, 'Lò Thị Mai', new Date(Date.UTC(1999, 3, 2)), null, 'DỰ BỊ', null, null, null],
    ]);
    const shown = await accepted('preview', file);
    expect(shown).toMatchObject({ faults: [], written: 0 });
    expect(await count()).toBe(before);
    expect(shown.members).toMatchObject([
      {
        row: 2,
        member: {
          name: 'Bùi Văn Sơn',
          birthYear: 1969,
          phone: '0912345678',
          standing: 'official',
          office: 'committeeMember',
          partyGroup: 'Tổ 1',
          groupOffice: 'groupLeader',
        },
      },
      { row: 4, member: { name: 'Lò Thị Mai', birthYear: 1999, phone: null, standing: 'probationary' } },
    ]);
    expect((await accepted('commit', file)).written).toBe(2);
    const members = await roster(door.db, village.own.cellId);
    expect(members).toHaveLength(before + 2);
    expect(members.find((member) => member.name === 'Bùi Văn Sơn')).toMatchObject(
      shown.members[0]?.member ?? {},
    );
  });

  test.each([
    [',', ''],
    [';', '\ufeff'],
    ['\t', ''],
  ])('a CSV separated by %j', async (separator, mark) => {
    const lines = [
      ['Họ và tên', 'Năm sinh', 'Tổ đảng'],
      ['"Hứa ""Lớn"" An"', '12/03/1970', `"Tổ${separator}1"`],
    ];
    const shown = await accepted('preview', mark + lines.map((line) => line.join(separator)).join('\r\n'));
    expect(shown.faults).toEqual([]);
    expect(shown.members).toMatchObject([
      {
        row: 2,
        member: { name: 'Hứa "Lớn" An', birthYear: 1970, partyGroup: `Tổ${separator}1`.replace('\t', ' ') },
      },
    ]);
  });

  test('each fault is named by row and column, with a sentence, and nothing is written', async () => {
    await door.db
      .updateTable('people')
      .set({ phone: '0987654321' })
      .where('id', '=', village.strange.member)
      .execute();
    const before = await count();
    const file = [
      'Họ và tên,Năm sinh,Điện thoại,Diện đảng viên,Chức vụ,Thư ký,Màu sắc',
      'Tốt,1970,,,,,',
      ',1970,,,,,',
      'A,70,12,chính thực,trưởng,có thể,',
      'B,,0911111111,,,x,',
      'C,,0911111111,,,,',
      'D,,0987654321,,,,',
      'Nông Văn Trong,1970,,,,,',
      'B,,,,,,',
      `${'x'.repeat(130)},,,,,,`,
    ].join('\n');
    const shown = await accepted('preview', file);
    const faults = shown.faults.map(({ row, column, fault }) => `${row} ${column} ${fault}`);
    expect(faults).toEqual([
      '1 Màu sắc unknownColumn',
      '3 Họ và tên missing',
      '4 Năm sinh notAYear',
      '4 Điện thoại notAPhone',
      '4 Diện đảng viên notAStanding',
      '4 Chức vụ notAnOffice',
      '4 Thư ký notYesOrNo',
      '6 Điện thoại twiceInFile',
      '7 Điện thoại phoneTaken',
      '8 Họ và tên alreadyOnRoster',
      '9 Họ và tên twiceInFile',
      '10 Họ và tên tooLong',
    ]);
    for (const { message } of shown.faults) expect(message).toMatch(/^[A-ZĐ].*\.$/u);
    expect(shown.members.map((entry) => entry.row)).toEqual([2, 5]);
    const refused = await upload('commit', file);
    expect(refused).toMatchObject({ status: 422, body: { code: 'importHasFaults', params: { count: 12 } } });
    expect(await count()).toBe(before);
  });

  test('a list without names is said to lack the column', async () => {
    const shown = await accepted('preview', 'Năm sinh\n1970');
    expect(shown.faults).toMatchObject([{ row: 1, column: 'Họ và tên', fault: 'missingColumn' }]);
  });

  test('sent twice, the second finds everybody on the roster', async () => {
    const file = 'Họ và tên,Năm sinh\nHứa An,1970\nHứa Bình,1971';
    await accepted('commit', file);
    const again = await upload('commit', file);
    expect(again.body).toMatchObject({ code: 'importHasFaults', params: { count: 2 } });
  });

  test.each([
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0xff])],
    ['an archive that is none', Buffer.from('PK\u0003\u0004 and no more')],
    ['text that is not UTF-8', Buffer.from('Họ và tên\nNguyễn', 'latin1')],
    ['a quote that never ends', Buffer.from('Họ và tên\n"An')],
    ['nothing', Buffer.from('')],
    ['too many rows', Buffer.from(`Họ và tên\n${'An\n'.repeat(3000)}`)],
    ['an archive that unpacks to gigabytes', bomb()],
  ])('%s is refused with a sentence', async (_what, file) => {
    const { status, body } = await upload('preview', file);
    expect(body).toMatchObject({ code: 'fileNotReadable', message: expect.stringContaining('XLSX') });
    expect(status).toBe(400);
  });

  test('a file too large, or none, is refused', async () => {
    expect((await upload('preview', Buffer.alloc(3 * 1024 * 1024, 'a'))).body.code).toBe('malformed');
    const none = await door.app.inject({
      method: 'POST',
      url: `/api/cells/${village.own.cellId}/members/import?mode=preview`,
      headers: { authorization: `Bearer ${token}` },
    });
    expect(none.json()).toMatchObject({ code: 'fileNotReadable' });
  });

  test('the list to fill in can be downloaded, filled in, and read', async () => {
    const answer = await door.app.inject({
      method: 'GET',
      url: '/api/members-template.xlsx',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-disposition']).toContain('.xlsx');
    const sheet = await readSheet(answer.rawPayload);
    expect(sheet[0]).toContain('Họ và tên');
    const shown = await accepted('preview', answer.rawPayload);
    expect(shown.faults).toEqual([]);
    expect(shown.members).toHaveLength(2);
    const outsider = await door.tokenOf(village.own.secretary);
    const refused = await door.app.inject({
      method: 'GET',
      url: '/api/members-template.xlsx',
      headers: { authorization: `Bearer ${outsider}` },
    });
    expect(refused.json()).toMatchObject({ code: 'notAllowed' });
  });
});

/** A ZIP whose directory promises four gigabytes. */
function bomb(): Buffer {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt32LE(0xfffffff0, 24);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46, 12);
  end.writeUInt32LE(4, 16);
  return Buffer.concat([Buffer.from('PK\u0003\u0004'), entry, end]);
}
