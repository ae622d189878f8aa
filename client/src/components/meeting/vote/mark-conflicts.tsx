import type { VoteState } from '@diemcau/shared/domain/state.ts';
import { IconAlertTriangle } from '@tabler/icons-react';
import { namesOf } from '../../../hooks/meeting/names.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useRecordText } from '../../../hooks/meeting/use-record-text.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import classes from './vote.module.css';

/** Taps in a hall that a member's own device outranked: the officers are told, by name (VOTE21). */
export function MarkConflicts({ vote }: { readonly vote: VoteState }) {
  const { state } = useRoom();
  const t = useRecordText();
  const room = useText();
  if (vote.conflicts.length === 0) return null;
  return (
    <p className={classes.warning} role="status" data-testid="mark-conflicts">
      <IconAlertTriangle size={20} aria-hidden />
      <span>
        {t('conflict.title', { names: namesOf(state, vote.conflicts, room, 20) })} {t('conflict.hint')}
      </span>
    </p>
  );
}
