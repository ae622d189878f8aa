import type { PersonId, SiteId } from '../ids.ts';
import { attendanceOf } from './presence.ts';
import type { MeetingState } from './state.ts';

/** Whose sound and screen may be heard and seen; the camera always may (SPK3). */
export type Floor =
  | { readonly kind: 'free' }
  | { readonly kind: 'restricted'; readonly persons: readonly PersonId[]; readonly sites: readonly SiteId[] };

/** SPK3: the chair, who was granted the floor, and the halls that these two speak from. */
export function floorOf(state: MeetingState): Floor {
  if (state.speaking.freeDiscussion === 'on') return { kind: 'free' };
  const speaker = state.speaking.speech?.request.person;
  const persons = [state.officers?.chair, speaker].filter((person) => person !== undefined);
  const sites = persons.flatMap((person) => {
    const { presence } = attendanceOf(state, person);
    return presence.mode === 'onSite' ? [presence.site] : [];
  });
  return { kind: 'restricted', persons: [...new Set(persons)], sites: [...new Set(sites)] };
}

/** @returns whether a person, or a hall, is within the floor. */
export function hasFloor(
  floor: Floor,
  who:
    | { readonly kind: 'person'; readonly person: PersonId }
    | { readonly kind: 'site'; readonly site: SiteId },
): boolean {
  if (floor.kind === 'free') return true;
  return who.kind === 'person' ? floor.persons.includes(who.person) : floor.sites.includes(who.site);
}
