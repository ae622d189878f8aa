import type { VoteState } from '@diemcau/shared/domain/state.ts';
import type { Choice } from '@diemcau/shared/domain/vote-types.ts';
import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconHandStop,
  IconInfoCircle,
  IconSend,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { type MarkProgress, useMyHand } from '../../../hooks/meeting/use-vote.ts';
import { ChoiceButtons } from './choice-buttons.tsx';
import classes from './vote.module.css';

function MarkStatus({ mark, chosen }: { readonly mark: MarkProgress; readonly chosen: Choice | null }) {
  const t = useText();
  switch (mark.kind) {
    case 'none':
      return null;
    case 'sent':
      return (
        <p className={classes.status} data-kind="sent">
          <IconSend size={20} aria-hidden />
          <span>{t('vote.sent')}</span>
        </p>
      );
    case 'refused':
      return (
        <p className={classes.status} data-kind="refused" role="alert">
          <IconAlertTriangle size={20} aria-hidden />
          <span>{mark.message}</span>
        </p>
      );
    case 'recorded':
      return (
        <p className={classes.status} data-kind="recorded" data-testid="mark-recorded">
          <IconCircleCheck size={20} aria-hidden />
          <span>
            <strong>{t('vote.recorded')}</strong>
            {chosen === null
              ? ` · ${t('vote.viaTerminal')}`
              : ` · ${t('vote.yours', { choice: t(`vote.${chosen}`) })}`}
            {mark.receipt !== null && (
              <>
                <br />
                <span className={classes.receipt} data-testid="receipt" title={t('vote.receiptHint')}>
                  {t('vote.receipt', { seq: mark.receipt.seq, hash: mark.receipt.hash.slice(0, 8) })}
                </span>
              </>
            )}
          </span>
        </p>
      );
  }
}

/** One's own vote: three choices, or why there are none; then sent, recorded, the receipt. */
export function MyHand({
  vote,
  choices = 'stay',
}: {
  readonly vote: VoteState;
  /** `fold` once recorded, where more than one's own vote is on the screen. */
  readonly choices?: 'stay' | 'fold';
}) {
  const { state, give } = useRoom();
  const t = useText();
  const mine = useMyHand(vote);
  const [changing, setChanging] = useState(false);
  if (mine === null) return null;
  const { hand, mark, choice } = mine;
  const status = (
    <div aria-live="polite">
      <MarkStatus mark={mark} chosen={choice} />
    </div>
  );
  if (vote.phase !== 'open') return status;
  switch (hand.kind) {
    case 'superior':
    case 'noElector': {
      const reason =
        hand.kind === 'superior' ? 'superior' : hand.reason === 'notOfThisCell' ? 'other' : hand.reason;
      return (
        <p className={classes.status} data-kind="info" data-testid="no-vote">
          <IconInfoCircle size={20} aria-hidden />
          <span>
            <strong>{t('vote.cannot')}.</strong> {t(`vote.cannotReason.${reason}`)}
          </span>
        </p>
      );
    }
    case 'countedAtSite':
      return (
        <p className={classes.status} data-kind="info" data-testid="counted-at-site">
          <IconHandStop size={20} aria-hidden />
          <span>{t('vote.counted', { site: state.sites[hand.site]?.name ?? '' })}</span>
        </p>
      );
    case 'mayMark':
      if (choices === 'fold' && mark.kind === 'recorded' && !changing) {
        return (
          <>
            {status}
            <Button variant="default" onClick={() => setChanging(true)}>
              {t('vote.changeMine')}
            </Button>
          </>
        );
      }
      return (
        <>
          <ChoiceButtons
            chosen={mark.kind === 'recorded' ? choice : null}
            sending={mark.kind === 'sent' ? mark.choice : null}
            onChoose={(chosen) => {
              setChanging(false);
              void give({ type: 'castMark', vote: vote.opening.vote, choice: chosen });
            }}
          />
          {status}
          {mark.kind === 'recorded' && <p className={classes.hint}>{t('vote.change')}</p>}
        </>
      );
  }
}
