import type { MediaOwner } from '@diemcau/shared/protocol/media.ts';

/** @returns whether both are the same person's, or the same hall's. */
export function isSameOwner(a: MediaOwner, b: MediaOwner): boolean {
  if (a.kind === 'person') return b.kind === 'person' && a.person === b.person;
  return b.kind === 'site' && a.site === b.site;
}
