import {
  AlignmentType,
  BorderStyle,
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
import { isTotal, type PaperTable } from './paper.ts';
import { columnWidths, isOfFigures, sizes, textWidth, twips } from './sheet.ts';

/** Everywhere installed, and the one that official papers are written in. */
export const font = 'Times New Roman';
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const noBorders = { top: none, bottom: none, left: none, right: none };
/** A line of half a point. */
export const thin = { style: BorderStyle.SINGLE, size: 4, color: '000000' } as const;
const noMargins = { top: 0, bottom: 0, left: 0, right: 0 };

export type Run = { readonly bold?: boolean; readonly italics?: boolean; readonly size?: number };

/** A piece of text. */
export function run(text: string, { size = sizes.text, ...how }: Run = {}): TextRun {
  return new TextRun({ text, font, size: size * 2, ...how });
}

/** One line in the middle. */
export function centred(child: ParagraphChild, after = 0): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { after: twips(after) },
    children: [child],
  });
}

/** Columns side by side, without lines. */
export function bareTable(widths: readonly number[], cells: readonly (readonly Paragraph[])[]): Table {
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

/** A table with lines; `keepNext` keeps all of it on the page of what follows. */
export function figuresTable(table: PaperTable, keepNext: boolean): Table {
  const { header, rows } = table;
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
                { bold: isTotal(table, index) },
                isOfFigures(rows, column) ? AlignmentType.CENTER : AlignmentType.LEFT,
              ),
            ),
          }),
      ),
    ],
  });
}
