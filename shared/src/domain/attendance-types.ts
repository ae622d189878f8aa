import type { SiteId } from '../ids.ts';

/** Where somebody takes part from. */
export type Place = { readonly mode: 'onSite'; readonly site: SiteId } | { readonly mode: 'remote' };

/** ATT2. `expected` until the roll call has reached the person. `away` keeps the place that it was left from. */
export type Presence =
  | { readonly mode: 'expected' }
  | Place
  | { readonly mode: 'reconnecting'; readonly graceEndsAt: number }
  | { readonly mode: 'away'; readonly from: Place }
  | { readonly mode: 'left' }
  | { readonly mode: 'absentExcused' }
  | { readonly mode: 'absentUnexcused' };

export type PresenceMode = Presence['mode'];
export type PresenceSource = 'self' | 'site' | 'clerk' | 'system';

export interface Attendance {
  readonly presence: Presence;
  readonly provisional: boolean;
  readonly source: PresenceSource;
  /** Milliseconds since 1970. */
  readonly since: number;
}

export interface SuperiorAttendance {
  readonly name: string;
  readonly office: string;
  readonly since: number;
  readonly graceEndsAt: number | null;
}
