import { strFromU8, unzipSync } from 'fflate';

/** @returns the files of a ZIP by their names, as text. */
export function unzip(bytes: Uint8Array): ReadonlyMap<string, string> {
  // Out of a buffer that others share, fflate would read theirs.
  const files = Object.entries(unzipSync(Uint8Array.from(bytes)));
  return new Map(files.map(([name, content]) => [name, strFromU8(content)]));
}
