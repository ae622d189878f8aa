import { unreached, withoutMark } from '@diemcau/shared/domain/electorate.ts';
import type { VoteState } from '@diemcau/shared/domain/state.ts';
import { closableIn, countObstacles } from '@diemcau/shared/domain/vote-closing.ts';
import { refusalMessage } from '@diemcau/shared/protocol/refusal-text.ts';
import { Button, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useMay, useRoom } from '../../../hooks/meeting/room.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useNow } from '../../../hooks/meeting/use-now.ts';
import { useLocale, useText } from '../../../hooks/meeting/use-text.ts';
import { Question } from '../chrome/question.tsx';
import { UnreachedOffer } from './unreached-offer.tsx';
import classes from './vote.module.css';

/** Closing: what blocks it in words, the seconds still to wait, the unreached by name (VOTE6, VOTE9, VOTE15). */
export function CloseVote({ vote }: { readonly vote: VoteState }) {
  const { state } = useRoom();
  const t = useText();
  const language = useLocale() === 'en-GB' ? 'en' : 'vi';
  const may = useMay();
  const now = useNow(500);
  const { give, busy } = useGive();
  const [asking, setAsking] = useState<'close' | 'annul' | null>(null);
  const [despite, setDespite] = useState(false);
  const id = vote.opening.vote;
  const seconds = Math.ceil(closableIn(state, vote, now) / 1000);
  const obstacles = countObstacles(state, vote);
  const missed = unreached(state, vote);
  const missing = withoutMark(vote).length;
  const blocked = seconds > 0 || obstacles.length > 0 || (missed.length > 0 && !despite);
  return (
    <Stack gap="sm" data-testid="close-vote">
      {obstacles.length > 0 && (
        <div className={classes.warning} role="status" data-testid="closing-obstacles">
          <IconAlertTriangle size={20} aria-hidden />
          <div>
            {t('vote.closing.blocked')}
            <ul className={classes.obstacles}>
              {obstacles.map((obstacle) => (
                <li key={`${obstacle.code}:${obstacle.params?.site ?? ''}`}>
                  {refusalMessage(obstacle, language)}
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
      {missed.length > 0 && (
        <UnreachedOffer
          vote={vote}
          despite={despite}
          onDespite={setDespite}
          onAgain={() => setAsking('annul')}
        />
      )}
      <Button
        mih={48}
        loading={busy}
        disabled={blocked}
        onClick={() => setAsking('close')}
        data-testid="vote-close"
      >
        {seconds > 0 ? t('vote.closing.wait', { seconds }) : t('vote.closing.close')}
      </Button>
      {may('annulVote') && (
        <Button variant="subtle" color="gray" mih={48} onClick={() => setAsking('annul')}>
          {t('vote.annul')}
        </Button>
      )}
      <Question
        opened={asking === 'close'}
        title={t('vote.closing.question')}
        hint={
          missing > 0 ? t('vote.closing.questionHint', { count: missing }) : t('vote.closing.questionAll')
        }
        confirm={t('vote.closing.close')}
        onConfirm={() => void give({ type: 'closeVote', vote: id, despiteUnreached: despite })}
        onClose={() => setAsking(null)}
      />
      <Question
        opened={asking === 'annul'}
        title={t('vote.annulQuestion')}
        hint={t('vote.annulHint')}
        reason={t('control.reason')}
        confirm={t('vote.annul')}
        onConfirm={(reason) => void give({ type: 'annulVote', vote: id, reason })}
        onClose={() => setAsking(null)}
      />
    </Stack>
  );
}
