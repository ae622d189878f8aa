import type { PersonId, SiteId } from '../ids.ts';
import { attendanceOf, isPersonPresent, placeOf } from './presence.ts';
import type { MeetingState } from './state.ts';

/** Whose camera: a person's, or a hall's. */
export type PictureOwner =
  | { readonly kind: 'person'; readonly person: PersonId }
  | { readonly kind: 'site'; readonly site: SiteId };

/**
 * Whose picture stands for the meeting where only one is shown (SUP1): who speaks, else the main site, else the chair, else
 * the other sites and then whoever takes part from afar. A hall stands for those who sit in it; one whose line is dark comes
 * last, for its picture stands still.
 * @returns each once; the first of them that sends a picture is the one to show.
 */
export function pictureOrder(state: MeetingState): readonly PictureOwner[] {
  const speaker = state.speaking.speech?.request.person;
  const sites = Object.values(state.sites);
  const isDark = (site: SiteId) => state.sites[site]?.terminal?.line === 'dark';
  const order: PictureOwner[] = [
    ...[speaker].flatMap((person) => seenOf(state, person)),
    ...sites.filter(({ isMain }) => isMain).map(({ id }) => ofSite(id)),
    ...[state.officers?.chair].flatMap((person) => seenOf(state, person)),
    ...sites.map(({ id }) => ofSite(id)),
    ...Object.values(state.roll)
      .filter(({ person }) => isPersonPresent(state, person))
      .flatMap(({ person }) => seenOf(state, person)),
  ];
  const once = [...new Map(order.map((owner) => [keyOf(owner), owner])).values()];
  const last = (owner: PictureOwner) => (owner.kind === 'site' && isDark(owner.site) ? 1 : 0);
  return once.toSorted((a, b) => last(a) - last(b));
}

/** A person in a hall is seen in its picture; who is nowhere on the roll, as a superior, by their own. */
function seenOf(state: MeetingState, person: PersonId | undefined): PictureOwner[] {
  if (person === undefined) return [];
  const place = placeOf(attendanceOf(state, person).presence);
  return [place?.mode === 'onSite' ? ofSite(place.site) : { kind: 'person', person }];
}

function ofSite(site: SiteId): PictureOwner {
  return { kind: 'site', site };
}

function keyOf(owner: PictureOwner): string {
  return owner.kind === 'site' ? `site ${owner.site}` : `person ${owner.person}`;
}
