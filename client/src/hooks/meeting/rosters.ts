import { attendanceOf, isExcluded, isPersonPresent, placeOf } from '@diemcau/shared/domain/presence.ts';
import type { RollEntry } from '@diemcau/shared/domain/roster.ts';
import { rollByName, sitesInOrder } from '@diemcau/shared/domain/selectors.ts';
import type { MeetingState, SiteState } from '@diemcau/shared/domain/state.ts';
import type { SiteId } from '@diemcau/shared/ids.ts';

/** Where a list of people stands on the screen. */
export type PeopleGroup =
  | { readonly kind: 'site'; readonly site: SiteState; readonly people: readonly RollEntry[] }
  | { readonly kind: 'remote' | 'expected' | 'notHere'; readonly people: readonly RollEntry[] };

/** @returns everybody whom this meeting concerns: the roll without who is suspended or transferred. */
export function concerned(state: MeetingState): readonly RollEntry[] {
  return rollByName(state).filter((entry) => !isExcluded(entry));
}

/** @returns who belongs to the site now, also those who stepped away from it. */
export function placedAt(state: MeetingState, site: SiteId): readonly RollEntry[] {
  return concerned(state).filter((entry) => {
    const place = placeOf(attendanceOf(state, entry.person).presence);
    return place?.mode === 'onSite' && place.site === site;
  });
}

/** @returns the roll grouped by where each takes part. */
export function peopleGroups(state: MeetingState): readonly PeopleGroup[] {
  const people = concerned(state);
  const modeOf = (entry: RollEntry) => attendanceOf(state, entry.person).presence.mode;
  const here = (entry: RollEntry) => isPersonPresent(state, entry.person);
  return [
    ...sitesInOrder(state).map(
      (site): PeopleGroup => ({ kind: 'site', site, people: placedAt(state, site.id) }),
    ),
    {
      kind: 'remote',
      people: people.filter(
        (entry) => placeOf(attendanceOf(state, entry.person).presence)?.mode === 'remote',
      ),
    },
    { kind: 'expected', people: people.filter((entry) => modeOf(entry) === 'expected') },
    { kind: 'notHere', people: people.filter((entry) => !here(entry) && modeOf(entry) !== 'expected') },
  ];
}
