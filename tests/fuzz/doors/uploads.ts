import { strToU8, zipSync } from 'fflate';
import type { Chance } from '../chance.ts';
import { mutateText } from '../mutate.ts';
import type { FuzzDoor, Stage } from './door.ts';
import { ask, bearer } from './http.ts';

const csv = 'Họ và tên;Năm sinh;Số điện thoại;Tổ\nNông Văn Thử;1970;0912345678;Tổ 1\nHà Thị Thử;x;y;z\n';
const sheetXml =
  '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Họ và tên</t></is></c></row></sheetData></worksheet>';

function file(chance: Chance): Buffer {
  if (chance.yes(0.5)) return Buffer.from(mutateText(csv, chance));
  const parts = {
    '[Content_Types].xml': strToU8('<Types/>'),
    'xl/workbook.xml': strToU8(
      '<workbook><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
    'xl/worksheets/sheet1.xml': strToU8(chance.yes(0.5) ? sheetXml : mutateText(sheetXml, chance)),
  };
  const zip = Buffer.from(zipSync(parts));
  for (let changes = chance.below(6); changes > 0; changes -= 1) {
    zip[chance.below(zip.length)] = chance.below(256);
  }
  return zip;
}

/** Lists of members that are none, by who may import and by who may not. */
export const uploadsDoor: FuzzDoor = {
  name: 'uploads',
  share: 0.2,
  send: (stage: Stage, chance) => {
    const player = chance.pick(chance.yes(0.8) ? stage.administrators : stage.players);
    const boundary = 'bbbbbbbb';
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a"\r\ncontent-type: x/y\r\n\r\n`;
    const body = Buffer.concat([
      Buffer.from(chance.yes(0.8) ? head : mutateText(head, chance)),
      file(chance),
      Buffer.from(chance.yes(0.9) ? `\r\n--${boundary}--\r\n` : ''),
    ]);
    const cellId = stage.pool.pick('cell', chance) ?? 'c';
    return ask(stage, chance, {
      method: 'POST',
      path: `/api/cells/${cellId}/members/import?mode=${chance.yes(0.8) ? 'preview' : 'commit'}`,
      headers: { ...bearer(player), 'content-type': `multipart/form-data; boundary=${boundary}` },
      body: body.toString('latin1'),
      from: player.address,
    });
  },
};
