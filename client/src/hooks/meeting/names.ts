import { nameOf } from '@diemcau/shared/domain/selectors.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { UnitKey } from '@diemcau/shared/domain/vote-types.ts';
import type { PersonId } from '@diemcau/shared/ids.ts';
import type { TFunction } from 'i18next';

/** @returns a name with what tells namesakes apart. */
export function titleOf(state: MeetingState, person: PersonId): string {
  const label = state.roll[person]?.label ?? null;
  return label === null ? nameOf(state, person) : `${nameOf(state, person)} (${label})`;
}

/** @returns names in one line; past `most` the rest is counted. */
export function namesOf(
  state: MeetingState,
  persons: readonly PersonId[],
  t: TFunction<'meeting'>,
  most = 8,
): string {
  const names = persons.slice(0, most).map((person) => titleOf(state, person));
  const rest = persons.length - names.length;
  return rest > 0 ? t('common.names', { names: names.join(', '), count: rest }) : names.join(', ');
}

/** @returns the name of a counting unit. */
export function unitName(state: MeetingState, unit: UnitKey, t: TFunction<'meeting'>): string {
  return unit === 'remote' ? t('vote.unit.remote') : (state.sites[unit]?.name ?? '');
}

/** @returns the last word of a Vietnamese name, which is the given name. */
export function givenName(name: string): string {
  return name.trim().split(/\s+/).at(-1) ?? name;
}

/** Longest name, in letters, that two short lines hold. */
const fitting = 26;

/** @returns a name that fits under a small picture: family and given name stay, what stands between is shortened. */
export function shortName(name: string): string {
  const words = name.trim().split(/\s+/);
  const [family, ...rest] = words;
  const given = rest.at(-1);
  if (name.length <= fitting || family === undefined || given === undefined || name.includes('('))
    return name;
  const between = rest.slice(0, -1).map((word) => `${word.charAt(0)}.`);
  return `${family} ${between.join('')} ${given}`;
}

/** @returns text without diacritics and case, so that "nguyen" finds "Nguyễn". */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase();
}
