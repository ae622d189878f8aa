import type { MessageId } from '@diemcau/shared/ids.ts';
import { Button } from '@mantine/core';
import { IconMessage } from '@tabler/icons-react';
import { useState } from 'react';
import { useMyself, useRoom } from '../../../hooks/meeting/room.ts';
import { useWallText } from '../../../hooks/wall/use-wall-text.ts';
import { Banner } from './banner.tsx';

/** A superior's word to the chair, as from whom to whom, until it has been seen here; the list keeps it. */
export function MessageBanner() {
  const { state } = useRoom();
  const myself = useMyself();
  const t = useWallText();
  const [seen, setSeen] = useState<ReadonlySet<MessageId>>(new Set());
  const waiting = state.messages.filter(({ id, person }) => person !== myself && !seen.has(id));
  const last = waiting.at(-1);
  if (last === undefined) return null;
  const { name, office, to, text } = last;
  return (
    <Banner
      tone="accent"
      icon={<IconMessage size={20} aria-hidden />}
      testId="message-banner"
      action={
        <Button
          variant="default"
          mih={44}
          onClick={() => setSeen(new Set([...seen, ...waiting.map(({ id }) => id)]))}
        >
          {t('alarm.acknowledge')}
        </Button>
      }
    >
      <strong>{t('openness.message', { name, office, cells: to.join(', ') })}:</strong> {text}
    </Banner>
  );
}
