import type { MeetingState, VoteState } from '@diemcau/shared/domain/state.ts';
import type { PersonId, SiteId } from '@diemcau/shared/ids.ts';
import { Button, Modal, NativeSelect, PasswordInput, Stack } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { titleOf, unitName } from '../../../hooks/meeting/names.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useRecordText } from '../../../hooks/meeting/use-record-text.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import classes from './vote.module.css';

const fields = ['inFavour', 'against', 'noOpinion', 'notVoted'] as const;

/** Who may confirm this count: chair and clerk, else whom the entry named; never who entered it (VOTE7, VOTE18). */
function confirmersOf(state: MeetingState, vote: VoteState, site: SiteId): readonly PersonId[] {
  const named = vote.figures[site]?.confirmers ?? [];
  const officers = [state.officers?.chair, state.officers?.clerk].filter((person) => person !== undefined);
  const enteredBy = vote.counts[site]?.enteredBy;
  return [...new Set([...officers, ...named])].filter((person) => person !== enteredBy);
}

/** The second person confirms on this device, by the own PIN: for a clerk alone with one laptop (VOTE7). */
export function PinConfirm({ vote, site }: { readonly vote: VoteState; readonly site: SiteId }) {
  const { state } = useRoom();
  const t = useRecordText();
  const room = useText();
  const { give, busy } = useGive();
  const people = confirmersOf(state, vote, site);
  const [asking, setAsking] = useState(false);
  const [person, setPerson] = useState<PersonId | null>(null);
  const [pin, setPin] = useState('');
  const who = person ?? (people.length === 1 ? (people[0] ?? null) : null);
  const figures = vote.figures[site]?.counts;
  const close = () => {
    setPin('');
    setAsking(false);
  };
  const confirm = async () => {
    if (who === null) return;
    const proof = { kind: 'pin', personId: who, pin } as const;
    setPin('');
    if (
      await give(
        { type: 'confirmCount', vote: vote.opening.vote, site, counts: vote.figures[site]?.counts },
        proof,
      )
    )
      setAsking(false);
  };
  return (
    <>
      <Button
        variant="default"
        mih={48}
        leftSection={<IconKey size={20} />}
        onClick={() => setAsking(true)}
        data-testid="pin-confirm"
      >
        {t('pin.confirm')}
      </Button>
      <Modal
        opened={asking}
        onClose={close}
        title={t('pin.title', { site: unitName(state, site, room) })}
        centered
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            event.stopPropagation();
            void confirm();
          }}
        >
          <Stack gap="md">
            <p className={classes.hint}>{people.length === 0 ? t('pin.nobody') : t('pin.hint')}</p>
            {figures !== undefined && (
              <dl className={classes.figures}>
                {fields.map((field) => (
                  <div key={field}>
                    <dt>{room(`vote.${field}`)}</dt>
                    <dd>{figures[field]}</dd>
                  </div>
                ))}
              </dl>
            )}
            <NativeSelect
              label={t('pin.who')}
              value={who ?? ''}
              onChange={(event) =>
                setPerson(people.find((candidate) => candidate === event.currentTarget.value) ?? null)
              }
              data={[
                { value: '', label: t('pin.choose') },
                ...people.map((candidate) => ({
                  value: candidate as string,
                  label: titleOf(state, candidate),
                })),
              ]}
              data-testid="pin-who"
            />
            <PasswordInput
              label={t('pin.pin')}
              value={pin}
              inputMode="numeric"
              autoComplete="off"
              maxLength={8}
              onChange={(event) => setPin(event.currentTarget.value.replace(/\D/g, ''))}
              data-testid="pin-digits"
            />
            <Button
              type="submit"
              mih={48}
              loading={busy}
              disabled={who === null || pin.length < 4}
              data-testid="pin-ok"
            >
              {t('pin.ok')}
            </Button>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
