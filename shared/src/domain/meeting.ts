import type { RefusalCode } from '../result.ts';
import { decideAbsences, evolveAbsences } from './absences.ts';
import { decideAgenda, evolveAgenda } from './agenda.ts';
import { decideAttendance, evolveAttendance } from './attendance.ts';
import { decideBallots, evolveBallots } from './ballots.ts';
import { exceeded } from './bounds.ts';
import { decideChair, evolveChair } from './chair.ts';
import { decideMessages, evolveMessages } from './chair-messages.ts';
import type { Command, CommandType } from './commands.ts';
import { type Deciders, type Decision, type DecisionContext, refuse } from './decision.ts';
import type { Attribution, EventData, EventType, LoggedEvent } from './events.ts';
import type { Evolvers } from './evolution.ts';
import { decideFocus, evolveFocus } from './focus.ts';
import { decideFollowers, evolveFollowers } from './followers.ts';
import { decideLifecycle, evolveLifecycle } from './lifecycle.ts';
import { decideOnSiteSuperiors, evolveOnSiteSuperiors } from './onsite-superiors.ts';
import { mayCommand } from './permissions.ts';
import { isPresent } from './presence.ts';
import { decideSites, evolveSites } from './sites.ts';
import { decideSpeaking, evolveSpeaking } from './speaking.ts';
import type { MeetingState } from './state.ts';
import { decideSuperiors, evolveSuperiors } from './superiors.ts';
import { decideVotes } from './vote.ts';
import { evolveVotes } from './vote-evolution.ts';
import { decideWording, evolveWording } from './wording.ts';

const deciders: Deciders<CommandType> = {
  ...decideLifecycle,
  ...decideSites,
  ...decideSuperiors,
  ...decideFollowers,
  ...decideFocus,
  ...decideMessages,
  ...decideAttendance,
  ...decideAgenda,
  ...decideSpeaking,
  ...decideVotes,
  ...decideChair,
  ...decideAbsences,
  ...decideBallots,
  ...decideWording,
  ...decideOnSiteSuperiors,
};

const evolvers: Evolvers<EventType> = {
  ...evolveLifecycle,
  ...evolveSites,
  ...evolveSuperiors,
  ...evolveFollowers,
  ...evolveFocus,
  ...evolveMessages,
  ...evolveAttendance,
  ...evolveAgenda,
  ...evolveSpeaking,
  ...evolveVotes,
  ...evolveChair,
  ...evolveAbsences,
  ...evolveBallots,
  ...evolveWording,
  ...evolveOnSiteSuperiors,
};

/** A meeting of which nothing has been logged. */
export const emptyMeeting: MeetingState = {
  seq: 0,
  at: 0,
  phase: 'none',
  facts: null,
  officers: null,
  roll: {},
  sites: {},
  openedAt: null,
  endedAt: null,
  phaseReason: null,
  rollCall: 'pending',
  attendance: {},
  superiors: {},
  superiorsBefore: [],
  followers: {},
  messages: [],
  onSiteSuperiors: {},
  emptySince: null,
  agenda: [],
  speaking: { queue: [], speech: null, freeDiscussion: 'off', spoken: {}, given: [] },
  votes: {},
  voteOrder: [],
  openVote: null,
  minutesAdopted: false,
  absenceReasons: {},
  announced: {},
  guests: {},
  noGuests: false,
  ballots: [],
  wording: {},
  supplements: [],
  chairLine: null,
  chairs: [],
};

function unknownTo(state: MeetingState): RefusalCode {
  return state.phase === 'none' ? 'notFound' : 'notAllowed';
}

/**
 * Decides a command that has passed the door: the events that it causes, or a refusal.
 * Pure and total: it reads no clock, throws on no input, and checks in this order: the meeting exists, the
 * actor may, the command fits the state.
 */
export function decide(state: MeetingState, command: Command, context: DecisionContext): Decision {
  if (state.phase === 'none' && command.type !== 'createMeeting') return refuse('notFound');
  if (!mayCommand(state, context.actor, command.type)) return refuse(unknownTo(state));
  const most = exceeded(state, command);
  if (most !== null) return refuse('tooMany', { number: most });
  const decider = deciders[command.type] as (s: MeetingState, c: Command, x: DecisionContext) => Decision;
  return decider(state, command, context);
}

function withEmptiness(state: MeetingState, at: number): MeetingState {
  const running = state.phase === 'open' || state.phase === 'suspended';
  const empty = running && !Object.values(state.attendance).some(({ presence }) => isPresent(presence));
  const emptySince = empty ? (state.emptySince ?? at) : null;
  return emptySince === state.emptySince ? state : { ...state, emptySince };
}

const changesEmptiness: ReadonlySet<EventType> = new Set([
  'attendanceChanged',
  'linesRestored',
  'graceEnded',
  'rollCallCompleted',
  'meetingOpened',
  'meetingContinued',
  'meetingResumed',
  'meetingInterrupted',
  'meetingClosed',
]);

/** Folds one logged event into the state. Total: an event whose data is withheld moves only `seq` and `at`. */
export function evolve(state: MeetingState, event: LoggedEvent): MeetingState {
  const marked = { ...state, seq: event.seq, at: event.at };
  if (event.data === undefined) return marked;
  const evolver = evolvers[event.type] as (
    s: MeetingState,
    data: EventData[EventType] & Attribution,
    at: number,
  ) => MeetingState;
  const next = evolver(marked, event.data, event.at);
  return changesEmptiness.has(event.type) ? withEmptiness(next, event.at) : next;
}
