import type { MinutesBlock, MinutesDocument } from '@diemcau/shared/minutes/document.ts';

/** One piece of the paper, as both writers draw it. */
export type PaperBlock =
  | { readonly kind: 'section'; readonly text: string }
  | { readonly kind: 'item'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string; readonly weight: 'plain' | 'outcome' }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | PaperTable;

export interface PaperTable {
  readonly kind: 'table';
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly total?: 'lastRow';
}

export interface SignatureBlock {
  readonly office: string;
  readonly note: string;
  readonly name: string;
}

/** Minutes on paper, in the form of HD 36-HD/VPTW (2018): the one content that DOCX and PDF are both drawn from (MIN4). */
export interface Paper {
  readonly higherBody: string;
  readonly body: string;
  readonly motto: string;
  readonly placeAndDate: string;
  readonly title: string;
  readonly subject: string;
  readonly blocks: readonly PaperBlock[];
  readonly signatures: readonly [SignatureBlock, SignatureBlock];
  /** At the head of every page until the meeting has adopted the minutes; null afterwards. */
  readonly draft: string | null;
  /** Where in the log the figures stand (MIN3), at the foot of every page; null where it isn't known. */
  readonly mark: string | null;
}

/** A line for what will be written by hand, as long as the page allows. */
const ruled = '…'.repeat(30);
const romans = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X'];
const signHere = '(Ký, ghi rõ họ tên)';

function capitals(text: string): string {
  return text.toLocaleUpperCase('vi');
}

/** The clerk's words by paragraph; what has not been worded takes no room, but a conclusion is written by hand. */
function worded(part: string, text: string | null): readonly PaperBlock[] {
  const written = (text ?? '').split('\n').filter((line) => line.trim() !== '');
  const lines = written.length === 0 && part === 'conclusion' ? [ruled, ruled, ruled] : written;
  return lines.map((line) => ({ kind: 'paragraph', text: line.trim(), weight: 'plain' }));
}

function blocksOf(block: MinutesBlock): readonly PaperBlock[] {
  switch (block.kind) {
    case 'text':
      return block.weight === 'item'
        ? [{ kind: 'item', text: block.text }]
        : [{ kind: 'paragraph', text: block.text, weight: block.weight ?? 'plain' }];
    case 'list':
      return block.items.length === 0 ? [] : [block];
    case 'table':
      return [block];
    case 'wording':
      return worded(block.part, block.text);
    default: {
      const never: never = block;
      throw new Error(`unknown block ${JSON.stringify(never)}`);
    }
  }
}

/** Puts every text into one form: a name typed with combining marks must look like all others. */
function composed<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).normalize('NFC'));
}

/** @returns the paper that the minutes are written on. */
export function paperOf(minutes: MinutesDocument): Paper {
  const { head } = minutes;
  return composed<Paper>({
    higherBody: capitals(minutes.higherBody),
    body: capitals(minutes.body),
    motto: 'ĐẢNG CỘNG SẢN VIỆT NAM',
    placeAndDate: minutes.placeAndDate,
    title: minutes.title,
    subject: minutes.subject,
    blocks: minutes.sections.flatMap(({ heading, blocks }, index) => [
      { kind: 'section', text: `${romans[index] ?? index + 1}. ${heading}` },
      ...blocks.flatMap(blocksOf),
    ]),
    signatures: [
      { office: 'THƯ KÝ', note: signHere, name: minutes.signatures.clerk },
      { office: 'CHỦ TRÌ', note: signHere, name: minutes.signatures.chair },
    ],
    draft: minutes.status === 'draft' ? 'DỰ THẢO – CHƯA ĐƯỢC CHI BỘ THÔNG QUA' : null,
    mark: head && `Nhật ký điện tử: sự kiện số ${head.seq}, mã băm ${head.hash}`,
  });
}

/** @returns an item of a list as it is printed: with a dash, unless it brings its own number. */
export function listLine(item: string): string {
  return /^\d+\. /.test(item) ? item : `- ${item}`;
}

/** What is longer may break across pages: characters of what must stand together. */
const breakable = 1_200;

function lengthOf(block: PaperBlock): number {
  return JSON.stringify(block).length;
}

/** How the blocks fall on pages. */
export interface Pagination {
  /** Each stands on one page. */
  readonly groups: readonly (readonly PaperBlock[])[];
  /** What the signatures stand under: they are never alone on a page. */
  readonly closing: readonly PaperBlock[];
}

/** @returns the blocks with a vote's question, table and outcome in one group, and the last words apart. */
export function pagesOf(blocks: readonly PaperBlock[]): Pagination {
  const last = blocks.at(-1);
  const closing = last?.kind === 'paragraph' && lengthOf(last) < breakable ? [last] : [];
  const groups: PaperBlock[][] = [];
  for (const [index, block] of blocks.slice(0, blocks.length - closing.length).entries()) {
    const before = blocks[index - 1];
    const joins =
      (block.kind === 'table' && before?.kind === 'paragraph') ||
      (block.kind === 'paragraph' && block.weight === 'outcome' && before?.kind === 'table');
    const group = groups.at(-1);
    const length = [...(group ?? []), block].reduce((sum, each) => sum + lengthOf(each), 0);
    if (joins && group && length < breakable) group.push(block);
    else groups.push([block]);
  }
  return { groups, closing };
}

/** @returns whether the row sums up those above it. */
export function isTotal({ rows, total }: PaperTable, index: number): boolean {
  return total === 'lastRow' && index === rows.length - 1;
}

/** @returns the number of a page, at its foot. */
export function pageText(page: number | string, pages: number | string): string {
  return `Trang ${page}/${pages}`;
}

/** @returns every line of the paper's body in reading order: what DOCX and PDF must both say. */
export function linesOf(paper: Paper): readonly string[] {
  const [clerk, chair] = paper.signatures;
  return [
    paper.higherBody,
    paper.body,
    '*',
    paper.motto,
    paper.placeAndDate,
    paper.title,
    paper.subject,
    ...paper.blocks.flatMap((block): readonly string[] => {
      switch (block.kind) {
        case 'list':
          return block.items.map(listLine);
        case 'table':
          return [block.header, ...block.rows].flat();
        default:
          return [block.text];
      }
    }),
    ...[clerk, chair].flatMap(({ office, note, name }) => [office, note, name]),
  ];
}
