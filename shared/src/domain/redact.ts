import { mayRead, type Viewer } from './audience.ts';
import { entriesOf } from './evolution.ts';
import type { MeetingState, VoteState } from './state.ts';

function only<K extends string, V>(
  record: { readonly [key in K]: V },
  keep: (key: K, value: V) => boolean,
): { readonly [key in K]: V } {
  const kept = entriesOf(record).filter(([key, value]) => keep(key, value));
  return Object.fromEntries(kept) as { readonly [key in K]: V };
}

function redactVote(vote: VoteState, viewer: Viewer): VoteState {
  return {
    ...vote,
    choices: only(vote.choices, (person) => person === viewer.person),
    figures: only(vote.figures, (site, { enteredBy, confirmers }) =>
      mayRead(
        { kind: 'some', officers: 'included', persons: [enteredBy, ...confirmers], sites: [site] },
        viewer,
      ),
    ),
    tallied: viewer.officer ? vote.tallied : null,
    conflicts: viewer.officer ? vote.conflicts : [],
    lateMarks: viewer.officer ? vote.lateMarks : vote.lateMarks.filter((person) => person === viewer.person),
  };
}

/**
 * The state as this viewer may know it: the same that folding the events sent to them gives, so a snapshot and
 * a replay agree, as long as the viewer was an officer throughout or never.
 */
export function redact(state: MeetingState, viewer: Viewer): MeetingState {
  const votes = Object.fromEntries(
    entriesOf(state.votes).map(([id, vote]) => [id, redactVote(vote, viewer)]),
  );
  const absenceReasons = viewer.officer
    ? state.absenceReasons
    : only(state.absenceReasons, (person) => person === viewer.person);
  const announced = only(state.announced, (person, { answerers }) =>
    mayRead({ kind: 'some', officers: 'included', persons: [person, ...answerers], sites: [] }, viewer),
  );
  const messages = viewer.officer
    ? state.messages
    : state.messages.filter(({ person }) => person === viewer.person);
  return { ...state, votes, absenceReasons, announced, messages };
}
