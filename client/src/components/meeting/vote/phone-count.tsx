import type { VoteState } from '@diemcau/shared/domain/state.ts';
import type { PersonId, SiteId } from '@diemcau/shared/ids.ts';
import { Button, Modal, NativeSelect, Stack } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import { useState } from 'react';
import { titleOf, unitName } from '../../../hooks/meeting/names.ts';
import { useMyself, useRoom } from '../../../hooks/meeting/room.ts';
import { placedAt } from '../../../hooks/meeting/rosters.ts';
import { useRecordText } from '../../../hooks/meeting/use-record-text.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { CountEntry } from './count-entry.tsx';
import classes from './vote.module.css';

/** Who most likely reads the numbers: the site's teller, else who is responsible for it. */
function likelyReader(
  readers: readonly PersonId[],
  likely: readonly (PersonId | null | undefined)[],
): PersonId | null {
  return likely.find((person) => person != null && readers.includes(person)) ?? null;
}

/** A site went dark before its count: the numbers are read by telephone, by name, and a second person calls back (VOTE17). */
export function PhoneCount({ vote, site }: { readonly vote: VoteState; readonly site: SiteId }) {
  const { state } = useRoom();
  const t = useRecordText();
  const room = useText();
  const myself = useMyself();
  const found = state.sites[site];
  const readers = placedAt(state, site)
    .map(({ person }) => person)
    .filter((person) => person !== myself);
  const [taking, setTaking] = useState(false);
  const [chosen, setChosen] = useState<PersonId | null>(null);
  const reader =
    chosen ?? likelyReader(readers, [found?.teller, found?.responsible, found?.terminal?.responsible]);
  if (found === undefined || found.terminal?.line === 'up') return null;
  return (
    <>
      {found.terminal?.line === 'dark' && (
        <p className={classes.hint} data-testid="site-dark">
          {t('count.dark')}
        </p>
      )}
      <Button
        variant="default"
        mih={48}
        leftSection={<IconPhone size={20} />}
        onClick={() => setTaking(true)}
        data-testid="phone-count"
      >
        {t('count.byPhone')}
      </Button>
      <Modal
        opened={taking}
        onClose={() => setTaking(false)}
        title={t('count.phoneTitle', { site: unitName(state, site, room) })}
        centered
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <Stack gap="md">
          <p className={classes.hint}>{t('count.phoneHint')}</p>
          <NativeSelect
            label={t('count.readBy')}
            value={reader ?? ''}
            onChange={(event) =>
              setChosen(readers.find((person) => person === event.currentTarget.value) ?? null)
            }
            data={[
              { value: '', label: t('count.readByNone') },
              ...readers.map((person) => ({ value: person as string, label: titleOf(state, person) })),
            ]}
            data-testid="read-by"
          />
          {reader !== null && (
            <CountEntry
              vote={vote}
              site={site}
              size="device"
              readBy={reader}
              onSent={() => setTaking(false)}
            />
          )}
        </Stack>
      </Modal>
    </>
  );
}
