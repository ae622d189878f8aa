import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { minutesOfMeeting } from '@diemcau/shared/minutes/minutes.ts';
import { describe, expect, test } from 'vitest';
import { docxOf } from '../../server/src/minutes/docx.ts';
import { linesOf, type Paper, type PaperBlock, pageText, paperOf } from '../../server/src/minutes/paper.ts';
import { pdfOf } from '../../server/src/minutes/pdf.ts';
import { mottoEms, sizes } from '../../server/src/minutes/sheet.ts';
import { type Play, playHalf, playWhole } from '../support/example-meeting.ts';
import { officeIsMissing, textOfDocument, whyWithoutOffice } from '../support/office.ts';
import { pagesOf } from '../support/pdf-text.ts';
import { readTrueType } from '../support/true-type.ts';
import { unzip } from '../support/unzip.ts';

function paperOfPlay(play: Play): Paper {
  const minutes = minutesOfMeeting(play.state, play.head, play.state.at);
  if (!minutes) throw new Error('there are no minutes');
  return paperOf(minutes);
}

/** Lines break where the page's width wants it; what is said is the same without any white space. */
const bare = (text: string) => text.replace(/\s+/g, '');

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
};

function textOfXml(xml: string): string {
  const texts = [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, text]) => text ?? '');
  return texts.join('').replace(/&\w+;/g, (entity) => entities[entity] ?? entity);
}

function bodyOfDocx(bytes: Uint8Array): string {
  return bare(textOfXml(unzip(bytes).get('word/document.xml') ?? ''));
}

/** The pages' text without what stands at every page's head and foot. */
function bodyOfPdf(bytes: Uint8Array, { draft, mark }: Paper): string {
  const pages = pagesOf(bytes);
  return pages
    .map(({ text }, index) => {
      const ends = [draft ?? '', mark ?? '', pageText(index + 1, pages.length)].map(bare);
      const page = bare(text);
      const frame = ends.join('');
      if (!page.endsWith(frame)) throw new Error(`page ${index + 1} ends in ${page.slice(-200)}`);
      return page.slice(0, -frame.length);
    })
    .join('');
}

const plays = [
  ['a draft in the middle of the meeting', playHalf],
  ['the sealed minutes of a whole meeting', playWhole],
] as const;

describe('MIN4 one content on both papers', () => {
  test.each(plays)('%s: DOCX and PDF say the same, word for word', async (_, play) => {
    const paper = paperOfPlay(play());
    const expected = bare(linesOf(paper).join(''));
    expect(expected.length).toBeGreaterThan(500);
    expect(bodyOfDocx(await docxOf(paper))).toBe(expected);
    expect(bodyOfPdf(await pdfOf(paper), paper)).toBe(expected);
  });

  test('names typed with combining marks are written as all others', async () => {
    const play = playHalf();
    const minutes = minutesOfMeeting(play.state, play.head, play.state.at);
    if (!minutes) throw new Error('there are no minutes');
    const apart = paperOf(JSON.parse(JSON.stringify(minutes).normalize('NFD')));
    const pdf = bodyOfPdf(await pdfOf(apart), apart);
    expect(pdf).toBe(bare(linesOf(paperOf(minutes)).join('')));
  });

  test('what a person typed is text on paper, never markup', async () => {
    const paper = paperOfPlay(playHalf());
    const typed = '<w:br/> & "trích" </w:t> ]]> \\fs ]TJ';
    const nasty: Paper = { ...paper, blocks: [{ kind: 'paragraph', text: typed, weight: 'plain' }] };
    expect(bodyOfDocx(await docxOf(nasty))).toContain(bare(typed));
    expect(bodyOfPdf(await pdfOf(nasty), nasty)).toContain(bare(typed));
  });
});

describe('MIN4 the form of HD 36-HD/VPTW', () => {
  const paper = paperOfPlay(playWhole());

  test('the six parts, in their order, between letterhead and signatures', () => {
    const sections = paper.blocks.flatMap((block) => (block.kind === 'section' ? [block.text] : []));
    expect(sections).toEqual([
      'I. Thời gian',
      'II. Địa điểm',
      'III. Thành phần tham dự',
      'IV. Nội dung',
      'V. Diễn biến',
      'VI. Kết luận',
    ]);
    expect(linesOf(paper).slice(0, 7)).toEqual([
      'ĐẢNG ỦY XÃ AN TƯỜNG',
      'CHI BỘ THÔN HƯNG KIỀU 2',
      '*',
      'ĐẢNG CỘNG SẢN VIỆT NAM',
      'An Tường, ngày 24 tháng 11 năm 2026',
      'BIÊN BẢN',
      'Sinh hoạt chi bộ thường kỳ tháng 11/2026',
    ]);
    expect(paper.signatures).toMatchObject([
      { office: 'THƯ KÝ', note: '(Ký, ghi rõ họ tên)', name: 'Đỗ Văn Trường' },
      { office: 'CHỦ TRÌ', note: '(Ký, ghi rõ họ tên)', name: 'Hà Thị Ngọc Bích' },
    ]);
  });

  test('DOCX: A4 with official margins, Times New Roman alone, the motto’s line as long as the motto', async () => {
    const files = unzip(await docxOf(paper));
    const xml = files.get('word/document.xml') ?? '';
    expect(xml).toContain('<w:pgSz w:w="11906" w:h="16838"');
    expect(xml).toMatch(/<w:pgMar [^>]*w:top="1134" w:right="850" w:bottom="1134" w:left="1701"/);
    const fonts = new Set([...xml.matchAll(/w:ascii="([^"]+)"/g)].map(([, name]) => name));
    expect(fonts).toEqual(new Set(['Times New Roman']));
    const line = /<w:top w:val="single"[^>]*\/><\/w:pBdr>.*?<w:ind ([^>]*)\/>/.exec(xml);
    const inset = Number(/w:left="(\d+)"/.exec(line?.[1] ?? '')?.[1]);
    const cells = [...xml.matchAll(/<w:gridCol w:w="(\d+)"\/>/g)].map(([, width]) => Number(width));
    expect(((cells[1] ?? 0) - 2 * inset) / 20).toBeCloseTo(mottoEms * sizes.motto, 0);
  });

  test('PDF: A4, the four Tinos faces inside and nothing else, the motto’s line as long as the motto', async () => {
    const pdf = await pdfOf(paper);
    const raw = Buffer.from(pdf).toString('latin1');
    expect(raw).toContain('/MediaBox [0 0 595.28 841.89]');
    const fonts = new Set([...raw.matchAll(/\/BaseFont \/\w+\+([\w-]+)/g)].map(([, name]) => name));
    expect(fonts).toEqual(new Set(['Tinos-Regular', 'Tinos-Bold', 'Tinos-Italic', 'Tinos-BoldItalic']));
    const first = pagesOf(pdf)[0]?.operators ?? '';
    const [, from, , to] = /([\d.]+) ([\d.]+) m\n([\d.]+) \2 l/.exec(first) ?? [];
    expect(Number(to) - Number(from)).toBeCloseTo(mottoEms * sizes.motto, 1);
  });

  test('the fonts hold every Vietnamese letter, and the motto is as long as it says', () => {
    const letters = [
      ...'ĂăÂâĐđÊêÔôƠơƯưÀÁÃÈÉÌÍÒÓÕÙÚÝàáãèéìíòóõùúýĨĩŨũ',
      ...Array.from({ length: 0x1ef9 - 0x1ea0 + 1 }, (_, index) => String.fromCodePoint(0x1ea0 + index)),
      ...'“”–…*₫',
    ];
    for (const name of [
      '400Regular/Tinos_400Regular',
      '700Bold/Tinos_700Bold',
      '400Regular_Italic/Tinos_400Regular_Italic',
      '700Bold_Italic/Tinos_700Bold_Italic',
    ]) {
      const file = fileURLToPath(import.meta.resolve(`@expo-google-fonts/tinos/${name}.ttf`));
      const font = readTrueType(readFileSync(file));
      expect(
        letters.filter((letter) => !font.has(letter)),
        name,
      ).toEqual([]);
      // Without the pairs that kerning draws together.
      if (name.startsWith('700Bold/')) expect(font.lengthOf(paper.motto)).toBeCloseTo(mottoEms, 1);
    }
  });

  test('MIN3 every page carries the last event’s number and hash; a draft says that it is one', async () => {
    const draft = paperOfPlay(playHalf());
    for (const [written, word] of [
      [paper, false],
      [draft, true],
    ] as const) {
      const { mark } = written;
      expect(mark).toMatch(/sự kiện số \d+, mã băm [0-9a-f]{64}$/);
      const pages = pagesOf(await pdfOf(written));
      for (const { text } of pages) {
        expect(bare(text)).toContain(bare(mark ?? ''));
        expect(bare(text).includes(bare('DỰ THẢO'))).toBe(word);
      }
      const files = unzip(await docxOf(written));
      const foot = [...files].find(([name]) => name.startsWith('word/footer'))?.[1] ?? '';
      expect(textOfXml(foot)).toContain(mark);
      expect(foot).toContain('PAGE');
      const heads = [...files].filter(([name]) => name.startsWith('word/header'));
      expect(heads.some(([, xml]) => textOfXml(xml).includes('DỰ THẢO'))).toBe(word);
    }
  });

  test('signatures never stand alone on a page', async () => {
    for (const longer of [0, 4, 8, 12, 16]) {
      const more = Array.from(
        { length: longer },
        (): PaperBlock => ({ kind: 'paragraph', text: 'Ý kiến.', weight: 'plain' }),
      );
      const pages = pagesOf(await pdfOf({ ...paper, blocks: [...more, ...paper.blocks] }));
      const last = bare(pages.at(-1)?.text ?? '');
      expect(last.indexOf(bare('THƯ KÝ'))).toBeGreaterThan(50);
    }
  }, 90_000);

  test('a table of a vote stands on one page with its question and its outcome', async () => {
    const pages = pagesOf(await pdfOf(paper)).map(({ text }) => bare(text));
    const question = bare('Biểu quyết giơ tay: Thông qua biên bản?');
    const page = pages.find((text) => text.includes(question)) ?? '';
    expect(page.slice(page.indexOf(question))).toContain(bare('Kết quả: 11/11 đồng chí tán thành'));
  });
});

test.skipIf(officeIsMissing)(
  `MIN4 LibreOffice opens the DOCX and prints the same words${whyWithoutOffice}`,
  async () => {
    const paper = paperOfPlay(playWhole());
    expect(bare(await textOfDocument(await docxOf(paper)))).toBe(bare(linesOf(paper).join('')));
  },
  90_000,
);
