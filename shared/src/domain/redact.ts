import { mayRead, type Viewer } from './audience.ts';
import { entriesOf, keyed } from './evolution.ts';
import type { MeetingState, VoteState } from './state.ts';

function only<K extends string, V>(
  record: { readonly [key in K]: V },
  keep: (key: K, value: V) => boolean,
): { readonly [key in K]: V } {
  return keyed(entriesOf(record).filter(([key, value]) => keep(key, value)));
}

/** What of a vote each viewer sees their own way. */
type OwnOfVote = Pick<VoteState, 'choices' | 'figures' | 'tallied' | 'conflicts' | 'lateMarks'>;

/** What of a meeting each viewer sees their own way, beside {@link OwnOfVote} of its votes. */
type OwnOfMeeting = Pick<MeetingState, 'absenceReasons' | 'announced' | 'messages'>;

/** @returns what of the vote is the same for every viewer. */
export function openOfVote(vote: VoteState): Omit<VoteState, keyof OwnOfVote> {
  const { choices, figures, tallied, conflicts, lateMarks, ...open } = vote;
  return open;
}

/** @returns what of the vote this viewer may know beside {@link openOfVote}. */
export function ownOfVote(vote: VoteState, viewer: Viewer): OwnOfVote {
  return {
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

/** @returns what of the state is the same for every viewer, without its votes. */
export function openOfMeeting(state: MeetingState): Omit<MeetingState, keyof OwnOfMeeting | 'votes'> {
  const { absenceReasons, announced, messages, votes, ...open } = state;
  return open;
}

/** @returns what of the state this viewer may know beside {@link openOfMeeting} and its votes. */
export function ownOfMeeting(state: MeetingState, viewer: Viewer): OwnOfMeeting {
  return {
    absenceReasons: viewer.officer
      ? state.absenceReasons
      : only(state.absenceReasons, (person) => person === viewer.person),
    announced: only(state.announced, (person, { answerers }) =>
      mayRead({ kind: 'some', officers: 'included', persons: [person, ...answerers], sites: [] }, viewer),
    ),
    messages: viewer.officer
      ? state.messages
      : state.messages.filter(({ person }) => person === viewer.person),
  };
}

/**
 * The state as this viewer may know it: the same that folding the events sent to them gives, so a snapshot and
 * a replay agree, as long as the viewer was an officer throughout or never.
 */
export function redact(state: MeetingState, viewer: Viewer): MeetingState {
  const votes = keyed(
    entriesOf(state.votes).map(([id, vote]) => [id, { ...openOfVote(vote), ...ownOfVote(vote, viewer) }]),
  );
  return { ...openOfMeeting(state), ...ownOfMeeting(state, viewer), votes };
}
