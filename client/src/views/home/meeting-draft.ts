import type { CountingMethod, MeetingKind } from '@diemcau/shared/domain/roster.ts';
import type { PersonId, SiteId } from '@diemcau/shared/ids.ts';
import type { CellDetails } from '@diemcau/shared/protocol/http.ts';
import type { TFunction } from 'i18next';

/** How one site takes part. */
export interface SiteDraft {
  readonly siteId: SiteId;
  readonly method: CountingMethod;
  readonly responsibleId: PersonId | null;
}

/** A meeting as it is being written down. */
export interface Draft {
  readonly kind: MeetingKind;
  /** Null while the title follows from kind and date. */
  readonly title: string | null;
  /** As date and time fields give them: 2026-11-24, 19:30. */
  readonly date: string;
  readonly time: string;
  readonly chair: PersonId | null;
  readonly deputyChair: PersonId | null;
  readonly clerk: PersonId | null;
  readonly sites: readonly SiteDraft[];
}

type Fault = 'missing' | 'past';

const two = (value: number) => String(value).padStart(2, '0');

/** What the cell's offices suggest: secretary chairs, deputy stands by, the usual clerk writes, all sites take part. */
export function draftOf(cell: CellDetails, me: PersonId, now: number): Draft {
  const holder = (office: string) =>
    cell.members.find((member) => member.office === office)?.personId ?? null;
  const chair = holder('cellSecretary') ?? me;
  const deputy = holder('deputySecretary');
  const start = new Date(now + 60 * 60_000);
  return {
    kind: 'regular',
    title: null,
    date: `${start.getFullYear()}-${two(start.getMonth() + 1)}-${two(start.getDate())}`,
    time: `${two(start.getHours())}:00`,
    chair,
    deputyChair: deputy === chair ? null : deputy,
    clerk: cell.members.find((member) => member.isClerk)?.personId ?? null,
    sites: cell.sites.map(({ id, isMain }) => ({
      siteId: id,
      method: isMain ? 'byName' : 'byTeller',
      responsibleId: null,
    })),
  };
}

/** @returns the hour of beginning, milliseconds since 1970; null while the fields say none. */
export function startOf(draft: Draft): number | null {
  if (draft.date === '' || draft.time === '') return null;
  const time = new Date(`${draft.date}T${draft.time}`).getTime();
  return Number.isNaN(time) ? null : time;
}

/** @returns the title that kind and date suggest. */
export function titleOf(draft: Draft, t: TFunction<'home'>): string {
  const [year = '', month = ''] = draft.date.split('-');
  const number = Number(month);
  return draft.kind === 'regular'
    ? t('form.nameOf.regular', { month: number > 0 ? `${number}/${year}` : '' })
    : t('form.nameOf.topic', { quarter: number > 0 ? `${Math.ceil(number / 3)}/${year}` : '' });
}

/** @returns what keeps the meeting from being summoned, by field. */
export function faultsOf(draft: Draft, now: number): { readonly [field in keyof Draft]?: Fault } {
  const start = startOf(draft);
  // Five minutes of grace: the form may have been open for a while.
  const past = start !== null && start < now - 5 * 60_000;
  return {
    ...(draft.title?.trim() === '' ? { title: 'missing' } : {}),
    ...(draft.date === '' ? { date: 'missing' } : {}),
    ...(draft.time === '' ? { time: 'missing' } : past ? { time: 'past' } : {}),
    ...(draft.chair === null ? { chair: 'missing' } : {}),
    ...(draft.clerk === null ? { clerk: 'missing' } : {}),
  };
}
