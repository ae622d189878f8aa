import type { MediaOwner } from '@diemcau/shared/protocol/media.ts';

/** @returns one word for an owner. */
export function ownerKey(owner: MediaOwner): string {
  return owner.kind === 'person' ? `person:${owner.person}` : `site:${owner.site}`;
}
