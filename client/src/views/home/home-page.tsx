import type { Home } from '@diemcau/shared/protocol/http.ts';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconCalendarPlus } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { fetchAhead } from '../../app/ahead.ts';
import { late } from '../../components/late.tsx';
import { Empty, Loading, RefusalNotice } from '../../components/states.tsx';
import { useDocumentTitle } from '../../hooks/use-document-title.ts';
import { useHome } from '../../hooks/use-home.ts';
import { MeetingNow, MeetingRow } from './meeting-cards.tsx';

const CellsBelow = late(async () => (await import('./cells-below.tsx')).CellsBelow);

/** Hôm nay: what is on, what comes, what was; and for a superior the cells below. */
export function HomePage() {
  const { t } = useTranslation('home');
  useDocumentTitle(t('title'));
  const home = useHome();
  if (home.isPending) return <Loading />;
  if (home.data === undefined) {
    return <RefusalNotice message={home.error?.message ?? ''} onRetry={() => void home.refetch()} />;
  }
  return <HomeView home={home.data} />;
}

function HomeView({ home }: { readonly home: Home }) {
  const { t } = useTranslation('home');
  const isLive = home.now.length > 0 || home.superiorOf.some(({ live }) => live !== null);
  useEffect(() => {
    if (isLive) void fetchAhead();
  }, [isLive]);
  const superior = home.superiorOf.length > 0;
  const member = home.now.length + home.coming.length + home.past.length > 0 || !superior;
  return (
    <Stack gap="xl">
      <Group justify="space-between" align="flex-end">
        <div>
          <Title order={1}>{t('title')}</Title>
          <Text c="dimmed">{t('greeting', { name: home.person.name })}</Text>
        </div>
        {home.summons.length > 0 && (
          <Button
            component={Link}
            to="/sinh-hoat-moi"
            variant="default"
            leftSection={<IconCalendarPlus size={22} aria-hidden />}
          >
            {t('summon')}
          </Button>
        )}
      </Group>
      {superior && <CellsBelow cells={home.superiorOf} />}
      {member && <OwnMeetings home={home} />}
    </Stack>
  );
}

function OwnMeetings({ home }: { readonly home: Home }) {
  const { t } = useTranslation('home');
  return (
    <>
      <Stack component="section" gap="sm" aria-labelledby="now">
        <Title order={2} id="now">
          {t('now')}
        </Title>
        {home.now.length === 0 && <Empty>{t('nowNone')}</Empty>}
        {home.now.map((meeting) => (
          <MeetingNow key={meeting.id} meeting={meeting} />
        ))}
      </Stack>
      <Stack component="section" gap="sm" aria-labelledby="coming">
        <Title order={2} id="coming">
          {t('coming')}
        </Title>
        {home.coming.length === 0 && <Empty>{t('comingNone')}</Empty>}
        {home.coming.map((meeting) => (
          <MeetingRow key={meeting.id} meeting={meeting} action="prepare" />
        ))}
      </Stack>
      <Stack component="section" gap="sm" aria-labelledby="past">
        <Title order={2} id="past">
          {t('past')}
        </Title>
        {home.past.length === 0 && <Empty>{t('pastNone')}</Empty>}
        {home.past.map((meeting) => (
          <MeetingRow key={meeting.id} meeting={meeting} action="result" />
        ))}
      </Stack>
    </>
  );
}
