import { electorCount, unreached } from '@diemcau/shared/domain/electorate.ts';
import type { VoteState } from '@diemcau/shared/domain/state.ts';
import { tooManyUnreached } from '@diemcau/shared/domain/vote-closing.ts';
import { Button, Checkbox, Group } from '@mantine/core';
import { IconAlertTriangle, IconHourglass } from '@tabler/icons-react';
import { useState } from 'react';
import { namesOf } from '../../../hooks/meeting/names.ts';
import { useMay, useRoom } from '../../../hooks/meeting/room.ts';
import { useRecordText } from '../../../hooks/meeting/use-record-text.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import classes from './vote.module.css';

interface UnreachedOfferProps {
  readonly vote: VoteState;
  readonly despite: boolean;
  readonly onDespite: (despite: boolean) => void;
  readonly onAgain: () => void;
}

/** The unreached by name; where they are many, the chair is offered to wait or to begin again (VOTE9). */
export function UnreachedOffer({ vote, despite, onDespite, onAgain }: UnreachedOfferProps) {
  const { state } = useRoom();
  const t = useRecordText();
  const room = useText();
  const may = useMay();
  const [waiting, setWaiting] = useState(false);
  const missed = unreached(state, vote);
  const many = tooManyUnreached(state, vote);
  const names = namesOf(state, missed, room, 20);
  return (
    <div className={classes.task} data-testid="unreached" data-many={many ? 'yes' : 'no'}>
      <p className={classes.warning} role="status">
        <IconAlertTriangle size={20} aria-hidden />
        <span>
          {many
            ? `${t('unreached.many', {
                count: missed.length,
                electors: electorCount(vote.units),
                percent: state.facts?.rules.reconnectingWarning ?? 0,
              })} ${t('unreached.names', { names })}`
            : t('unreached.some', { count: missed.length, names })}
        </span>
      </p>
      {many && (
        <Group gap="xs">
          <Button
            mih={48}
            flex={1}
            variant={waiting ? 'default' : 'filled'}
            leftSection={<IconHourglass size={20} />}
            onClick={() => {
              setWaiting(true);
              onDespite(false);
            }}
            data-testid="wait-for-them"
          >
            {t('unreached.wait')}
          </Button>
          {may('annulVote') && (
            <Button mih={48} flex={1} variant="default" onClick={onAgain} data-testid="begin-again">
              {t('unreached.again')}
            </Button>
          )}
        </Group>
      )}
      {many && waiting && (
        <p className={classes.hint} role="status">
          {t('unreached.waiting')}
        </p>
      )}
      <Checkbox
        size="md"
        checked={despite}
        onChange={(event) => {
          setWaiting(false);
          onDespite(event.currentTarget.checked);
        }}
        label={t('unreached.despite')}
      />
    </div>
  );
}
