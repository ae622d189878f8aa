import type { PersonId } from '../ids.ts';
import { type AgendaItemId, asId, type SpeakRequestId } from '../ids.ts';
import type { Actor } from './actor.ts';
import type { CommandOf } from './commands.ts';
import { accept, type Deciders, type Decision, type DecisionContext, refuse } from './decision.ts';
import type { MeetingEvent } from './events.ts';
import { type Evolvers, put } from './evolution.ts';
import { isOfficer } from './officers.ts';
import { isPermutation } from './order.ts';
import { isOver } from './phase.ts';
import { attendanceOf, isPersonPresent } from './presence.ts';
import type { SpeakRequest } from './speaking-types.ts';
import type { MeetingState } from './state.ts';

type Commands =
  | 'askToSpeak'
  | 'writeOpinion'
  | 'readOpinion'
  | 'withdrawRequest'
  | 'reorderQueue'
  | 'grantFloor'
  | 'endSpeech'
  | 'setFreeDiscussion';

type Events =
  | 'floorRequested'
  | 'floorRequestWithdrawn'
  | 'queueReordered'
  | 'floorGranted'
  | 'opinionRead'
  | 'speechEnded'
  | 'freeDiscussionSet';

/** @returns what ends when these people go: the running speech if one of them gives it, and their places in the queue. */
export function speakingEndOf(state: MeetingState, persons: readonly PersonId[]): readonly MeetingEvent[] {
  const { speech, queue } = state.speaking;
  const spoken = speech && persons.includes(speech.request.person) ? [ended(speech.request.id)] : [];
  const withdrawn = queue
    .filter(({ person }) => persons.includes(person))
    .map(({ id }): MeetingEvent => ({ type: 'floorRequestWithdrawn', data: { request: id } }));
  return [...spoken, ...withdrawn];
}

/** @returns the event that ends whatever speech runs. */
export function anySpeechEnd(state: MeetingState): readonly MeetingEvent[] {
  const { speech } = state.speaking;
  return speech ? [ended(speech.request.id)] : [];
}

function ended(request: SpeakRequestId): MeetingEvent {
  return { type: 'speechEnded', data: { request } };
}

/** For whom the actor asks: itself, or a person in the hall whose terminal it is; the clerk for anybody on site (SPK2). */
function speakerFor(state: MeetingState, actor: Actor, named: PersonId | undefined): PersonId | null {
  switch (actor.kind) {
    case 'superior':
      return named === undefined || named === actor.person ? actor.person : null;
    case 'person': {
      if (named === undefined || named === actor.person) return actor.person;
      const onSite = attendanceOf(state, named).presence.mode === 'onSite';
      return onSite && isOfficer(state, actor.person) ? named : null;
    }
    case 'terminal': {
      if (named === undefined) return null;
      const { presence } = attendanceOf(state, named);
      return presence.mode === 'onSite' && presence.site === actor.site ? named : null;
    }
    case 'system':
      return null;
  }
}

function ask(state: MeetingState, command: CommandOf<'askToSpeak'>, context: DecisionContext): Decision {
  if (state.phase !== 'open') return refuse('meetingNotOpen');
  const person = speakerFor(state, context.actor, command.person);
  if (person === null) return refuse('notAllowed');
  const superior = state.superiors[person];
  if (!superior && !isPersonPresent(state, person)) return refuse('notPresent');
  const waiting = state.speaking.queue.some(
    (request) => request.person === person && request.kind !== 'written',
  );
  if (waiting || state.speaking.speech?.request.person === person) return refuse('alreadyInQueue');
  const entry = state.roll[person];
  const group = command.kind === 'groupOpinion' ? (command.group ?? entry?.group ?? null) : null;
  if (command.kind === 'groupOpinion' && group === null) return refuse('noGroup');
  const { presence } = attendanceOf(state, person);
  const request: SpeakRequest = {
    id: asId<SpeakRequestId>(context.newId()),
    person,
    name: entry?.name ?? superior?.name ?? '',
    kind: command.kind,
    group,
    text: null,
    site: presence.mode === 'onSite' ? presence.site : null,
    askedAt: context.now,
  };
  return accept({ type: 'floorRequested', data: { request } });
}

/** Whether the actor may act for the request: its person, the hall's terminal, chair or clerk. */
function maySpeakFor(state: MeetingState, actor: Actor, request: SpeakRequest): boolean {
  if (actor.kind === 'terminal') return request.site === actor.site;
  if (actor.kind === 'superior') return request.person === actor.person;
  return actor.kind === 'person' && (request.person === actor.person || isOfficer(state, actor.person));
}

/** Decides every command about the one queue and the floor (SPK1–SPK3). */
export const decideSpeaking: Deciders<Commands> = {
  askToSpeak: ask,

  writeOpinion: (state, { text }, { actor, now, newId }) => {
    if (state.phase !== 'open') return refuse('meetingNotOpen');
    if (actor.kind !== 'person' && actor.kind !== 'superior') return refuse('notAllowed');
    const { person } = actor;
    const superior = state.superiors[person];
    if (!superior && !isPersonPresent(state, person)) return refuse('notPresent');
    const request: SpeakRequest = {
      id: asId<SpeakRequestId>(newId()),
      person,
      name: state.roll[person]?.name ?? superior?.name ?? '',
      kind: 'written',
      group: null,
      text,
      site: null,
      askedAt: now,
    };
    return accept({ type: 'floorRequested', data: { request } });
  },

  readOpinion: (state, command) => {
    const request = state.speaking.queue.find(({ id }) => id === command.request);
    if (request?.kind !== 'written') return refuse('requestUnknown');
    return accept({ type: 'opinionRead', data: { request: request.id } });
  },

  withdrawRequest: (state, command, { actor }) => {
    if (isOver(state)) return refuse('meetingOver');
    const request = state.speaking.queue.find(({ id }) => id === command.request);
    if (!request) return refuse('requestUnknown');
    if (!maySpeakFor(state, actor, request)) return refuse('notAllowed');
    return accept({ type: 'floorRequestWithdrawn', data: { request: request.id } });
  },

  reorderQueue: (state, { order }) => {
    if (isOver(state)) return refuse('meetingOver');
    const ids = state.speaking.queue.map(({ id }) => id);
    if (!isPermutation(order, ids)) return refuse('queueChanged');
    const same = order.every((id, index) => id === ids[index]);
    return same ? accept() : accept({ type: 'queueReordered', data: { order } });
  },

  grantFloor: (state, command) => {
    if (state.phase !== 'open') return refuse('meetingNotOpen');
    const request = state.speaking.queue.find(({ id }) => id === command.request);
    if (!request || request.kind === 'written') return refuse('requestUnknown');
    return accept(...anySpeechEnd(state), {
      type: 'floorGranted',
      data: { request: request.id, seconds: command.seconds },
    });
  },

  endSpeech: (state, command, { actor }) => {
    const request = state.speaking.speech?.request;
    if (!request || request.id !== command.request) return refuse('requestUnknown');
    return maySpeakFor(state, actor, request) ? accept(ended(request.id)) : refuse('notAllowed');
  },

  setFreeDiscussion: (state, command) => {
    if (state.phase !== 'open') return refuse('meetingNotOpen');
    if (state.speaking.freeDiscussion === command.state) return accept();
    return accept({ type: 'freeDiscussionSet', data: { state: command.state } });
  },
};

/** Points of order stand before all others, each kind by the time it was asked; what the chair reordered stays (SPK1). */
function enqueue(queue: readonly SpeakRequest[], request: SpeakRequest): readonly SpeakRequest[] {
  if (request.kind !== 'pointOfOrder') return [...queue, request];
  const after = queue.findLastIndex(({ kind }) => kind === 'pointOfOrder') + 1;
  return [...queue.slice(0, after), request, ...queue.slice(after)];
}

function withQueue(state: MeetingState, queue: readonly SpeakRequest[]): MeetingState {
  return { ...state, speaking: { ...state.speaking, queue } };
}

function currentId(state: MeetingState): AgendaItemId | null {
  return state.agenda.find((candidate) => candidate.state === 'current')?.id ?? null;
}

/** Folds the queue and the floor. */
export const evolveSpeaking: Evolvers<Events> = {
  floorRequested: (state, { request }) => withQueue(state, enqueue(state.speaking.queue, request)),
  floorRequestWithdrawn: (state, { request }) =>
    withQueue(
      state,
      state.speaking.queue.filter(({ id }) => id !== request),
    ),
  queueReordered: (state, { order }) =>
    withQueue(
      state,
      order.flatMap((id) => state.speaking.queue.filter((request) => request.id === id)),
    ),
  floorGranted: (state, { request: id, seconds }, at) => {
    const request = state.speaking.queue.find((waiting) => waiting.id === id);
    if (!request) return state;
    const speech = { request, startedAt: at, endsAt: seconds === null ? null : at + seconds * 1000 };
    const queue = state.speaking.queue.filter((waiting) => waiting.id !== id);
    return { ...state, speaking: { ...state.speaking, queue, speech } };
  },
  opinionRead: (state, { request: id }, at) => {
    const request = state.speaking.queue.find((waiting) => waiting.id === id);
    if (!request) return state;
    const { person, group, text } = request;
    const read = { request: id, person, item: currentId(state), startedAt: at, endedAt: at, text, group };
    const queue = state.speaking.queue.filter((waiting) => waiting.id !== id);
    return { ...state, speaking: { ...state.speaking, queue, given: [...state.speaking.given, read] } };
  },
  speechEnded: (state, { request: id }, at) => {
    const { speech, spoken, given } = state.speaking;
    if (!speech || speech.request.id !== id) return state;
    const { person } = speech.request;
    const before = spoken[person] ?? { times: 0, duration: 0 };
    const after = { times: before.times + 1, duration: before.duration + at - speech.startedAt };
    const { group, text } = speech.request;
    const item = currentId(state);
    const speechGiven = { request: id, person, item, startedAt: speech.startedAt, endedAt: at, text, group };
    return {
      ...state,
      speaking: {
        ...state.speaking,
        speech: null,
        spoken: put(spoken, person, after),
        given: [...given, speechGiven],
      },
    };
  },
  freeDiscussionSet: (state, data) => ({
    ...state,
    speaking: { ...state.speaking, freeDiscussion: data.state },
  }),
};
