import type { VoteState } from '@diemcau/shared/domain/state.ts';
import type { Choice, CountingUnit } from '@diemcau/shared/domain/vote-types.ts';
import type { PersonId, SiteId } from '@diemcau/shared/ids.ts';
import { Button, UnstyledButton } from '@mantine/core';
import { IconArrowLeft, IconCircle, IconCircleCheckFilled, IconClock, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { titleOf } from '../../../hooks/meeting/names.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { ChoiceButtons } from '../vote/choice-buttons.tsx';
import { CountEntry } from '../vote/count-entry.tsx';
import { PinConfirm } from '../vote/pin-confirm.tsx';
import { QuestionHead } from '../vote/question-head.tsx';
import { ResultWords } from '../vote/result-words.tsx';
import { VoteProgressBar } from '../vote/vote-progress.tsx';
import classes from './terminal.module.css';

/** By name: tap a person, tap a choice. What was chosen is not shown again. */
function ByName({ vote, unit }: { readonly vote: VoteState; readonly unit: CountingUnit }) {
  const { state } = useRoom();
  const t = useText();
  const { give } = useGive();
  const [person, setPerson] = useState<PersonId | null>(null);
  const [sending, setSending] = useState<Choice | null>(null);
  const choose = async (choice: Choice) => {
    if (person === null) return;
    setSending(choice);
    await give({ type: 'castMark', vote: vote.opening.vote, choice, person });
    setSending(null);
    setPerson(null);
  };
  if (person !== null) {
    return (
      <div className={classes.pick} data-testid="hall-pick">
        <p className={classes.pickName}>{t('terminal.pick', { name: titleOf(state, person) })}</p>
        <ChoiceButtons chosen={null} sending={sending} onChoose={(choice) => void choose(choice)} />
        <Button
          variant="default"
          mih={48}
          leftSection={<IconArrowLeft size={20} />}
          onClick={() => setPerson(null)}
        >
          {t('terminal.back')}
        </Button>
      </div>
    );
  }
  return (
    <>
      <p className={classes.hint}>{t('terminal.voteByName')}</p>
      <ul className={classes.chips} data-testid="hall-electors">
        {unit.electors.map((elector) => {
          const marked = vote.marked[elector];
          const Icon = marked ? IconCircleCheckFilled : IconCircle;
          return (
            <li key={elector}>
              <UnstyledButton
                className={classes.chip}
                data-here={marked ? 'yes' : 'no'}
                disabled={marked === 'device'}
                onClick={() => setPerson(elector)}
                data-testid="hall-elector"
              >
                <Icon size={22} aria-hidden />
                <span className={classes.chipText}>
                  {titleOf(state, elector)}
                  <span className={classes.chipState}>
                    {t(marked ? 'terminal.marked' : 'terminal.notMarked')}
                  </span>
                </span>
              </UnstyledButton>
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** Counted by the teller: four numbers, then the second person, then done. */
function ByTeller({ vote, site }: { readonly vote: VoteState; readonly site: SiteId }) {
  const t = useText();
  const [editing, setEditing] = useState<'no' | 'yes'>('no');
  const count = vote.counts[site];
  if (count?.confirmedBy) {
    return (
      <p className={classes.countState} data-kind="done" data-testid="count-state">
        <IconCircleCheckFilled size={32} aria-hidden />
        {t('terminal.confirmedCount')}
      </p>
    );
  }
  if (count?.sum === 'addsUp' && editing === 'no') {
    return (
      <div className={classes.pick}>
        <p className={classes.countState} data-kind="waiting" data-testid="count-state">
          <IconClock size={32} aria-hidden />
          {t('terminal.sentCount')}
        </p>
        <PinConfirm vote={vote} site={site} />
        <Button
          variant="default"
          mih={48}
          leftSection={<IconPencil size={20} />}
          onClick={() => setEditing('yes')}
        >
          {t('terminal.edit')}
        </Button>
      </div>
    );
  }
  return <CountEntry vote={vote} site={site} size="hall" onSent={() => setEditing('no')} />;
}

/** The vote as the hall sees it. */
export function HallVote({ vote, site }: { readonly vote: VoteState; readonly site: SiteId }) {
  const t = useText();
  const unit = vote.units.find((candidate) => candidate.unit === site);
  return (
    <section className={classes.vote} data-testid="hall-vote" aria-label={t('vote.title')}>
      <QuestionHead vote={vote} />
      {vote.phase === 'open' &&
        (unit === undefined ? (
          <p className={classes.hint}>{t('terminal.electors', { count: 0 })}</p>
        ) : unit.method === 'byTeller' ? (
          <ByTeller vote={vote} site={site} />
        ) : (
          <ByName vote={vote} unit={unit} />
        ))}
      {vote.phase === 'announced' ? <ResultWords vote={vote} /> : <VoteProgressBar vote={vote} />}
      {vote.phase === 'closed' && <p className={classes.hint}>{t('vote.closedWait')}</p>}
    </section>
  );
}
