import type { PersonId, SiteId } from '../ids.ts';
import type { EventData, EventType, LoggedEvent } from './events.ts';
import { isOfficer } from './officers.ts';
import type { MeetingState } from './state.ts';

/** Who may read an event's data. Everybody else in the meeting gets its envelope only. */
export type Audience =
  | { readonly kind: 'all' }
  | {
      readonly kind: 'some';
      /** Chair and clerk of the moment. */
      readonly officers: 'included' | 'excluded';
      readonly persons: readonly PersonId[];
      readonly sites: readonly SiteId[];
    };

/** Who looks at a meeting: a person, a site's terminal, or both unknown (nobody in particular). */
export interface Viewer {
  readonly person: PersonId | null;
  readonly site: SiteId | null;
  readonly officer: boolean;
}

const all: Audience = { kind: 'all' };
const officersAnd = (persons: readonly PersonId[], sites: readonly SiteId[] = []): Audience => ({
  kind: 'some',
  officers: 'included',
  persons,
  sites,
});

type AudienceOf = { [T in EventType]?: (data: EventData[T]) => Audience };

/** The types that not everybody reads; all others are for all. */
const restricted: AudienceOf = {
  absenceReasonNoted: (data) => officersAnd([data.person]),
  choiceRecorded: (data) => ({ kind: 'some', officers: 'excluded', persons: [data.person], sites: [] }),
  countEntered: (data) => officersAnd([data.enteredBy, ...data.confirmers], [data.site]),
  absenceAnnounced: (data) => officersAnd([data.person, ...data.answerers]),
  absenceAnswered: (data) => officersAnd([data.person, ...data.answerers]),
  markConflictNoted: () => officersAnd([]),
  voteTallied: () => officersAnd([]),
  lateMarkNoted: (data) => officersAnd([data.person]),
  messageReceived: (data) => officersAnd([data.person]),
};

/** @returns whether events of this type are the same for every viewer. */
export function isForAll(type: EventType): boolean {
  return restricted[type] === undefined;
}

/** @returns who may read the event's data; an event without data stays with who had it. */
export function audienceOf(event: LoggedEvent): Audience {
  const rule = restricted[event.type] as ((data: unknown) => Audience) | undefined;
  return rule && event.data ? rule(event.data) : all;
}

/** @returns whether the viewer is within the audience. */
export function mayRead(audience: Audience, viewer: Viewer): boolean {
  if (audience.kind === 'all') return true;
  if (viewer.officer && audience.officers === 'included') return true;
  if (viewer.person !== null && audience.persons.includes(viewer.person)) return true;
  return viewer.site !== null && audience.sites.includes(viewer.site);
}

/** @returns the event as this viewer gets it: whole, or its envelope. */
export function eventFor(event: LoggedEvent, viewer: Viewer): LoggedEvent {
  if (mayRead(audienceOf(event), viewer)) return event;
  const { seq, type, at, hash, dataHash } = event;
  return { seq, type, at, hash, dataHash } as LoggedEvent;
}

/** @returns the viewer that a person or a site's terminal is in this state of the meeting. */
export function viewerOf(state: MeetingState, who: { person: PersonId | null; site: SiteId | null }): Viewer {
  return { ...who, officer: who.person !== null && isOfficer(state, who.person) };
}
