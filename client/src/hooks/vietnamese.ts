/** @returns text without diacritics and case, so that "nguyen" finds "Nguyễn". */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase();
}

const givenName = (name: string) => name.trim().split(/\s+/).at(-1) ?? name;

/** Sorts people as Vietnamese lists do: by the given name, which is the last word, then by the whole name. */
export function byGivenName(a: { readonly name: string }, b: { readonly name: string }): number {
  return givenName(a.name).localeCompare(givenName(b.name), 'vi') || a.name.localeCompare(b.name, 'vi');
}
