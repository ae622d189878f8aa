import '../../i18n/admin-texts.ts';
import { asId, type CellId } from '@diemcau/shared/ids.ts';
import { Anchor, Stack, Tabs, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { Loading, RefusalNotice } from '../../components/states.tsx';
import { useDocumentTitle } from '../../hooks/use-document-title.ts';
import { useRoute } from '../../hooks/use-route.ts';
import classes from './cell-page.module.css';
import { CodesTab } from './codes-tab.tsx';
import { ImportTab } from './import-tab.tsx';
import { MembersTab } from './members-tab.tsx';
import { SitesTab } from './sites-tab.tsx';

const tabs = ['members', 'sites', 'import', 'codes'] as const;
type Tab = (typeof tabs)[number];

/** One cell: its members, its sites, a list to import, codes on paper. */
export function Component() {
  const { t } = useTranslation('admin');
  const { cellId = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const cell = useRoute('cell', { params: { cellId: asId<CellId>(cellId) } });
  useDocumentTitle(cell.data?.name ?? t('title'));
  if (cell.isPending) return <Loading />;
  if (cell.data === undefined) {
    return <RefusalNotice message={cell.error?.message ?? ''} onRetry={() => void cell.refetch()} />;
  }
  const tab = tabs.find((name) => name === search.get('muc')) ?? 'members';
  const show = (name: Tab) => setSearch({ muc: name }, { replace: true });
  return (
    <Stack gap="md">
      <Anchor component={Link} to="/quan-tri" py="xs" className="no-print">
        {t('cell.backToTree')}
      </Anchor>
      <div className="no-print">
        <Title order={1}>{cell.data.name}</Title>
        <Text c="dimmed">
          {cell.data.organizationName} · {t(`cell.types.${cell.data.type}`)}
        </Text>
      </div>
      <Tabs value={tab} onChange={(name) => show(tabs.find((known) => known === name) ?? 'members')}>
        <Tabs.List className={`${classes.tabs} no-print`}>
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`cell.tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="members" pt="md">
          <MembersTab cell={cell.data} />
        </Tabs.Panel>
        <Tabs.Panel value="sites" pt="md">
          <SitesTab cell={cell.data} />
        </Tabs.Panel>
        <Tabs.Panel value="import" pt="md">
          <ImportTab cellId={cell.data.id} onWritten={() => show('members')} />
        </Tabs.Panel>
        <Tabs.Panel value="codes" pt="md">
          <CodesTab cell={cell.data} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
