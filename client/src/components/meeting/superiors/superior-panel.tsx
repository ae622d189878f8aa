import '../../../i18n/oversight-texts.ts';
import { sitesInOrder } from '@diemcau/shared/domain/selectors.ts';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import { Button, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconUserStar } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay, useRoom } from '../../../hooks/meeting/room.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import absence from '../absence/absence.module.css';

/** For officers: registers a superior who is in a hall (SUP9). */
export function SuperiorPanel() {
  const { state } = useRoom();
  const { t } = useTranslation('oversight');
  const may = useMay();
  const [opened, setOpened] = useState(false);
  const meetingId = state.facts?.meetingId;
  if (!may('registerSuperior') || state.endedAt !== null || meetingId === undefined) return null;
  return (
    <details data-testid="superior-panel" onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary className={absence.summary}>{t('hall.title')}</summary>
      {opened && <Registration meetingId={meetingId} />}
    </details>
  );
}

function Registration({ meetingId }: { readonly meetingId: MeetingId }) {
  const { state } = useRoom();
  const { t } = useTranslation('oversight');
  const { give, busy } = useGive();
  const { data } = useRoute('meetingSuperiors', { params: { meetingId } });
  const sites = sitesInOrder(state);
  const [account, setAccount] = useState('');
  const [name, setName] = useState('');
  const [office, setOffice] = useState('');
  const [site, setSite] = useState<string>(sites.find(({ isMain }) => isMain)?.id ?? '');
  const superiors = data?.superiors ?? [];
  const known = superiors.find(({ personId }) => personId === account);

  const choose = (value: string) => {
    const found = superiors.find(({ personId }) => personId === value);
    setAccount(value);
    setName(found?.name ?? '');
    setOffice(found?.office ?? '');
  };
  const register = async () => {
    const done = await give({
      type: 'registerSuperior',
      name: name.trim(),
      office: office.trim(),
      person: known?.personId ?? null,
      site: sites.find(({ id }) => id === site)?.id ?? null,
    });
    if (done) choose('');
  };
  // What the directory knows is not typed anew; an office that it doesn't know is.
  const officeKnown = known !== undefined && known.office !== '';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void register();
      }}
    >
      <Stack gap="sm">
        <Text c="dimmed">{t('hall.hint')}</Text>
        {superiors.length > 0 && (
          <NativeSelect
            label={t('hall.account')}
            value={account}
            onChange={(event) => choose(event.currentTarget.value)}
            data={[
              { value: '', label: t('hall.noAccount') },
              ...superiors.map((superior) => ({
                value: superior.personId,
                label: [superior.name, superior.office].filter((part) => part !== '').join(', '),
              })),
            ]}
          />
        )}
        {known === undefined && (
          <TextInput
            label={t('hall.name')}
            required
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        {!officeKnown && (
          <TextInput
            label={t('hall.office')}
            required
            maxLength={200}
            value={office}
            onChange={(event) => setOffice(event.currentTarget.value)}
          />
        )}
        <NativeSelect
          label={t('hall.site')}
          value={site}
          onChange={(event) => setSite(event.currentTarget.value)}
          data={[
            ...sites.map((entry) => ({ value: entry.id, label: entry.name })),
            { value: '', label: t('hall.noSite') },
          ]}
        />
        <Button
          type="submit"
          mih={48}
          loading={busy}
          disabled={name.trim() === '' || office.trim() === ''}
          leftSection={<IconUserStar size={20} aria-hidden />}
        >
          {t('hall.register')}
        </Button>
      </Stack>
    </form>
  );
}
