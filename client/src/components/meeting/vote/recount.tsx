import type { VoteState } from '@diemcau/shared/domain/state.ts';
import type { SiteId } from '@diemcau/shared/ids.ts';
import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { unitName } from '../../../hooks/meeting/names.ts';
import { useMay, useRoom } from '../../../hooks/meeting/room.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useRecordText } from '../../../hooks/meeting/use-record-text.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { Question } from '../chrome/question.tsx';

/** Has a confirmed site counted again, with a reason; the first count stays in the record. */
export function Recount({ vote, site }: { readonly vote: VoteState; readonly site: SiteId }) {
  const { state } = useRoom();
  const t = useRecordText();
  const room = useText();
  const may = useMay();
  const { give, busy } = useGive();
  const [asking, setAsking] = useState(false);
  if (!may('reopenCount') || vote.phase !== 'open') return null;
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        mih={48}
        loading={busy}
        leftSection={<IconRefresh size={20} />}
        onClick={() => setAsking(true)}
        data-testid="recount"
      >
        {t('count.recount')}
      </Button>
      <Question
        opened={asking}
        title={t('count.recountTitle', { site: unitName(state, site, room) })}
        hint={t('count.recountHint')}
        reason={room('vote.reopenReason')}
        confirm={t('count.recount')}
        onConfirm={(reason) => void give({ type: 'reopenCount', vote: vote.opening.vote, site, reason })}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
