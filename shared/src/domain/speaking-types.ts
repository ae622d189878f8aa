import type { PersonId, SiteId, SpeakRequestId } from '../ids.ts';

/** Kinds that are spoken from the floor. */
export type SpokenKind = 'speech' | 'pointOfOrder' | 'groupOpinion';
export type SpeakKind = SpokenKind | 'written';

/** A person's wish to speak, from a device or through a site's terminal (SPK2). */
export interface SpeakRequest {
  readonly id: SpeakRequestId;
  readonly person: PersonId;
  readonly name: string;
  readonly kind: SpeakKind;
  /** The tổ đảng whose pooled opinion it is; null otherwise. */
  readonly group: string | null;
  /** An opinion handed in in writing; null for one that will be spoken. */
  readonly text: string | null;
  /** The hall it is spoken from; null from an own device. */
  readonly site: SiteId | null;
  /** Milliseconds since 1970, the server's clock. */
  readonly askedAt: number;
}

export interface Speech {
  readonly request: SpeakRequest;
  readonly startedAt: number;
  /** Null without a limit. */
  readonly endsAt: number | null;
}
