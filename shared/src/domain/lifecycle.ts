import { currentItem, startItemClock, stopItemClock } from './agenda.ts';
import { clerkStandsIn } from './chair.ts';
import type { CommandOf } from './commands.ts';
import { accept, type Deciders, type Decision, type DecisionContext, refuse } from './decision.ts';
import type { MeetingEvent } from './events.ts';
import { type Evolvers, keyed, keysOf } from './evolution.ts';
import { focusEnded } from './focus.ts';
import { officeShut } from './officers.ts';
import { rolesOf } from './permissions.ts';
import { isOver, isSameDay } from './phase.ts';
import type { Officers, RollEntry } from './roster.ts';
import { anySpeechEnd } from './speaking.ts';
import type { MeetingState, SiteState } from './state.ts';
import { voteInTheWay } from './undecided.ts';

type Commands =
  | 'createMeeting'
  | 'summonMeeting'
  | 'postponeMeeting'
  | 'cancelMeeting'
  | 'nameOfficers'
  | 'openMeeting'
  | 'suspendMeeting'
  | 'continueMeeting'
  | 'interruptMeeting'
  | 'resumeMeeting'
  | 'closeMeeting'
  | 'sealRecord';

type Events =
  | 'meetingCreated'
  | 'meetingSummoned'
  | 'meetingPostponed'
  | 'meetingCancelled'
  | 'officersNamed'
  | 'meetingOpened'
  | 'meetingSuspended'
  | 'meetingContinued'
  | 'meetingInterrupted'
  | 'meetingResumed'
  | 'meetingClosed'
  | 'recordSealed';

function notBegun(state: MeetingState): Decision | null {
  if (state.phase === 'created' || state.phase === 'summoned') return null;
  return refuse(isOver(state) ? 'meetingOver' : 'meetingBegun');
}

function officersShut(officers: Officers, roll: readonly RollEntry[]): Decision | null {
  for (const person of [officers.chair, officers.deputyChair, officers.clerk]) {
    const shut = person === null ? null : officeShut(roll.find((entry) => entry.person === person));
    if (shut) return shut;
  }
  return null;
}

function nameOfficers(state: MeetingState, command: CommandOf<'nameOfficers'>, isChair: boolean): Decision {
  if (isOver(state) || state.officers === null) return refuse('meetingOver');
  if (state.phase !== 'created' && state.phase !== 'summoned' && !isChair) return refuse('notAllowed');
  const officers = {
    chair: command.chair ?? state.officers.chair,
    deputyChair: command.deputyChair === undefined ? state.officers.deputyChair : command.deputyChair,
    clerk: command.clerk ?? state.officers.clerk,
  };
  return (
    officersShut(officers, Object.values(state.roll)) ?? accept({ type: 'officersNamed', data: { officers } })
  );
}

function closeMeeting(state: MeetingState): Decision {
  if (state.phase !== 'open') return refuse(isOver(state) ? 'meetingOver' : 'meetingNotOpen');
  const undecided = voteInTheWay(state);
  if (undecided) return undecided;
  if (!state.minutesAdopted) return refuse('minutesNotAdopted');
  const current = currentItem(state);
  const left: readonly MeetingEvent[] = current
    ? [{ type: 'agendaMoved', data: { from: current.id, leftAs: 'done', to: null } }]
    : [];
  return accept(...anySpeechEnd(state), ...left, { type: 'meetingClosed', data: {} });
}

function interrupt(state: MeetingState, reason: string): Decision {
  if (state.phase !== 'open' && state.phase !== 'suspended') {
    return refuse(isOver(state) ? 'meetingOver' : 'meetingNotOpen');
  }
  const annulled: readonly MeetingEvent[] =
    state.openVote === null ? [] : [{ type: 'voteAnnulled', data: { vote: state.openVote, reason } }];
  return accept(...anySpeechEnd(state), ...annulled, { type: 'meetingInterrupted', data: { reason } });
}

/** The chair and the system may; the clerk only without a successor to the chair (CHAIR2). */
function mayHalt(state: MeetingState, { actor, now }: DecisionContext): boolean {
  if (actor.kind !== 'person' || state.officers?.chair === actor.person) return true;
  return clerkStandsIn(state, now);
}

/** CHAIR1: a deputy chair is there from opening on: who was named, else a deputy secretary, else of the committee. */
function withDeputy(state: MeetingState, officers: Officers): Officers {
  if (officers.deputyChair !== null) return officers;
  const committee = Object.values(state.roll).filter(
    ({ person, office }) => office !== null && person !== officers.chair,
  );
  const deputy = committee.find(({ office }) => office === 'deputySecretary') ?? committee[0];
  return { ...officers, deputyChair: deputy?.person ?? null };
}

/** Decides the meeting's course from creation to sealing (MEET1–MEET3). */
export const decideLifecycle: Deciders<Commands> = {
  createMeeting: (state, { type: _, ...material }) => {
    if (state.phase !== 'none') return refuse('meetingExists');
    return (
      officersShut(material.officers, material.roll) ?? accept({ type: 'meetingCreated', data: material })
    );
  },

  summonMeeting: (state) => {
    if (state.phase === 'summoned') return accept();
    if (state.phase !== 'created') return refuse(isOver(state) ? 'meetingOver' : 'meetingBegun');
    return accept({ type: 'meetingSummoned', data: {} });
  },

  postponeMeeting: (state, { startsAt, reason }) =>
    notBegun(state) ?? accept({ type: 'meetingPostponed', data: { startsAt, reason } }),

  cancelMeeting: (state, { reason }) =>
    notBegun(state) ?? accept({ type: 'meetingCancelled', data: { reason } }),

  nameOfficers: (state, command, { actor }) =>
    nameOfficers(state, command, rolesOf(state, actor).has('chair')),

  openMeeting: (state) => {
    if (state.phase === 'created') return refuse('meetingNotSummoned');
    if (state.phase !== 'summoned' || state.officers === null) {
      if (state.phase === 'open') return accept();
      if (state.phase === 'suspended') return refuse('meetingSuspended');
      return refuse(isOver(state) ? 'meetingOver' : 'meetingNotOpen');
    }
    const first = state.agenda.find((item) => item.state === 'pending');
    const opened: MeetingEvent = {
      type: 'meetingOpened',
      data: { officers: withDeputy(state, state.officers) },
    };
    if (!first) return accept(opened);
    return accept(opened, { type: 'agendaMoved', data: { from: null, leftAs: 'done', to: first.id } });
  },

  suspendMeeting: (state, { reason }, context) => {
    if (!mayHalt(state, context)) return refuse('chairStillPresent');
    if (state.phase !== 'open') return refuse(isOver(state) ? 'meetingOver' : 'meetingNotOpen');
    const undecided = voteInTheWay(state);
    if (undecided) return undecided;
    return accept(...anySpeechEnd(state), { type: 'meetingSuspended', data: { reason } });
  },

  continueMeeting: (state) => {
    if (state.phase === 'open') return accept();
    return state.phase === 'suspended'
      ? accept({ type: 'meetingContinued', data: {} })
      : refuse(isOver(state) ? 'meetingOver' : 'meetingNotOpen');
  },

  interruptMeeting: (state, { reason }, context) =>
    mayHalt(state, context) ? interrupt(state, reason) : refuse('chairStillPresent'),

  resumeMeeting: (state, _, { now }) => {
    if (state.phase !== 'interrupted') return refuse(isOver(state) ? 'meetingOver' : 'meetingNotOpen');
    if (!isSameDay(state.openedAt ?? now, now)) return refuse('notSameDay');
    return accept({ type: 'meetingResumed', data: {} });
  },

  closeMeeting,

  sealRecord: (state) => {
    if (state.phase === 'sealed') return accept();
    return state.phase === 'closed' ? accept({ type: 'recordSealed', data: {} }) : refuse('meetingNotClosed');
  },
};

function phase(state: MeetingState, next: MeetingState['phase'], reason: string | null = null): MeetingState {
  return { ...state, phase: next, phaseReason: reason };
}

/** Nobody follows figures of a meeting that doesn't go on, nor has it in focus: no event says so for each of them. */
function withoutWatchers(state: MeetingState, at: number): MeetingState {
  return { ...focusEnded(state, keysOf(state.superiors), at), followers: {} };
}

/** Folds the meeting's course. */
export const evolveLifecycle: Evolvers<Events> = {
  meetingCreated: (state, { facts, roll, sites, officers, agenda }) => ({
    ...state,
    phase: 'created',
    facts,
    officers,
    roll: keyed(roll.map((entry) => [entry.person, entry])),
    sites: keyed(
      sites.map((site): [string, SiteState] => [
        site.id,
        { ...site, teller: null, terminal: null, rollCall: 'pending' },
      ]),
    ),
    agenda: agenda.map((item) => ({ ...item, state: 'pending', startedAt: null, spent: 0 })),
  }),
  meetingSummoned: (state) => phase(state, 'summoned'),
  meetingPostponed: (state, { startsAt, reason }) => ({
    ...state,
    phaseReason: reason,
    facts: state.facts && { ...state.facts, startsAt },
  }),
  meetingCancelled: (state, { reason }, at) => ({
    ...phase(withoutWatchers(state, at), 'cancelled', reason),
    endedAt: at,
  }),
  officersNamed: (state, { officers }) => ({
    ...state,
    officers,
    // Another chair's line is another line.
    chairLine: state.officers?.chair === officers.chair ? state.chairLine : null,
  }),
  meetingOpened: (state, { officers }, at) => ({
    ...phase(state, 'open'),
    officers,
    openedAt: at,
    chairs: [{ person: officers.chair, from: at }],
  }),
  meetingSuspended: (state, { reason }, at) => phase(stopItemClock(state, at), 'suspended', reason),
  meetingContinued: (state, _, at) => phase(startItemClock(state, at), 'open'),
  meetingInterrupted: (state, { reason }, at) => ({
    ...phase(withoutWatchers(stopItemClock(state, at), at), 'interrupted', reason),
    endedAt: at,
  }),
  meetingResumed: (state, _, at) => ({ ...phase(startItemClock(state, at), 'open'), endedAt: null }),
  meetingClosed: (state, _, at) => ({ ...phase(withoutWatchers(state, at), 'closed'), endedAt: at }),
  recordSealed: (state) => phase(state, 'sealed'),
};
