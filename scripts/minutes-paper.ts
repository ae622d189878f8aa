import { strFromU8, unzipSync } from 'fflate';

/** Minutes as somebody holds them in a DOCX. */
export interface HeldPaper {
  /** The event that they say they rest on; null where their foot names none. */
  readonly head: { readonly seq: number; readonly hash: string } | null;
  /** Their paragraphs and cells in order, those without text left out. */
  readonly lines: readonly string[];
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
};

/** One line of text, however it was broken and composed. */
export function plain(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}

function paragraphsOf(xml: string): readonly string[] {
  return xml.split('</w:p>').map((paragraph) => {
    const pieces = [...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, text]) => text ?? '');
    return plain(pieces.join('').replace(/&\w+;/g, (entity) => entities[entity] ?? entity));
  });
}

/**
 * Reads what minutes say out of their DOCX.
 * @throws when the file is no DOCX.
 */
export function readPaper(bytes: Uint8Array): HeldPaper {
  const files = Object.entries(unzipSync(bytes));
  const textOf = (wanted: RegExp) =>
    files.filter(([name]) => wanted.test(name)).flatMap(([, content]) => paragraphsOf(strFromU8(content)));
  const found = /sự kiện số (\d+), mã băm ([0-9a-f]{64})/.exec(textOf(/^word\/footer\d*\.xml$/).join(' '));
  return {
    head: found ? { seq: Number(found[1]), hash: String(found[2]) } : null,
    lines: textOf(/^word\/document\.xml$/).filter((line) => line !== ''),
  };
}
