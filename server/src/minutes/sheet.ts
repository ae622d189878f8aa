/** Measures of the paper, in points unless they say otherwise. */

/** A4. */
export const page = { width: 595.28, height: 841.89 };

const millimetre = 72 / 25.4;

/** As HD 36-HD/VPTW has them: 20 mm above and below, 30 left, 15 right. */
export const margins = {
  top: 20 * millimetre,
  bottom: 20 * millimetre,
  left: 30 * millimetre,
  right: 15 * millimetre,
};

export const textWidth = page.width - margins.left - margins.right;

export const sizes = { motto: 15, head: 14, title: 16, text: 14, table: 12, foot: 9 };

/** Left column of the letterhead (the bodies); the right one takes the rest. */
export const headLeft = 222;

/**
 * Length of *ĐẢNG CỘNG SẢN VIỆT NAM* in bold Times at one point, kerned: the line under it is exactly as long.
 */
export const mottoEms = 13.7421875;

/** First line of a paragraph. */
export const indent = 10 * millimetre;

/** @returns points as DOCX measures them. */
export function twips(points: number): number {
  return Math.round(points * 20);
}

/** @returns the width of each column: those of figures share what columns of words, twice as wide, leave them. */
export function columnWidths(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): readonly number[] {
  const shares = header.map((_, column) => (isOfFigures(rows, column) ? 1 : 2));
  const all = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => (share * textWidth) / all);
}

/** @returns whether the column holds numbers alone. */
export function isOfFigures(rows: readonly (readonly string[])[], column: number): boolean {
  return rows.every((row) => /^\d+$/.test(row[column] ?? ''));
}
