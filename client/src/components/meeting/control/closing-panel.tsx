import { currentItem } from '@diemcau/shared/domain/agenda.ts';
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconDoorExit } from '@tabler/icons-react';
import { useState } from 'react';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { previewVote } from '../../../hooks/meeting/vote-draft.ts';
import { Question } from '../chrome/question.tsx';
import classes from './control.module.css';

/** What is still open before closing, the vote on the minutes, and the close itself (MEET3). */
export function ClosingPanel() {
  const { state } = useRoom();
  const t = useText();
  const { give, busy } = useGive();
  const [asking, setAsking] = useState<'minutes' | 'close' | null>(null);
  const vote = state.openVote === null ? undefined : state.votes[state.openVote];
  const minutes = previewVote(state, 'procedural');
  const unfinished = state.voteOrder
    .map((id) => state.votes[id])
    .filter((candidate) => candidate?.phase === 'closed');
  const left = [
    ...(vote ? [t('control.stillVote', { question: vote.opening.question })] : []),
    ...unfinished.map((candidate) => t('control.stillVote', { question: candidate?.opening.question ?? '' })),
    ...(state.minutesAdopted ? [] : [t('control.stillMinutes')]),
  ];
  const Icon = left.length === 0 ? IconCircleCheck : IconAlertTriangle;
  return (
    <section className={classes.closing} data-testid="closing-panel">
      <p className={classes.closingTitle}>
        <Icon size={20} aria-hidden />
        {left.length === 0 ? t('control.nothingOpen') : t('control.stillOpen')}
      </p>
      {left.length > 0 && (
        <ul className={classes.left}>
          {left.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {!state.minutesAdopted && vote === undefined && state.rollCall === 'done' && (
        <Button
          variant="default"
          mih={48}
          loading={busy}
          onClick={() => setAsking('minutes')}
          data-testid="minutes-vote"
        >
          {t('control.minutesVote')}
        </Button>
      )}
      <Button
        mih={48}
        disabled={left.length > 0}
        leftSection={<IconDoorExit size={20} />}
        onClick={() => setAsking('close')}
        data-testid="close-meeting"
      >
        {t('control.close')}
      </Button>
      <Question
        opened={asking === 'minutes'}
        title={t('control.minutesVote')}
        hint={t('vote.need', { need: minutes.need, denominator: minutes.denominator })}
        confirm={t('vote.draft.openIt')}
        onConfirm={() =>
          void give({
            type: 'openVote',
            item: currentItem(state)?.id ?? null,
            question: t('control.minutesQuestion'),
            rule: 'procedural',
            purpose: 'minutes',
            despiteWaiting: minutes.waiting.length > 0,
          })
        }
        onClose={() => setAsking(null)}
      />
      <Question
        opened={asking === 'close'}
        title={t('control.closeQuestion')}
        hint={t('control.nothingOpen')}
        confirm={t('control.close')}
        onConfirm={() => void give({ type: 'closeMeeting' })}
        onClose={() => setAsking(null)}
      />
    </section>
  );
}
