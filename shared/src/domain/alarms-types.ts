import type { PersonId, SiteId } from '../ids.ts';

/** What calls a superior's eye to a meeting, in the order of its weight. */
export const alarmKinds = [
  /** The cell has called this superior to speak: granted the floor, or the programme's item of the superiors is current. */
  'superiorCalled',
  'quorumLost',
  'countMismatch',
  'siteDark',
  'linesLost',
  'voteSiteMissing',
  'rateLow',
  'runningOver',
  'inPersonOnly',
] as const;
export type AlarmKind = (typeof alarmKinds)[number];

/** One thing that needs attention, and since when. */
export interface Alarm {
  readonly kind: AlarmKind;
  /** The same for as long as the cause lasts: the kind, and whom or which site it is about. */
  readonly key: string;
  /** When the cause arose, milliseconds since 1970 on the server's clock; the same after a restart. */
  readonly since: number;
  /** Which site it is about; null for the meeting as a whole. */
  readonly site: { readonly id: SiteId; readonly name: string } | null;
  /** Whom alone it concerns; null for every superior. */
  readonly person: PersonId | null;
}
