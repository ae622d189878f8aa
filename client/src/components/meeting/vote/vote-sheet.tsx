import { UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { useLatestVote } from '../../../hooks/meeting/use-vote.ts';
import { CountTasks } from './count-tasks.tsx';
import { MyHand } from './my-hand.tsx';
import { QuestionHead } from './question-head.tsx';
import { ResultWords } from './result-words.tsx';
import classes from './vote.module.css';
import { VoteProgressBar } from './vote-progress.tsx';

/** On a phone: comes up with the question, stays while the vote runs, can be folded but not lost. */
export function VoteSheet() {
  const t = useText();
  const vote = useLatestVote();
  const [folded, setFolded] = useState<string | null>(null);
  if (vote === null || vote.phase === 'annulled') return null;
  const key = `${vote.opening.vote}:${vote.phase}`;
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
