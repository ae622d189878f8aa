import { countingUnits, electorCount } from '@diemcau/shared/domain/electorate.ts';
import { attendanceOf, isSummoned } from '@diemcau/shared/domain/presence.ts';
import type { AgendaItem, MeetingState } from '@diemcau/shared/domain/state.ts';
import { denominatorOf, need, ruleOf } from '@diemcau/shared/domain/vote-rules.ts';
import type { CountingUnit, VotePurpose, VoteRuleId } from '@diemcau/shared/domain/vote-types.ts';
import type { PersonId } from '@diemcau/shared/ids.ts';
import type { TFunction } from 'i18next';

/** What would freeze if the vote opened now. */
export interface VotePreview {
  readonly denominator: number;
  readonly need: number;
  readonly units: readonly CountingUnit[];
  readonly electors: number;
  /** Not reached by the roll call: they would have no vote. */
  readonly unchecked: readonly PersonId[];
  readonly provisional: readonly PersonId[];
  /** Waiting to speak, or speaking. */
  readonly waiting: readonly PersonId[];
}

/** @returns the preview of a vote by this rule (VOTE2, VOTE8, VOTE13). */
export function previewVote(state: MeetingState, rule: VoteRuleId): VotePreview {
  const { denominator: kind, majority, method } = ruleOf(state, rule);
  const denominator = denominatorOf(state, kind);
  const units = countingUnits(state, method);
  const summoned = Object.values(state.roll).filter((entry) => isSummoned(state, entry));
  const { speech, queue } = state.speaking;
  return {
    denominator,
    need: need(majority, denominator),
    units,
    electors: electorCount(units),
    unchecked: summoned
      .map(({ person }) => person)
      .filter((person) => attendanceOf(state, person).presence.mode === 'expected'),
    provisional: summoned
      .map(({ person }) => person)
      .filter((person) => attendanceOf(state, person).provisional),
    waiting: [...(speech ? [speech.request.person] : []), ...queue.map(({ person }) => person)],
  };
}

/** A vote's wording as an item of the programme suggests it. */
export interface Suggestion {
  readonly question: string;
  readonly rule: VoteRuleId;
  readonly purpose: VotePurpose;
}

/** @returns what the chair will most likely ask on this item. */
export function suggestionFor(
  state: MeetingState,
  item: AgendaItem | null,
  t: TFunction<'meeting'>,
): Suggestion {
  switch (item?.kind) {
    case 'electClerk': {
      const clerk = state.officers?.clerk;
      const name = clerk === undefined ? '' : (state.roll[clerk]?.name ?? '');
      return { question: t('vote.draft.askClerk', { name }), rule: 'procedural', purpose: 'electClerk' };
    }
    case 'programme':
      return { question: t('vote.draft.askProgramme'), rule: 'procedural', purpose: 'programme' };
    case 'closing':
      return { question: t('control.minutesQuestion'), rule: 'procedural', purpose: 'minutes' };
    case 'scoring':
      return { question: item.title, rule: 'scoreApproval', purpose: 'motion' };
    default:
      return { question: item?.draftDecision ?? '', rule: 'resolution', purpose: 'motion' };
  }
}
