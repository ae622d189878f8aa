import { inflateSync } from 'node:zlib';

/** A page of a PDF: what it says in the order of drawing, and the operators themselves. */
export interface PdfPage {
  readonly text: string;
  readonly operators: string;
}

type Objects = ReadonlyMap<string, { readonly dictionary: string; readonly stream: string | null }>;

function objectsOf(pdf: string): Objects {
  const found = new Map<string, { dictionary: string; stream: string | null }>();
  for (const [, id, body] of pdf.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    if (id === undefined || body === undefined) continue;
    const [dictionary = '', packed] = body.split(/\nstream\n/);
    const raw = packed?.replace(/\nendstream$/, '');
    const stream =
      raw === undefined || !dictionary.includes('/FlateDecode')
        ? (raw ?? null)
        : inflateSync(Buffer.from(raw, 'latin1')).toString('latin1');
    found.set(id, { dictionary, stream });
  }
  return found;
}

function referred(dictionary: string, key: string): string {
  const id = new RegExp(`/${key} (\\d+) 0 R`).exec(dictionary)?.[1];
  if (id === undefined) throw new Error(`no /${key}`);
  return id;
}

/** Glyph number to text, from a font's ToUnicode map as ranges of arrays. */
function charactersOf(objects: Objects, font: string): ReadonlyMap<number, string> {
  const map = objects.get(referred(objects.get(font)?.dictionary ?? '', 'ToUnicode'))?.stream ?? '';
  const characters = new Map<number, string>();
  for (const [, from, list] of map.matchAll(/<(\w+)> <\w+> \[([^\]]*)\]/g)) {
    const texts = [...(list ?? '').matchAll(/<([^>]*)>/g)].map(([, hex]) =>
      Buffer.from(hex ?? '', 'hex')
        .swap16()
        .toString('utf16le'),
    );
    for (const [index, text] of texts.entries())
      characters.set(Number.parseInt(from ?? '', 16) + index, text);
  }
  return characters;
}

/** Reads what the PDF writer of this project writes: one text operator a piece, glyphs by number. */
export function pagesOf(bytes: Uint8Array): readonly PdfPage[] {
  const objects = objectsOf(Buffer.from(bytes).toString('latin1'));
  const pages = [...objects.values()].filter(({ dictionary }) => /\/Type \/Page\n/.test(dictionary));
  return pages.map(({ dictionary }) => {
    const operators = objects.get(referred(dictionary, 'Contents'))?.stream ?? '';
    const resources = objects.get(referred(dictionary, 'Resources'))?.dictionary ?? '';
    const fonts = new Map(
      [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name, id]) => [
        name,
        charactersOf(objects, id ?? ''),
      ]),
    );
    let characters: ReadonlyMap<number, string> = new Map();
    let text = '';
    for (const [, font, pieces] of operators.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (font !== undefined) characters = fonts.get(font) ?? new Map();
      for (const [, hex] of (pieces ?? '').matchAll(/<(\w*)>/g)) {
        for (const [glyph] of (hex ?? '').matchAll(/\w{4}/g)) {
          text += characters.get(Number.parseInt(glyph, 16)) ?? '\uFFFD';
        }
      }
    }
    return { text, operators };
  });
}
