import type { MeetingView } from '@diemcau/shared/protocol/http.ts';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconDoorEnter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Card } from '../../components/card.tsx';
import { useDates } from '../../hooks/use-dates.ts';
import { AnnounceAbsence } from './announce-absence.tsx';
import { PhaseBadge } from './phase-badge.tsx';

/** A meeting that is on: one large way in. */
export function MeetingNow({ meeting }: { readonly meeting: MeetingView }) {
  const { t } = useTranslation('home');
  const { when } = useDates();
  return (
    <Card>
      <Stack gap="md">
        <Stack gap="xs">
          <Group gap="sm">
            <PhaseBadge phase={meeting.phase} />
            <Text c="dimmed">{t(`role.${meeting.role}`)}</Text>
          </Group>
          <Title order={3} size="h2">
            {meeting.title}
          </Title>
          <Text>{meeting.cellName}</Text>
          <Text c="dimmed">{when(meeting.startsAt)}</Text>
        </Stack>
        <Button
          component={Link}
          to={`/hop/${meeting.id}`}
          size="xl"
          fullWidth
          maw={{ sm: '24rem' }}
          leftSection={<IconDoorEnter aria-hidden />}
          aria-label={t('enterMeeting', { title: `${meeting.title}, ${meeting.cellName}` })}
        >
          {t('enter')}
        </Button>
        <AnnounceAbsence meeting={meeting} />
      </Stack>
    </Card>
  );
}

/** A meeting that comes or was. */
export function MeetingRow({
  meeting,
  action,
}: {
  readonly meeting: MeetingView;
  readonly action: 'prepare' | 'result';
}) {
  const { t } = useTranslation('home');
  const { when } = useDates();
  return (
    <Card>
      <Group justify="space-between" gap="md">
        <Stack gap="0.25rem" miw="12rem" flex="1 1 16rem">
          <Group gap="sm">
            <PhaseBadge phase={meeting.phase} />
            <Text c="dimmed">{when(meeting.startsAt)}</Text>
          </Group>
          <Text fw={600}>{meeting.title}</Text>
          <Text c="dimmed">
            {meeting.cellName} · {t(`role.${meeting.role}`)}
          </Text>
        </Stack>
        <Group gap="xs">
          {action === 'prepare' && <AnnounceAbsence meeting={meeting} />}
          <Button
            component={Link}
            to={`/hop/${meeting.id}`}
            variant="default"
            aria-label={`${t(action)}: ${meeting.title}, ${when(meeting.startsAt)}`}
          >
            {t(action)}
          </Button>
        </Group>
      </Group>
    </Card>
  );
}
