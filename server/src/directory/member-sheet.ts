import { readSheet } from 'read-excel-file/universal';
import writeExcelFile from 'write-excel-file/node';

/** A table as it was uploaded: rows of trimmed texts, the first of them the headings. */
export type Sheet = readonly (readonly string[])[];

const ROWS_MAX = 2_000;
const UNPACKED_MAX = 20 * 1024 * 1024;

/** @returns the table in an XLSX or CSV file, or null when the file is neither or is too large. */
export async function readSheetOf(file: Buffer): Promise<Sheet | null> {
  const rows = file.subarray(0, 2).toString('latin1') === 'PK' ? await readXlsx(file) : readCsv(file);
  return rows !== null && rows.length > 0 && rows.length <= ROWS_MAX ? rows : null;
}

async function readXlsx(file: Buffer): Promise<Sheet | null> {
  if (unpackedSize(file) > UNPACKED_MAX) return null;
  try {
    const bytes = new Uint8Array(file).buffer;
    const rows = await readSheet(bytes);
    return rows.map((row) => row.map(textOf));
  } catch {
    // The library names dozens of ways in which a file is no spreadsheet; to the person they are one.
    return null;
  }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return String(value.getUTCFullYear());
  if (value === true) return 'x';
  if (value === false) return '';
  return String(value).normalize('NFC').trim();
}

/** The size that a ZIP archive says it unpacks to, so that a small file doesn't fill the memory. */
function unpackedSize(file: Buffer): number {
  const END = 0x06054b50;
  const ENTRY = 0x02014b50;
  let end = file.length - 22;
  while (end >= 0 && file.readUInt32LE(end) !== END) end -= 1;
  if (end < 0) return Number.POSITIVE_INFINITY;
  let total = 0;
  let at = file.readUInt32LE(end + 16);
  for (let left = file.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== ENTRY) return Number.POSITIVE_INFINITY;
    total += file.readUInt32LE(at + 24);
    at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return total;
}

/** RFC 4180 with the separators that spreadsheets of this country write: comma, semicolon or tab. */
function readCsv(file: Buffer): Sheet | null {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(file).normalize('NFC');
  } catch {
    return null;
  }
  if (text.includes('\u0000')) return null;
  const firstLine = text.slice(0, text.search(/\r|\n|$/));
  const separator = [';', '\t', ','].find((candidate) => firstLine.includes(candidate)) ?? ',';
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  const endField = () => {
    row.push(field.trim());
    field = '';
  };
  const endRow = () => {
    endField();
    rows.push(row);
    row = [];
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (quoted) {
      if (letter !== '"') field += letter;
      else if (text.charAt(at + 1) === '"') {
        field += '"';
        at += 1;
      } else quoted = false;
    } else if (letter === '"' && field.trim() === '') {
      quoted = true;
      field = '';
    } else if (letter === separator) endField();
    else if (letter === '\n') endRow();
    else if (letter !== '\r') field += letter;
  }
  if (field !== '' || row.length > 0) endRow();
  return quoted ? null : rows;
}

/** The XLSX to fill in: headings, two rows as an example, and what may stand in which column. */
export async function memberTemplate(
  headings: readonly { readonly title: string; readonly allowed: string }[],
  examples: readonly (readonly string[])[],
): Promise<Buffer> {
  const bold = (value: string) => ({ value, fontWeight: 'bold' as const });
  return writeExcelFile([
    {
      sheet: 'Danh sách',
      columns: headings.map((heading) => ({ width: Math.max(14, heading.title.length + 4) })),
      data: [headings.map((heading) => bold(heading.title)), ...examples.map((row) => [...row])],
    },
    {
      sheet: 'Hướng dẫn',
      columns: [{ width: 28 }, { width: 90 }],
      data: [[bold('Cột'), bold('Cách ghi')], ...headings.map((heading) => [heading.title, heading.allowed])],
    },
  ]).toBuffer();
}
