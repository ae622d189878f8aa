import { attendanceOf, isExcluded, isPersonPresent, placeOf } from '@diemcau/shared/domain/presence.ts';
import type { RollEntry } from '@diemcau/shared/domain/roster.ts';
import type { MeetingState, SiteState } from '@diemcau/shared/domain/state.ts';
import type { SiteId } from '@diemcau/shared/ids.ts';
import { byGivenName } from './names.ts';

/** Where a list of people belongs on the screen. */
export type PeopleGroup =
  | { readonly kind: 'site'; readonly site: SiteState; readonly people: readonly RollEntry[] }
  | { readonly kind: 'remote' | 'expected' | 'notHere'; readonly people: readonly RollEntry[] };

/** @returns the sites, the main one first. */
export function sitesInOrder(state: MeetingState): readonly SiteState[] {
  return Object.values(state.sites).sort(
    (a, b) => Number(b.isMain) - Number(a.isMain) || a.name.localeCompare(b.name, 'vi'),
  );
}

/** @returns everybody on the roll whom this meeting concerns, in the order of Vietnamese lists. */
export function rollInOrder(state: MeetingState): readonly RollEntry[] {
  return Object.values(state.roll)
    .filter((entry) => !isExcluded(entry))
    .sort(byGivenName);
}

/** @returns who takes part at a site now. */
export function peopleAt(state: MeetingState, site: SiteId): readonly RollEntry[] {
  return rollInOrder(state).filter((entry) => {
    const place = placeOf(attendanceOf(state, entry.person).presence);
    return place?.mode === 'onSite' && place.site === site;
  });
}

/** @returns the roll grouped by where each takes part. */
export function peopleGroups(state: MeetingState): readonly PeopleGroup[] {
  const roll = rollInOrder(state);
  const remote = roll.filter((entry) => placeOf(attendanceOf(state, entry.person).presence)?.mode === 'remote');
  const expected = roll.filter((entry) => attendanceOf(state, entry.person).presence.mode === 'expected');
  const notHere = roll.filter(
    (entry) => !isPersonPresent(state, entry.person) && !expected.includes(entry),
  );
  return [
    ...sitesInOrder(state).map(
      (site): PeopleGroup => ({ kind: 'site', site, people: peopleAt(state, site.id) }),
    ),
    { kind: 'remote', people: remote },
    { kind: 'expected', people: expected },
    { kind: 'notHere', people: notHere },
  ];
}
