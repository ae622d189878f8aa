import { Anchor, NativeSelect, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Card } from '../../components/card.tsx';
import { Loading, RefusalNotice } from '../../components/states.tsx';
import { useDocumentTitle } from '../../hooks/use-document-title.ts';
import { useHome } from '../../hooks/use-home.ts';
import { useRoute } from '../../hooks/use-route.ts';
import { NewMeetingForm } from './new-meeting-form.tsx';

/** The secretary summons a meeting of one of their cells. */
export function Component() {
  const { t } = useTranslation(['home', 'shell']);
  useDocumentTitle(t('home:form.title'));
  const home = useHome();
  const [chosen, setChosen] = useState<string | null>(null);
  if (home.isPending) return <Loading />;
  if (home.data === undefined) {
    return <RefusalNotice message={home.error?.message ?? ''} onRetry={() => void home.refetch()} />;
  }
  const cells = home.data.summons;
  const cell = cells.find(({ id }) => id === chosen) ?? cells[0];
  return (
    <Stack gap="md" maw="44rem" w="100%" mx="auto">
      <Anchor component={Link} to="/" py="xs">
        {t('shell:notFound.home')}
      </Anchor>
      <Title order={1}>{t('home:form.title')}</Title>
      {cell === undefined ? (
        <RefusalNotice message={t('home:form.notAllowed')} />
      ) : (
        <Card>
          <Stack gap="md">
            {cells.length > 1 && (
              <NativeSelect
                label={t('home:form.cell')}
                value={cell.id}
                onChange={(event) => setChosen(event.currentTarget.value)}
                data={cells.map(({ id, name }) => ({ value: id, label: name }))}
              />
            )}
            <CellMeeting key={cell.id} cellId={cell.id} me={home.data.person.personId} />
          </Stack>
        </Card>
      )}
    </Stack>
  );
}

type Ids = Parameters<typeof NewMeetingForm>[0];

function CellMeeting({ cellId, me }: { readonly cellId: Ids['cell']['id']; readonly me: Ids['me'] }) {
  const cell = useRoute('cell', { params: { cellId } });
  if (cell.isPending) return <Loading />;
  if (cell.data === undefined) {
    return <RefusalNotice message={cell.error?.message ?? ''} onRetry={() => void cell.refetch()} />;
  }
  return <NewMeetingForm cell={cell.data} me={me} />;
}
