import { unitOf } from '@diemcau/shared/domain/electorate.ts';
import { isOver } from '@diemcau/shared/domain/phase.ts';
import { mayReserve } from '@diemcau/shared/domain/reservation.ts';
import type { VoteState } from '@diemcau/shared/domain/state.ts';
import { Button, Modal, Stack, Textarea } from '@mantine/core';
import { IconMessageReport } from '@tabler/icons-react';
import { useState } from 'react';
import { titleOf } from '../../../hooks/meeting/names.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useRecordText } from '../../../hooks/meeting/use-record-text.ts';
import classes from './vote.module.css';

/** Reserved opinions with the result, and the form for who stands in the minority (VOTE12). */
export function ReservedOpinions({ vote }: { readonly vote: VoteState }) {
  const { state, as } = useRoom();
  const t = useRecordText();
  if (vote.phase !== 'announced') return null;
  const person = as.kind === 'member' ? as.person : null;
  const mine = vote.reserved.some((reserved) => reserved.person === person);
  const open = person !== null && !mine && !isOver(state) && mayReserve(vote, person);
  if (vote.reserved.length === 0 && !open) return null;
  return (
    <div className={classes.minutes} data-testid="reserved">
      {vote.reserved.length > 0 && (
        <>
          <p className={classes.kicker}>{t('reserve.listed')}</p>
          {vote.reserved.map(({ person: who, text }) => (
            <p key={who} data-testid="reserved-opinion">
              {t('reserve.line', { name: titleOf(state, who), text })}
            </p>
          ))}
        </>
      )}
      {open && (
        <ReserveForm
          vote={vote}
          way={unitOf(vote, person)?.method === 'byTeller' ? 'onOnesWord' : 'byTheMark'}
        />
      )}
    </div>
  );
}

function ReserveForm({
  vote,
  way,
}: {
  readonly vote: VoteState;
  /** Where hands were counted nobody knows who raised which. */
  readonly way: 'byTheMark' | 'onOnesWord';
}) {
  const t = useRecordText();
  const { give, busy } = useGive();
  const [writing, setWriting] = useState(false);
  const [text, setText] = useState('');
  const send = async () => {
    if (await give({ type: 'reserveOpinion', vote: vote.opening.vote, text: text.trim() })) setWriting(false);
  };
  return (
    <>
      <Button
        variant="default"
        mih={48}
        leftSection={<IconMessageReport size={20} />}
        onClick={() => setWriting(true)}
        data-testid="reserve"
      >
        {t('reserve.open')}
      </Button>
      <Modal
        opened={writing}
        onClose={() => setWriting(false)}
        title={t('reserve.title')}
        centered
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            event.stopPropagation();
            void send();
          }}
        >
          <Stack gap="md">
            <p className={classes.hint}>{t('reserve.hint')}</p>
            {way === 'onOnesWord' && <p className={classes.hint}>{t('reserve.counted')}</p>}
            <Textarea
              label={t('reserve.text')}
              required
              autosize
              minRows={3}
              maxRows={10}
              maxLength={4000}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              data-autofocus
              data-testid="reserve-text"
            />
            <Button
              type="submit"
              mih={48}
              loading={busy}
              disabled={text.trim() === ''}
              data-testid="reserve-send"
            >
              {t('reserve.send')}
            </Button>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
