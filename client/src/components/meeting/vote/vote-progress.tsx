import { voteProgress } from '@diemcau/shared/domain/selectors.ts';
import type { VoteState } from '@diemcau/shared/domain/state.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import classes from './vote.module.css';

/** How many of how many have voted; never what (VOTE10). */
export function VoteProgressBar({ vote }: { readonly vote: VoteState }) {
  const t = useText();
  const { voted, electors } = voteProgress(vote);
  return (
    <div className={classes.progress} data-testid="vote-progress">
      <span>{t('vote.progress', { voted, electors })}</span>
      <div
        className={classes.progressTrack}
        role="progressbar"
        aria-label={t('vote.progress', { voted, electors })}
        aria-valuemin={0}
        aria-valuemax={electors}
        aria-valuenow={voted}
      >
        <div style={{ width: `${electors === 0 ? 0 : (100 * voted) / electors}%` }} />
      </div>
    </div>
  );
}
