import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import { listLine, type Paper, type PaperBlock, pageText, type SignatureBlock, togetherOf } from './paper.ts';
import {
  columnWidths,
  headLeft,
  indent,
  isOfFigures,
  margins,
  mottoEms,
  page,
  sizes,
  textWidth,
  twips,
} from './sheet.ts';

const font = 'Times New Roman';
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const noBorders = { top: none, bottom: none, left: none, right: none };
const thin = { style: BorderStyle.SINGLE, size: 4, color: '000000' } as const;
const noMargins = { top: 0, bottom: 0, left: 0, right: 0 };

type Run = { readonly bold?: boolean; readonly italics?: boolean; readonly size?: number };

function run(text: string, { size = sizes.text, ...how }: Run = {}): TextRun {
  return new TextRun({ text, font, size: size * 2, ...how });
}

function centred(child: ParagraphChild, after = 0): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { after: twips(after) },
    children: [child],
  });
}

/** The motto with a line of its own length under it: the border of a paragraph drawn in from both sides. */
function motto(text: string, width: number): readonly Paragraph[] {
  const inset = twips((width - mottoEms * sizes.motto) / 2);
  return [
    centred(run(text, { bold: true, size: sizes.motto })),
    new Paragraph({
      indent: { left: inset, right: inset },
      spacing: { line: 40, lineRule: 'exact', after: twips(5) },
      border: { top: { ...thin, space: 1 } },
      children: [],
    }),
  ];
}

function bareTable(widths: readonly number[], cells: readonly (readonly Paragraph[])[]): Table {
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: twips(textWidth), type: WidthType.DXA },
    columnWidths: widths.map(twips),
    borders: { ...noBorders, insideHorizontal: none, insideVertical: none },
    margins: noMargins,
    rows: [
      new TableRow({
        cantSplit: true,
        children: cells.map(
          (children, index) =>
            new TableCell({
              width: { size: twips(widths[index] ?? 0), type: WidthType.DXA },
              borders: noBorders,
              margins: noMargins,
              children,
            }),
        ),
      }),
    ],
  });
}

function letterhead(paper: Paper): Table {
  const right = textWidth - headLeft;
  return bareTable(
    [headLeft, right],
    [
      [
        centred(run(paper.higherBody, { size: sizes.head })),
        centred(run(paper.body, { bold: true, size: sizes.head })),
        centred(run('*', { size: sizes.head })),
      ],
      [...motto(paper.motto, right), centred(run(paper.placeAndDate, { italics: true, size: sizes.head }))],
    ],
  );
}

function figuresTable({ header, rows }: Extract<PaperBlock, { kind: 'table' }>, keepNext: boolean): Table {
  const widths = columnWidths(header, rows);
  const cell = (
    text: string,
    column: number,
    how: Run,
    alignment: (typeof AlignmentType)['CENTER' | 'LEFT'],
  ) =>
    new TableCell({
      width: { size: twips(widths[column] ?? 0), type: WidthType.DXA },
      verticalAlign: VerticalAlignTable.CENTER,
      children: [
        new Paragraph({ keepNext, alignment, children: [run(text, { ...how, size: sizes.table })] }),
      ],
    });
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: twips(textWidth), type: WidthType.DXA },
    columnWidths: widths.map(twips),
    borders: {
      top: thin,
      bottom: thin,
      left: thin,
      right: thin,
      insideHorizontal: thin,
      insideVertical: thin,
    },
    margins: { top: 40, bottom: 40, left: 80, right: 80 },
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: header.map((text, column) => cell(text, column, { bold: true }, AlignmentType.CENTER)),
      }),
      ...rows.map(
        (row, index) =>
          new TableRow({
            cantSplit: true,
            children: row.map((text, column) =>
              cell(
                text,
                column,
                { bold: rows.length > 1 && index === rows.length - 1 && row[0] === 'Tổng cộng' },
                isOfFigures(rows, column) ? AlignmentType.CENTER : AlignmentType.LEFT,
              ),
            ),
          }),
      ),
    ],
  });
}

function blocksOf(block: PaperBlock, keepNext: boolean): readonly (Paragraph | Table)[] {
  switch (block.kind) {
    case 'section':
      return [
        new Paragraph({
          keepNext: true,
          spacing: { before: twips(10), after: twips(4) },
          children: [run(block.text, { bold: true })],
        }),
      ];
    case 'item':
      return [
        new Paragraph({
          keepNext: true,
          alignment: AlignmentType.BOTH,
          indent: { firstLine: twips(indent) },
          spacing: { before: twips(6), after: twips(3) },
          children: [run(block.text, { bold: true, italics: true })],
        }),
      ];
    case 'paragraph':
      return [
        new Paragraph({
          keepNext,
          alignment: AlignmentType.BOTH,
          indent: { firstLine: twips(indent) },
          spacing: { before: twips(3), after: twips(3) },
          children: [run(block.text, { bold: block.weight === 'outcome' })],
        }),
      ];
    case 'list':
      return block.items.map(
        (item) =>
          new Paragraph({
            alignment: AlignmentType.BOTH,
            indent: { firstLine: twips(indent) },
            spacing: { after: twips(3) },
            children: [run(listLine(item))],
          }),
      );
    case 'table':
      return [figuresTable(block, keepNext)];
    default: {
      const never: never = block;
      throw new Error(`unknown block ${JSON.stringify(never)}`);
    }
  }
}

function signature({ office, note, name }: SignatureBlock): readonly Paragraph[] {
  return [
    new Paragraph({
      keepNext: true,
      alignment: AlignmentType.CENTER,
      spacing: { before: twips(18) },
      children: [run(office, { bold: true })],
    }),
    new Paragraph({
      keepNext: true,
      alignment: AlignmentType.CENTER,
      spacing: { after: twips(64) },
      children: [run(note, { italics: true, size: sizes.table })],
    }),
    centred(run(name, { bold: true })),
  ];
}

function foot(mark: string | null): Footer {
  const size = sizes.foot * 2;
  const number = new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [
      new TextRun({
        font,
        size,
        // The same words as `pageText` gives with numbers.
        children: pageText('#', '#')
          .split('#')
          .flatMap((word, index) => [
            word,
            ...(index === 0 ? [PageNumber.CURRENT] : index === 1 ? [PageNumber.TOTAL_PAGES] : []),
          ]),
      }),
    ],
  });
  return new Footer({
    children: mark === null ? [number] : [centred(run(mark, { size: sizes.foot })), number],
  });
}

function head(draft: string): Header {
  return new Header({
    children: [
      new Paragraph({
        alignment: AlignmentType.RIGHT,
        children: [run(draft, { bold: true, size: sizes.foot + 1 })],
      }),
    ],
  });
}

/** Draws the paper as a DOCX. */
export async function docxOf(paper: Paper): Promise<Uint8Array> {
  const [clerk, chair] = paper.signatures;
  const document = new Document({
    title: `${paper.title} – ${paper.subject}`,
    creator: paper.body,
    styles: { default: { document: { run: { font, size: sizes.text * 2, language: { value: 'vi-VN' } } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: twips(page.width), height: twips(page.height) },
            margin: {
              top: twips(margins.top),
              bottom: twips(margins.bottom),
              left: twips(margins.left),
              right: twips(margins.right),
              header: twips(margins.top / 2),
              footer: twips(margins.bottom / 2.5),
            },
          },
        },
        ...(paper.draft === null ? {} : { headers: { default: head(paper.draft) } }),
        footers: { default: foot(paper.mark) },
        children: [
          letterhead(paper),
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { before: twips(16) },
            children: [run(paper.title, { bold: true, size: sizes.title })],
          }),
          centred(run(paper.subject, { bold: true }), 10),
          ...togetherOf(paper.blocks).flatMap((group) =>
            group.flatMap((block, index) => blocksOf(block, index < group.length - 1)),
          ),
          bareTable([textWidth / 2, textWidth / 2], [signature(clerk), signature(chair)]),
          // A document may not end in a table.
          new Paragraph({ spacing: { line: 20, lineRule: 'exact' }, children: [] }),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}
