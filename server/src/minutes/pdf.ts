import { fileURLToPath } from 'node:url';
import pdfmake from 'pdfmake';
import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import {
  isTotal,
  listLine,
  type Paper,
  type PaperBlock,
  type PaperTable,
  pagesOf,
  pageText,
  type SignatureBlock,
} from './paper.ts';
import { columnWidths, headLeft, indent, isOfFigures, margins, mottoEms, sizes, textWidth } from './sheet.ts';

const tinos = {
  normal: fileURLToPath(import.meta.resolve('@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf')),
  bold: fileURLToPath(import.meta.resolve('@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf')),
  italics: fileURLToPath(
    import.meta.resolve('@expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf'),
  ),
  bolditalics: fileURLToPath(
    import.meta.resolve('@expo-google-fonts/tinos/700Bold_Italic/Tinos_700Bold_Italic.ttf'),
  ),
};

pdfmake.setFonts({ Tinos: tinos });
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => Object.values(tinos).includes(path));

/** The motto with a line of its own length under it. */
function motto(text: string, width: number): Content[] {
  const length = mottoEms * sizes.motto;
  const from = (width - length) / 2;
  return [
    { text, bold: true, fontSize: sizes.motto, alignment: 'center' },
    {
      canvas: [{ type: 'line', x1: from, y1: 1, x2: from + length, y2: 1, lineWidth: 0.7 }],
      margin: [0, 0, 0, 6],
    },
  ];
}

function letterhead(paper: Paper): Content {
  const right = textWidth - headLeft;
  const size = sizes.head;
  return {
    columns: [
      {
        width: headLeft,
        alignment: 'center',
        stack: [
          { text: paper.higherBody, fontSize: size },
          { text: paper.body, fontSize: size, bold: true },
          { text: '*', fontSize: size },
        ],
      },
      {
        width: right,
        stack: [
          ...motto(paper.motto, right),
          { text: paper.placeAndDate, fontSize: size, italics: true, alignment: 'center' },
        ],
      },
    ],
  };
}

const pad = 4;

function figuresTable(table: PaperTable): Content {
  const { header, rows } = table;
  // What pdfmake calls a column's width lies between its paddings and borders.
  const widths = columnWidths(header, rows).map((width) => width - 2 * pad - 0.6);
  const cell = (text: string, bold: boolean, alignment: 'left' | 'center'): TableCell => ({
    text,
    bold,
    alignment,
    fontSize: sizes.table,
    verticalAlignment: 'middle',
  });
  return {
    margin: [0, 2, 0, 2],
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths,
      body: [
        header.map((text) => cell(text, true, 'center')),
        ...rows.map((row, index) =>
          row.map((text, column) =>
            cell(text, isTotal(table, index), isOfFigures(rows, column) ? 'center' : 'left'),
          ),
        ),
      ],
    },
    layout: {
      hLineWidth: () => 0.5,
      vLineWidth: () => 0.5,
      paddingLeft: () => pad,
      paddingRight: () => pad,
    },
  };
}

function blockOf(block: PaperBlock): Content {
  switch (block.kind) {
    case 'section':
      return { text: block.text, bold: true, margin: [0, 10, 0, 4], headlineLevel: 1 };
    case 'item':
      return {
        text: block.text,
        bold: true,
        italics: true,
        alignment: 'justify',
        leadingIndent: indent,
        margin: [0, 6, 0, 3],
        headlineLevel: 2,
      };
    case 'paragraph':
      return {
        text: block.text,
        bold: block.weight === 'outcome',
        alignment: 'justify',
        leadingIndent: indent,
        margin: [0, 3, 0, 3],
      };
    case 'list':
      return {
        stack: block.items.map((item) => ({
          text: listLine(item),
          alignment: 'justify',
          leadingIndent: indent,
          margin: [0, 0, 0, 3],
        })),
      };
    case 'table':
      return figuresTable(block);
    default: {
      const never: never = block;
      throw new Error(`unknown block ${JSON.stringify(never)}`);
    }
  }
}

function signature({ office, note, name }: SignatureBlock): Content {
  return {
    alignment: 'center',
    stack: [
      { text: office, bold: true },
      { text: note, italics: true, fontSize: sizes.table, margin: [0, 0, 0, 64] },
      { text: name, bold: true },
    ],
  };
}

function definitionOf(paper: Paper): TDocumentDefinitions {
  const [clerk, chair] = paper.signatures;
  const { draft, mark } = paper;
  const { groups, closing } = pagesOf(paper.blocks);
  return {
    pageSize: 'A4',
    pageMargins: [margins.left, margins.top, margins.right, margins.bottom],
    language: 'vi-VN',
    info: { title: `${paper.title} – ${paper.subject}`, author: paper.body },
    defaultStyle: { font: 'Tinos', fontSize: sizes.text, lineHeight: 1.12 },
    ...(draft === null
      ? {}
      : {
          header: {
            text: draft,
            bold: true,
            alignment: 'right',
            fontSize: sizes.foot + 1,
            margin: [margins.left, margins.top / 2, margins.right, 0],
          },
        }),
    footer: (current, count) => ({
      alignment: 'center',
      fontSize: sizes.foot,
      margin: [margins.left, margins.bottom / 4, margins.right, 0],
      stack: [...(mark === null ? [] : [{ text: mark }]), { text: pageText(current, count) }],
    }),
    content: [
      letterhead(paper),
      { text: paper.title, bold: true, fontSize: sizes.title, alignment: 'center', margin: [0, 16, 0, 0] },
      { text: paper.subject, bold: true, alignment: 'center', margin: [0, 0, 0, 10] },
      ...groups.map((group): Content => ({ stack: group.map(blockOf), unbreakable: group.length > 1 })),
      {
        stack: [
          ...closing.map(blockOf),
          { columns: [signature(clerk), signature(chair)], margin: [0, 18, 0, 0] },
        ],
        unbreakable: true,
      },
    ],
    // A heading alone at the foot of a page goes with what it heads.
    pageBreakBefore: (node, { getFollowingNodesOnPage }) =>
      node.headlineLevel !== undefined && getFollowingNodesOnPage().length === 0,
  };
}

/** Draws the paper as a PDF, with the whole of its Times metrics inside. */
export async function pdfOf(paper: Paper): Promise<Uint8Array> {
  return new Uint8Array(await pdfmake.createPdf(definitionOf(paper)).getBuffer());
}
