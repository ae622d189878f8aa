import {
  AlignmentType,
  Document,
  Footer,
  Header,
  Packer,
  PageNumber,
  Paragraph,
  type Table,
  TextRun,
} from 'docx';
import { bareTable, centred, figuresTable, font, run, thin } from './docx-parts.ts';
import { listLine, type Paper, type PaperBlock, pagesOf, pageText, type SignatureBlock } from './paper.ts';
import { headLeft, indent, margins, mottoEms, page, sizes, textWidth, twips } from './sheet.ts';

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
  const { groups, closing } = pagesOf(paper.blocks);
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
          ...groups.flatMap((group) =>
            group.flatMap((block, index) => blocksOf(block, index < group.length - 1)),
          ),
          ...closing.flatMap((block) => blocksOf(block, true)),
          bareTable([textWidth / 2, textWidth / 2], [signature(clerk), signature(chair)]),
          // A document may not end in a table.
          new Paragraph({ spacing: { line: 20, lineRule: 'exact' }, children: [] }),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}
