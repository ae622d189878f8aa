import type { PersonId, SiteId } from '../ids.ts';
import type { Actor } from './actor.ts';
import { type Decision, refuse } from './decision.ts';
import { entriesOf } from './evolution.ts';
import { isOfficer } from './officers.ts';
import { isResponsibleFor } from './permissions.ts';
import { isPersonPresent } from './presence.ts';
import type { MeetingState, VoteState } from './state.ts';
import { sumOf } from './tally.ts';
import type { Counts } from './vote-types.ts';

/** @returns how many electors the site has in this vote. */
export function electorsAt(vote: VoteState, site: SiteId): number {
  return vote.units.find((unit) => unit.unit === site)?.electors.length ?? 0;
}

/** VOTE6: the four numbers of a site stand for exactly its electors. */
export function countAddsUp(vote: VoteState, site: SiteId, counts: Counts): boolean {
  return sumOf(counts) === electorsAt(vote, site);
}

/** @returns why the site's hands are not counted by a teller in this vote; null where they are. */
export function countShut(state: MeetingState, vote: VoteState, site: SiteId): Decision | null {
  const found = state.sites[site];
  if (!found) return refuse('siteUnknown');
  const unit = vote.units.find((candidate) => candidate.unit === site);
  return unit?.method === 'byTeller' ? null : refuse('notCountedByTeller', { site: found.name });
}

/** @returns in whose name the actor enters the site's count; null for who may not. A terminal enters its teller's. */
export function mayEnterCount(state: MeetingState, actor: Actor, site: SiteId): PersonId | null {
  const found = state.sites[site];
  if (!found) return null;
  if (actor.kind === 'terminal') return actor.site === site ? (found.teller ?? actor.responsible) : null;
  if (actor.kind !== 'person') return null;
  const { person } = actor;
  const may = isOfficer(state, person) || found.teller === person || isResponsibleFor(state, person, site);
  return may ? person : null;
}

/**
 * VOTE7: chair or clerk confirm, and always may. Where neither is there beside who entered the count, committee
 * members and group leaders who are present are named here, so that they get to see the numbers.
 */
export function confirmersFor(state: MeetingState, enteredBy: PersonId): readonly PersonId[] {
  const officers = [state.officers?.chair, state.officers?.clerk].filter((person) => person !== undefined);
  if (officers.some((person) => person !== enteredBy && isPersonPresent(state, person))) return [];
  return Object.values(state.roll)
    .filter((entry) => entry.office !== null || entry.groupOffice !== null)
    .map((entry) => entry.person)
    .filter((person) => person !== enteredBy && isPersonPresent(state, person));
}

/** VOTE17: a count by telephone is for a site whose line is gone; chair or clerk takes it, and names who read it out. */
export function telephoneObstacle(
  state: MeetingState,
  actor: Actor,
  site: SiteId,
  readBy: PersonId | null,
): Decision | null {
  if (actor.kind !== 'person' || !isOfficer(state, actor.person)) return refuse('notAllowed');
  const terminal = state.sites[site]?.terminal;
  if (terminal?.line === 'up') return refuse('siteNotDark', { site: state.sites[site]?.name ?? '' });
  if (readBy === null || !state.roll[readBy] || readBy === actor.person) return refuse('officeHolderUnknown');
  return null;
}

/** VOTE16: who sits at the site and is not to be counted there: without a vote, or with the hand taken elsewhere. */
export function doNotCount(state: MeetingState, vote: VoteState, site: SiteId): readonly PersonId[] {
  const electors = vote.units.find((unit) => unit.unit === site)?.electors ?? [];
  return entriesOf(state.attendance)
    .filter(([, { presence }]) => presence.mode === 'onSite' && presence.site === site)
    .map(([person]) => person)
    .filter((person) => !electors.includes(person));
}
