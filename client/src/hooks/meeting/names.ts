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

/** A name, and in brackets what tells namesakes apart. */
function partsOf(title: string): { readonly words: readonly string[]; readonly label: string } {
  const [, name = title, label = ''] = /^(.*?)\s*(\([^)]*\))?\s*$/.exec(title) ?? [];
  return { words: name.trim().split(/\s+/), label };
}

/** @returns the last word of a Vietnamese name, which is the given name; what tells namesakes apart is none of it. */
export function givenName(title: string): string {
  return partsOf(title).words.at(-1) ?? title;
}

/** Longest name, in letters, that two short lines hold. */
const fitting = 26;

/**
 * @returns a name that fits under a small picture: family and given name stay, what stands between is shortened, to one
 * letter where namesakes have to be told apart.
 */
export function shortName(title: string): string {
  const { words, label } = partsOf(title);
  const [family, ...rest] = words;
  const given = rest.at(-1);
  if (title.length <= fitting || family === undefined || given === undefined) return title;
  const between = rest.slice(0, -1).map((word) => `${word.charAt(0)}.`);
  const kept = label === '' ? between.join('') : (between.at(-1) ?? '');
  return [family, kept, given, label.replaceAll(' ', '\u00a0')].filter((part) => part !== '').join(' ');
}

/** @returns text without diacritics and case, so that "nguyen" finds "Nguyễn". */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase();
}
