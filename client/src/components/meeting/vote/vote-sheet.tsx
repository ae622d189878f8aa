import type { VoteState } from '@diemcau/shared/domain/state.ts';
import { UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { useLatestVote } from '../../../hooks/meeting/use-vote.ts';
import { late } from '../../late.tsx';
import { CountTasks } from './count-tasks.tsx';
import { MyHand } from './my-hand.tsx';
import { QuestionHead } from './question-head.tsx';
import classes from './vote.module.css';
import { VoteProgressBar } from './vote-progress.tsx';

const ResultWords = late(async () => (await import('./result-words.tsx')).ResultWords);

function keyOf(vote: VoteState): string {
  return `${vote.opening.vote}:${vote.phase}`;
}

/** On a phone: comes up with the question, stays while the vote runs, can be folded but not lost. */
export function VoteSheet() {
  const t = useText();
  const vote = useLatestVote();
  // A result that was there before this page was is no news.
  const [folded, setFolded] = useState(() => (vote?.phase === 'announced' ? keyOf(vote) : null));
  if (vote === null || vote.phase === 'annulled') return null;
  const key = keyOf(vote);
  const isFolded = folded === key;
  if (isFolded && vote.phase === 'announced') return null;
  return (
    <section className={classes.sheet} aria-label={t('vote.title')} data-testid="vote-sheet">
      <UnstyledButton
        className={classes.sheetHandle}
        aria-expanded={!isFolded}
        onClick={() => setFolded(isFolded ? null : key)}
      >
        <span>
          {t(
            vote.phase === 'open'
              ? 'vote.open'
              : vote.phase === 'closed'
                ? 'vote.title'
                : 'vote.announcedTitle',
          )}
          {' · '}
          {t(`vote.purposes.${vote.opening.purpose}`)}
        </span>
        {vote.phase === 'announced' ? (
          <span>{t('common.close')}</span>
        ) : isFolded ? (
          <IconChevronUp size={24} aria-hidden />
        ) : (
          <IconChevronDown size={24} aria-hidden />
        )}
      </UnstyledButton>
      {!isFolded && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        <div className={classes.sheetBody} tabIndex={0}>
          <QuestionHead vote={vote} kicker="elsewhere" />
          {vote.phase === 'announced' ? (
            <ResultWords vote={vote} />
          ) : (
            <>
              <MyHand vote={vote} />
              <CountTasks vote={vote} />
              <VoteProgressBar vote={vote} />
              {vote.phase === 'closed' && <p className={classes.hint}>{t('vote.closedWait')}</p>}
            </>
          )}
        </div>
      )}
    </section>
  );
}
