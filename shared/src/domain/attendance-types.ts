import type { MessageId, PersonId, SiteId } from '../ids.ts';

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
/** `code`: the person's own device proved by the site's rotating code that it stands there (ATT4). */
export type PresenceSource = 'self' | 'code' | 'site' | 'clerk' | 'system';

export interface Attendance {
  readonly presence: Presence;
  readonly provisional: boolean;
  readonly source: PresenceSource;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** When the person was first present, milliseconds since 1970; null for who never was. */
  readonly arrivedAt: number | null;
  /** Time present while the meeting ran, up to `since`, milliseconds. */
  readonly presentBefore: number;
}

export interface Guest {
  readonly name: string;
  readonly office: string;
  readonly from: number;
  readonly to: number | null;
}

/** An absence announced before the meeting (ATT7). Who may answer it: secretary and deputies. */
export interface AnnouncedAbsence {
  readonly reason: string;
  readonly announcedAt: number;
  readonly answerers: readonly PersonId[];
  readonly answer: 'none' | 'accepted' | 'refused';
}

export interface SuperiorAttendance {
  readonly name: string;
  readonly office: string;
  readonly since: number;
  readonly graceEndsAt: number | null;
  /** Since when this meeting has been the one in focus with sound, milliseconds since 1970; null while it is not (SUP8). */
  readonly focusedSince: number | null;
  /** Time in focus with sound while the meeting ran, up to `focusedSince`, milliseconds. */
  readonly focused: number;
}

/** A superior's attendance that has ended. */
export interface EndedSuperiorAttendance {
  readonly person: PersonId;
  readonly name: string;
  readonly office: string;
  readonly from: number;
  readonly to: number;
  /** Time in focus with sound while the meeting ran, milliseconds (SUP8). */
  readonly focused: number;
}

/** A superior who follows the meeting's figures without attending it (SUP7). */
export interface Follower {
  readonly name: string;
  readonly office: string;
  readonly since: number;
}

/** A superior's word to the chair, as it arrived. */
export interface ChairMessage {
  readonly id: MessageId;
  readonly person: PersonId;
  readonly name: string;
  readonly office: string;
  readonly text: string;
  /** Names of all cells to whose chairs it was sent. */
  readonly to: readonly string[];
  readonly at: number;
}

/** A superior in a hall, registered by the clerk; `person` where they have an account (SUP9). */
export interface OnSiteSuperior {
  readonly name: string;
  readonly office: string;
  readonly person: PersonId | null;
  /** Null: nobody said in which hall. */
  readonly site: SiteId | null;
  readonly from: number;
  readonly to: number | null;
}
