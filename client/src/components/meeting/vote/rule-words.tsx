import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import { denominatorOf, need, ruleOf } from '@diemcau/shared/domain/vote-rules.ts';
import { type VoteRuleId, voteRuleIds } from '@diemcau/shared/domain/vote-types.ts';
import { NativeSelect } from '@mantine/core';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useRecordText } from '../../../hooks/meeting/use-record-text.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import classes from './vote.module.css';

/** Rules by how their votes are taken in this meeting. */
function rulesBy(state: MeetingState, method: ReturnType<typeof ruleOf>['method']): readonly VoteRuleId[] {
  return voteRuleIds.filter((rule) => ruleOf(state, rule).method === method);
}

/** What a vote by this rule needs, and of whom, in words and in people (VOTE8). */
export function RuleWords({ rule }: { readonly rule: VoteRuleId }) {
  const { state } = useRoom();
  const t = useRecordText();
  const room = useText();
  const { majority, denominator: kind } = ruleOf(state, rule);
  const denominator = denominatorOf(state, kind);
  return (
    <div className={classes.needBig} data-testid="draft-need">
      {room('vote.need', { need: need(majority, denominator), denominator })}
      <p className={classes.hint}>
        {t('rule.sentence', { majority: t(`rule.${majority}`), of: t(`rule.of.${kind}`) })}
      </p>
    </div>
  );
}

interface RuleSelectProps {
  readonly value: VoteRuleId;
  readonly onChange: (rule: VoteRuleId) => void;
  /** `ballots` leaves out what can't be voted by ballot. */
  readonly offer: 'all' | 'ballots';
}

/** All rules, grouped by how they are voted. */
export function RuleSelect({ value, onChange, offer }: RuleSelectProps) {
  const { state } = useRoom();
  const t = useText();
  const words = useRecordText();
  const group = (label: string, rules: readonly VoteRuleId[]) => ({
    group: label,
    items: rules.map((rule) => ({ value: rule as string, label: t(`vote.rules.${rule}`) })),
  });
  const groups = [
    group(words('rule.handsGroup'), offer === 'all' ? rulesBy(state, 'showOfHands') : []),
    group(words('rule.cardGroup'), rulesBy(state, 'cardOrSecretBallot')),
    group(words('rule.ballotGroup'), rulesBy(state, 'secretBallotInRoom')),
  ];
  return (
    <NativeSelect
      label={t('vote.draft.rule')}
      value={value}
      onChange={(event) => {
        const chosen = voteRuleIds.find((rule) => rule === event.currentTarget.value);
        if (chosen !== undefined) onChange(chosen);
      }}
      data={groups.filter(({ items }) => items.length > 0)}
      data-testid="draft-rule"
    />
  );
}
