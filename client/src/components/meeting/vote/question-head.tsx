import type { VoteState } from '@diemcau/shared/domain/state.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import classes from './vote.module.css';

/** The question as it stands in the record, and what it needs, said in people. */
export function QuestionHead({
  vote,
  kicker = 'shown',
}: {
  readonly vote: VoteState;
  /** `elsewhere` where the panel's own head already says that a vote is open. */
  readonly kicker?: 'shown' | 'elsewhere';
}) {
  const t = useText();
  const { question, need, denominator, purpose } = vote.opening;
  return (
    <div>
      {kicker === 'shown' && (
        <p className={classes.kicker}>
          {t(vote.phase === 'open' ? 'vote.open' : 'vote.title')} · {t(`vote.purposes.${purpose}`)}
        </p>
      )}
      <p className={classes.question} data-testid="vote-question">
        {question}
      </p>
      <p className={classes.hint} data-testid="vote-need">
        {t('vote.need', { need, denominator })}
      </p>
    </div>
  );
}
