/** What is asked of a TrueType font: which characters it has, and how far each advances. */
export interface TrueType {
  has(character: string): boolean;
  /** Of a text at one point. */
  lengthOf(text: string): number;
}

/** Reads a font file by its Unicode table of the basic plane (format 4). */
export function readTrueType(font: Buffer): TrueType {
  const tables = new Map<string, number>();
  for (let index = 0; index < font.readUInt16BE(4); index += 1) {
    const entry = 12 + 16 * index;
    tables.set(font.toString('latin1', entry, entry + 4), font.readUInt32BE(entry + 8));
  }
  const table = (name: string) => {
    const at = tables.get(name);
    if (at === undefined) throw new Error(`no table ${name}`);
    return at;
  };
  const cmap = table('cmap');
  const subtables = Array.from({ length: font.readUInt16BE(cmap + 2) }, (_, index) => {
    return cmap + font.readUInt32BE(cmap + 4 + 8 * index + 4);
  });
  const unicode = subtables.find((at) => font.readUInt16BE(at) === 4);
  if (unicode === undefined) throw new Error('no table of characters');
  const doubled = font.readUInt16BE(unicode + 6);
  const glyphOf = (code: number): number => {
    for (let at = 0; at < doubled; at += 2) {
      const last = font.readUInt16BE(unicode + 14 + at);
      if (code > last) continue;
      const first = font.readUInt16BE(unicode + 16 + doubled + at);
      if (code < first) return 0;
      const delta = font.readUInt16BE(unicode + 16 + 2 * doubled + at);
      const rangeAt = unicode + 16 + 3 * doubled + at;
      const range = font.readUInt16BE(rangeAt);
      if (range === 0) return (code + delta) & 0xffff;
      const glyph = font.readUInt16BE(rangeAt + range + 2 * (code - first));
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
  const unitsPerEm = font.readUInt16BE(table('head') + 18);
  const metrics = font.readUInt16BE(table('hhea') + 34);
  const advance = (glyph: number) => font.readUInt16BE(table('hmtx') + 4 * Math.min(glyph, metrics - 1));
  const codeOf = (character: string) => character.codePointAt(0) ?? 0;
  return {
    has: (character) => glyphOf(codeOf(character)) !== 0,
    lengthOf: (text) =>
      [...text].reduce((sum, character) => sum + advance(glyphOf(codeOf(character))), 0) / unitsPerEm,
  };
}
