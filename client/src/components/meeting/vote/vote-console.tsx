import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { useLatestVote } from '../../../hooks/meeting/use-vote.ts';
import { Announce } from './announce.tsx';
import { CloseVote } from './close-vote.tsx';
import { MyHand } from './my-hand.tsx';
import { QuestionHead } from './question-head.tsx';
import { ResultWords } from './result-words.tsx';
import classes from './vote.module.css';
import { VoteDraft } from './vote-draft.tsx';
import { VoteHistory } from './vote-panel.tsx';
import { VoteProgressBar } from './vote-progress.tsx';
import { VoteUnits } from './vote-units.tsx';

const steps = ['ask', 'open', 'close', 'announce'] as const;

function Steps({ now }: { readonly now: 0 | 1 | 2 | 3 }) {
  const t = useText();
  return (
    <ol className={classes.steps} aria-label={t('vote.steps.label')}>
      {steps.map((step, index) => (
        <li
          key={step}
          className={classes.step}
          data-state={index < now ? 'done' : index === now ? 'now' : 'later'}
          aria-current={index === now ? 'step' : undefined}
        >
          {index + 1}. {t(`vote.steps.${step}`)}
        </li>
      ))}
    </ol>
  );
}

/** The vote as chair and clerk run it: one step at a time, each with only its own buttons. */
export function VoteConsole() {
  const { state } = useRoom();
  const t = useText();
  const vote = useLatestVote();
  const [drafting, setDrafting] = useState<'no' | 'yes'>('no');
  const panel = useRef<HTMLDivElement>(null);
  const step = `${vote?.opening.vote ?? ''}:${vote?.phase ?? ''}`;
  const seen = useRef(step);
  // The button that leads on stands at the end of a step: the next one begins at its beginning.
  useEffect(() => {
    if (seen.current === step) return;
    seen.current = step;
    panel.current?.scrollIntoView({ block: 'start' });
  }, [step]);
  const active = vote !== null && (vote.phase === 'open' || vote.phase === 'closed') ? vote : null;
  if (active?.phase === 'open') {
    return (
      <div ref={panel} className={classes.panel} data-testid="vote-console">
        <Steps now={1} />
        <QuestionHead vote={active} />
        <MyHand vote={active} choices="fold" />
        <VoteProgressBar vote={active} />
        <VoteUnits vote={active} />
        <CloseVote vote={active} />
      </div>
    );
  }
  if (active !== null) {
    return (
      <div ref={panel} className={classes.panel} data-testid="vote-console">
        <Steps now={3} />
        <QuestionHead vote={active} />
        <Announce vote={active} />
      </div>
    );
  }
  if (
    (drafting === 'yes' && state.phase === 'open') ||
    (state.voteOrder.length === 0 && state.ballots.length === 0)
  ) {
    return (
      <div ref={panel} className={classes.panel} data-testid="vote-console">
        <Steps now={0} />
        <VoteDraft
          onDone={() => setDrafting('no')}
          mayCancel={state.voteOrder.length + state.ballots.length > 0 ? 'yes' : 'no'}
        />
        <VoteHistory />
      </div>
    );
  }
  return (
    <div ref={panel} className={classes.panel} data-testid="vote-console">
      {state.phase === 'open' && (
        <Button mih={48} leftSection={<IconPlus size={20} />} onClick={() => setDrafting('yes')}>
          {t('vote.draft.title')}
        </Button>
      )}
      {vote !== null && vote.phase === 'announced' && (
        <>
          <QuestionHead vote={vote} />
          <ResultWords vote={vote} />
        </>
      )}
      <VoteHistory but={vote?.phase === 'announced' ? vote : null} />
    </div>
  );
}
