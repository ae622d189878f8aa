import type { SpeakRequest } from '@diemcau/shared/domain/speaking-types.ts';
import { ActionIcon, Button } from '@mantine/core';
import { IconArrowUp, IconX } from '@tabler/icons-react';
import { useMay, useMyself, useRoles, useRoom } from '../../../hooks/meeting/room.ts';
import { clock } from '../../../hooks/meeting/time.ts';
import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useNow } from '../../../hooks/meeting/use-now.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import classes from './queue.module.css';
import { WrittenText } from './written-text.tsx';

interface QueueRowProps {
  readonly request: SpeakRequest;
  readonly place: number;
  readonly seconds: number | null;
}

/** One request to speak: who, from where, since when. */
export function QueueRow({ request, place, seconds }: QueueRowProps) {
  const { state } = useRoom();
  const t = useText();
  const may = useMay();
  const roles = useRoles();
  const myself = useMyself();
  const now = useNow();
  const { give, busy } = useGive();
  const conduct = useConductText();
  const { id, name, kind, group, site, askedAt, text } = request;
  const written = kind === 'written';
  const chairing = may('grantFloor') && state.phase === 'open';
  const officer = chairing || roles.has('minutesClerk');
  const details = [
    kind === 'pointOfOrder' ? t('queue.pointOfOrder') : null,
    group === null ? null : t('queue.group', { group }),
    written
      ? conduct('opinion.kind')
      : site === null
        ? t('queue.ownDevice')
        : (state.sites[site]?.name ?? ''),
    t('queue.waited', { time: clock(now - askedAt) }),
  ].filter((part) => part !== null);
  const promote = () => {
    const rest = state.speaking.queue.map((waiting) => waiting.id).filter((other) => other !== id);
    rest.splice(Math.max(0, place - 2), 0, id);
    void give({ type: 'reorderQueue', order: rest });
  };
  return (
    <li className={classes.row} data-testid="queue-row">
      <span className={classes.place}>{place}</span>
      <span className={classes.who}>
        <span className={classes.name}>{name}</span>
        <span className={classes.detail}>{details.join(' · ')}</span>
        {text !== null && <WrittenText text={text} />}
      </span>
      {chairing && place > 1 && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={44}
          aria-label={t('queue.up', { name })}
          onClick={promote}
        >
          <IconArrowUp size={20} />
        </ActionIcon>
      )}
      {(officer || (written && myself === request.person)) && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={44}
          aria-label={t('queue.withdraw', { name })}
          onClick={() => void give({ type: 'withdrawRequest', request: id })}
        >
          <IconX size={20} />
        </ActionIcon>
      )}
      {written && may('readOpinion') && (
        <Button
          mih={48}
          variant="default"
          loading={busy}
          aria-label={conduct('opinion.readNamed', { name })}
          onClick={() => void give({ type: 'readOpinion', request: id })}
        >
          {conduct('opinion.read')}
        </Button>
      )}
      {chairing && !written && (
        <Button
          mih={44}
          size="compact-md"
          loading={busy}
          aria-label={t('queue.grantNamed', { name })}
          onClick={() => void give({ type: 'grantFloor', request: id, seconds })}
        >
          {t('queue.grantShort')}
        </Button>
      )}
    </li>
  );
}
