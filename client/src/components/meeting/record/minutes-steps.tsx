import { currentItem } from '@diemcau/shared/domain/agenda.ts';
import { Button, Stack } from '@mantine/core';
import { IconDoorExit, IconLock, IconThumbUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useMay, useRoom } from '../../../hooks/meeting/room.ts';
import { standingSupplements } from '../../../hooks/meeting/supplements.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useRecordText } from '../../../hooks/meeting/use-record-text.ts';
import { previewVote } from '../../../hooks/meeting/vote-draft.ts';
import { Question } from '../chrome/question.tsx';
import classes from './record.module.css';

type Step = 'adopt' | 'close' | 'seal';

/** @returns what comes next for the minutes: the vote, the close, the seal; null while it is nobody's turn (MEET3). */
function useNextStep(): Step | null {
  const { state } = useRoom();
  const may = useMay();
  if (state.phase === 'closed') return may('sealRecord') ? 'seal' : null;
  if (state.phase !== 'open' || state.rollCall !== 'done') return null;
  if (!state.minutesAdopted) return may('openVote') ? 'adopt' : null;
  return may('closeMeeting') ? 'close' : null;
}

const icons = { adopt: IconThumbUp, close: IconDoorExit, seal: IconLock } as const;

/** Adopt by vote, close, seal: one step at a time, each with a plain question (MIN2, MEET3). */
export function MinutesSteps({ onVote }: { readonly onVote?: (() => void) | undefined }) {
  const { state } = useRoom();
  const t = useRecordText();
  const { give, busy } = useGive();
  const [asking, setAsking] = useState(false);
  const step = useNextStep();
  const voting = state.openVote !== null;
  const preview = previewVote(state, 'procedural');
  const waiting = preview.waiting.length;
  const standing = standingSupplements(state);
  if (step === null) {
    return state.minutesAdopted && state.phase === 'open' ? (
      <p className={classes.hint}>{t('minutes.adopted')}</p>
    ) : null;
  }
  const act = async () => {
    switch (step) {
      case 'close':
        await give({ type: 'closeMeeting' });
        return;
      case 'seal':
        await give({ type: 'sealRecord' });
        return;
      case 'adopt': {
        const opened = await give({
          type: 'openVote',
          item: currentItem(state)?.id ?? null,
          question: t('minutes.adoptText', { lng: 'vi' }),
          rule: 'procedural',
          purpose: 'minutes',
          despiteWaiting: waiting > 0,
        });
        if (opened) onVote?.();
        return;
      }
    }
  };
  const hints = {
    adopt: [
      t('minutes.adoptHint', { need: preview.need, denominator: preview.denominator }),
      waiting > 0 ? t('minutes.adoptWaiting', { count: waiting }) : '',
      standing.length > 0
        ? t('supplement.left', { titles: standing.map(({ title }) => title).join('; ') })
        : '',
    ].join(' '),
    close: t('minutes.closeHint'),
    seal: t('minutes.sealHint'),
  };
  const Icon = icons[step];
  return (
    <Stack gap="xs">
      {voting && <p className={classes.hint}>{t('minutes.voteRunning')}</p>}
      <Button
        mih={48}
        loading={busy}
        disabled={voting}
        leftSection={<Icon size={20} />}
        onClick={() => setAsking(true)}
        data-testid={`minutes-step-${step}`}
      >
        {t(`minutes.${step}`)}
      </Button>
      <Question
        opened={asking}
        title={t(`minutes.${step}Question`)}
        hint={hints[step].trim()}
        confirm={step === 'adopt' ? t('minutes.adoptIt') : t(`minutes.${step}`)}
        onConfirm={() => void act()}
        onClose={() => setAsking(false)}
      />
    </Stack>
  );
}
