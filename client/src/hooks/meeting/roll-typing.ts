import type { ClerkEntry } from '@diemcau/shared/domain/commands.ts';
import type { RollEntry } from '@diemcau/shared/domain/roster.ts';
import { sitesInOrder } from '@diemcau/shared/domain/selectors.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { SiteId } from '@diemcau/shared/ids.ts';
import { plain } from './names.ts';

/** What Enter records in the roll call; each has a number key. */
export type RollTarget =
  | { readonly kind: 'site'; readonly site: SiteId; readonly name: string }
  | { readonly kind: 'remote' | 'excused' | 'absent' };

/** @returns the targets in the order of their number keys: the sites, remote, excused, without reason. */
export function rollTargets(state: MeetingState): readonly RollTarget[] {
  const sites = sitesInOrder(state).map(({ id, name }): RollTarget => ({ kind: 'site', site: id, name }));
  return [...sites, { kind: 'remote' }, { kind: 'excused' }, { kind: 'absent' }];
}

/** @returns the entry of a target; null for an excused absence, which wants its reason first. */
export function entryOf(target: RollTarget): ClerkEntry | null {
  switch (target.kind) {
    case 'site':
      return { mode: 'onSite', site: target.site };
    case 'remote':
      return { mode: 'remote' };
    case 'absent':
      return { mode: 'absentUnexcused' };
    case 'excused':
      return null;
  }
}

/** Each typed word begins a word of the name, in order: "ng an" for Nguyễn Văn An. */
function beginsWords(words: readonly string[], typed: readonly string[]): boolean {
  let at = 0;
  for (const part of typed) {
    const found = words.findIndex((word, index) => index >= at && word.startsWith(part));
    if (found === -1) return false;
    at = found + 1;
  }
  return true;
}

/** How well a name fits what was typed: the less the better; null where it doesn't. */
function rankOf(name: string, typed: string): number | null {
  const whole = plain(name).trim();
  const words = whole.split(/\s+/);
  const given = words.at(-1) ?? '';
  const initials = words.map((word) => word[0]).join('');
  if (whole === typed) return 0;
  if (given === typed || initials === typed) return 1;
  if (given.startsWith(typed)) return 2;
  if (beginsWords(words, typed.split(/\s+/))) return 3;
  if (initials.endsWith(typed)) return 4;
  return whole.includes(typed) ? 5 : null;
}

/** @returns who fits what was typed, the best first; everybody while nothing is typed. */
export function matching(people: readonly RollEntry[], typed: string): readonly RollEntry[] {
  const wanted = plain(typed).trim();
  if (wanted === '') return people;
  return people
    .map((entry) => ({ entry, rank: rankOf(entry.name, wanted) }))
    .filter((match): match is { entry: RollEntry; rank: number } => match.rank !== null)
    .sort((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry);
}

/**
 * Whom Enter records. Who is still to be called comes first, and nobody is taken by chance: of two who fit alike
 * neither is.
 */
export function chosen(
  people: readonly RollEntry[],
  typed: string,
  isCalled: (entry: RollEntry) => boolean,
): RollEntry | null {
  const wanted = plain(typed).trim();
  if (wanted === '') return null;
  const all = matching(people, typed);
  const waiting = all.filter((entry) => !isCalled(entry));
  const [first, second] = waiting.length > 0 ? waiting : all;
  if (!first) return null;
  return second && rankOf(second.name, wanted) === rankOf(first.name, wanted) ? null : first;
}
