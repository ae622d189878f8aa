import type { VoteState } from '@diemcau/shared/domain/state.ts';
import { useMay, useRoom } from '../../../hooks/meeting/room.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { useLatestVote } from '../../../hooks/meeting/use-vote.ts';
import { BallotList } from './ballot-list.tsx';
import { CountTasks } from './count-tasks.tsx';
import { MyHand } from './my-hand.tsx';
import { QuestionHead } from './question-head.tsx';
import { ResultWords } from './result-words.tsx';
import classes from './vote.module.css';
import { VoteConsole } from './vote-console.tsx';
import { VoteProgressBar } from './vote-progress.tsx';

/** What a vote shows to who only takes part in it. */
function MemberVote({ vote }: { readonly vote: VoteState }) {
  const t = useText();
  if (vote.phase === 'annulled') {
    return <p className={classes.hint}>{t('vote.annulled', { reason: vote.annulledFor ?? '' })}</p>;
  }
  if (vote.phase === 'announced') return <ResultWords vote={vote} />;
  return (
    <>
      <MyHand vote={vote} />
      <CountTasks vote={vote} />
      <VoteProgressBar vote={vote} />
      {vote.phase === 'closed' && <p className={classes.hint}>{t('vote.closedWait')}</p>}
    </>
  );
}

/** Votes that are over, newest first. */
export function VoteHistory({ but }: { readonly but?: VoteState | null }) {
  const { state } = useRoom();
  const t = useText();
  const over = state.voteOrder
    .map((id) => state.votes[id])
    .filter((vote) => vote !== undefined && vote !== but && vote.phase !== 'open')
    .reverse();
  if (over.length === 0 && state.ballots.length === 0) return null;
  return (
    <section>
      <BallotList />
      {over.length > 0 && <h3>{t('vote.history')}</h3>}
      {over.map((vote) =>
        vote === undefined ? null : (
          <details key={vote.opening.vote} className={classes.task}>
            <summary>
              {vote.opening.question}
              {vote.phase === 'annulled' ? ` (${t('vote.withdrawn')})` : ''}
              {vote.result === null ? '' : ` – ${t(vote.result.passed ? 'vote.passed' : 'vote.notPassed')}`}
            </summary>
            {vote.phase === 'annulled' && (
              <p className={classes.hint}>{t('vote.annulled', { reason: vote.annulledFor ?? '' })}</p>
            )}
            <ResultWords vote={vote} />
          </details>
        ),
      )}
    </section>
  );
}

/** The tab of votes: one's own hand, the officers' steps, what was voted before. */
export function VotePanel() {
  const t = useText();
  const may = useMay();
  const vote = useLatestVote();
  if (may('openVote')) return <VoteConsole />;
  return (
    <div className={classes.panel}>
      {vote === null ? (
        <p className={classes.hint}>{t('vote.none')}</p>
      ) : (
        <>
          <QuestionHead vote={vote} />
          <MemberVote vote={vote} />
        </>
      )}
      <VoteHistory but={vote} />
    </div>
  );
}
