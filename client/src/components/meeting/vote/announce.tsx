import type { VoteState } from '@diemcau/shared/domain/state.ts';
import { Button, Stack } from '@mantine/core';
import { IconAlertTriangle, IconSpeakerphone } from '@tabler/icons-react';
import { useState } from 'react';
import { namesOf } from '../../../hooks/meeting/names.ts';
import { useMay, useRoom } from '../../../hooks/meeting/room.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { Question } from '../chrome/question.tsx';
import { ResultFigures } from './result-words.tsx';
import classes from './vote.module.css';

/** Last step: the tally as only chair and clerk see it, what came too late, and the announcement (VOTE11, VOTE20). */
export function Announce({ vote }: { readonly vote: VoteState }) {
  const { state } = useRoom();
  const t = useText();
  const may = useMay();
  const { give, busy } = useGive();
  const [annulling, setAnnulling] = useState(false);
  const id = vote.opening.vote;
  return (
    <Stack gap="md">
      <p className={classes.kicker}>{t('vote.tallied')}</p>
      {vote.lateMarks.length > 0 && (
        <p className={classes.warning} role="status" data-testid="late-marks">
          <IconAlertTriangle size={20} aria-hidden />
          <span>{t('vote.lateMarks', { names: namesOf(state, vote.lateMarks, t, 20) })}</span>
        </p>
      )}
      {vote.tallied !== null && <ResultFigures vote={vote} result={vote.tallied} />}
      <Button
        mih={48}
        loading={busy}
        leftSection={<IconSpeakerphone size={20} />}
        onClick={() => void give({ type: 'announceResult', vote: id })}
        data-testid="vote-announce"
      >
        {t('vote.announce')}
      </Button>
      {may('annulVote') && (
        <Button variant="subtle" color="gray" mih={48} onClick={() => setAnnulling(true)}>
          {t('vote.annul')}
        </Button>
      )}
      <Question
        opened={annulling}
        title={t('vote.annulQuestion')}
        hint={t('vote.annulHint')}
        reason={t('control.reason')}
        confirm={t('vote.annul')}
        onConfirm={(reason) => void give({ type: 'annulVote', vote: id, reason })}
        onClose={() => setAnnulling(false)}
      />
    </Stack>
  );
}
