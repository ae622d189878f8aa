import type { Refusal, RefusalCode, RefusalParams } from '../result.ts';
import type { Actor } from './actor.ts';
import type { CommandOf, CommandType } from './commands.ts';
import type { MeetingEvent } from './events.ts';
import type { MeetingState } from './state.ts';

/** What `decide` cannot know by itself: who, when, and fresh identifiers. */
export interface DecisionContext {
  readonly actor: Actor;
  /** Milliseconds since 1970, never before the meeting's last event. */
  readonly now: number;
  /** A new unguessable identifier at each call. */
  readonly newId: () => string;
}

/** Events to append, or a refusal; a refusal too may leave a trace in the log (a late mark, VOTE11). */
export type Decision =
  | { readonly ok: true; readonly events: readonly MeetingEvent[] }
  | { readonly ok: false; readonly refusal: Refusal; readonly events: readonly MeetingEvent[] };

/** Accepts a command with the events that it causes; none where it changes nothing. */
export function accept(...events: readonly MeetingEvent[]): Decision {
  return { ok: true, events };
}

/** Refuses a command; nothing is logged. */
export function refuse(code: RefusalCode, params?: RefusalParams): Decision {
  return { ok: false, refusal: params ? { code, params } : { code }, events: [] };
}

/** Refuses a command and logs that it was tried. */
export function refuseAndNote(code: RefusalCode, event: MeetingEvent): Decision {
  return { ok: false, refusal: { code }, events: [event] };
}

/** One decision for each command of a part of the domain. */
export type Deciders<T extends CommandType> = {
  readonly [K in T]: (state: MeetingState, command: CommandOf<K>, context: DecisionContext) => Decision;
};
