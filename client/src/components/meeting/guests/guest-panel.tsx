import { Button, Stack, TextInput } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useMay, useRoom } from '../../../hooks/meeting/room.ts';
import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import absence from '../absence/absence.module.css';
import classes from '../people/people.module.css';

/** Registers guests, or states that nobody from outside attends: the minutes need one or the other (ATT12). */
export function GuestPanel() {
  const { state } = useRoom();
  const t = useConductText();
  const may = useMay();
  const { give, busy } = useGive();
  const [name, setName] = useState('');
  const [office, setOffice] = useState('');
  if (!may('registerGuest') || state.endedAt !== null) return null;
  const nobody = Object.keys(state.guests).length === 0;
  const register = async () => {
    const done = await give({ type: 'registerGuest', name: name.trim(), office: office.trim() });
    if (!done) return;
    setName('');
    setOffice('');
  };
  return (
    <details data-testid="guest-panel">
      <summary className={absence.summary}>
        {t('guest.title')}
        {nobody && !state.noGuests && <span className={classes.tags}> · {t('guest.unknown')}</span>}
      </summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void register();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t('guest.name')}
            required
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t('guest.office')}
            required
            maxLength={200}
            value={office}
            onChange={(event) => setOffice(event.currentTarget.value)}
          />
          <Button
            type="submit"
            mih={48}
            loading={busy}
            disabled={name.trim() === '' || office.trim() === ''}
            leftSection={<IconUserPlus size={20} aria-hidden />}
          >
            {t('guest.register')}
          </Button>
          {nobody && !state.noGuests && (
            <Button
              variant="default"
              mih={48}
              loading={busy}
              onClick={() => void give({ type: 'stateNoGuests' })}
              data-testid="no-guests"
            >
              {t('guest.stateNone')}
            </Button>
          )}
          {state.noGuests && (
            <p className={classes.tags} role="status">
              {t('guest.stated')}
            </p>
          )}
        </Stack>
      </form>
    </details>
  );
}
