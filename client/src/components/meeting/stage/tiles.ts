import { attendanceOf, isPersonPresent, placeOf } from '@diemcau/shared/domain/presence.ts';
import { peopleAt, rollByName, sitesInOrder } from '@diemcau/shared/domain/selectors.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { PersonId, SiteId } from '@diemcau/shared/ids.ts';
import type { MediaOwner } from '@diemcau/shared/protocol/media.ts';

/** What the stage shows: a hall, or a person on an own device. */
export type Tile =
  | { readonly kind: 'site'; readonly key: string; readonly site: SiteId; readonly owner: MediaOwner }
  | {
      readonly kind: 'member' | 'superior';
      readonly key: string;
      readonly person: PersonId;
      readonly owner: MediaOwner;
    };

/** @returns the tile of a hall. */
export function siteTile(site: SiteId): Tile {
  return { kind: 'site', key: `site:${site}`, site, owner: { kind: 'site', site } };
}

/** @returns the tile of a person on an own device. */
export function personTile(person: PersonId, kind: 'member' | 'superior' = 'member'): Tile {
  return { kind, key: `person:${person}`, person, owner: { kind: 'person', person } };
}

/** @returns the tile that shows a person: the hall they sit in, or their own. */
export function tileOf(state: MeetingState, person: PersonId): Tile {
  if (state.superiors[person]) return personTile(person, 'superior');
  const { presence } = attendanceOf(state, person);
  const place = placeOf(presence);
  return place?.mode === 'onSite' ? siteTile(place.site) : personTile(person);
}

/** @returns all tiles: halls first, the main one leading, then superiors, then remote members. */
export function allTiles(state: MeetingState): readonly Tile[] {
  const sites = sitesInOrder(state)
    .filter((site) => site.terminal !== null || site.isMain || peopleAt(state, site.id).length > 0)
    .map((site) => siteTile(site.id));
  const superiors = Object.keys(state.superiors).map((person) => personTile(person as PersonId, 'superior'));
  const remote = rollByName(state)
    .filter(
      (entry) =>
        !state.superiors[entry.person] &&
        isPersonPresent(state, entry.person) &&
        placeOf(attendanceOf(state, entry.person).presence)?.mode === 'remote',
    )
    .map((entry) => personTile(entry.person));
  return [...sites, ...superiors, ...remote];
}

function lookedAt(state: MeetingState): readonly Tile[] {
  const speech = state.speaking.speech?.request;
  const chair = state.officers?.chair;
  return [
    ...(speech ? [speech.site === null ? tileOf(state, speech.person) : siteTile(speech.site)] : []),
    ...(chair && isPersonPresent(state, chair) ? [tileOf(state, chair)] : []),
    ...allTiles(state),
  ];
}

/**
 * @param hall the hall that looks on: it sees others large, itself only when nobody else is there.
 * @returns the tile that all look at: who speaks, else the chair, else the main site.
 */
export function leadingTile(state: MeetingState, hall: SiteId | null): Tile | null {
  const tiles = lookedAt(state);
  return tiles.find((tile) => tile.kind !== 'site' || tile.site !== hall) ?? tiles[0] ?? null;
}
