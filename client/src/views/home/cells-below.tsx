import type { Home } from '@diemcau/shared/protocol/http.ts';
import { Button, Group, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconEye, IconLayoutGrid, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Card } from '../../components/card.tsx';
import { Empty } from '../../components/states.tsx';
import { useDates } from '../../hooks/use-dates.ts';
import { plain } from '../../hooks/vietnamese.ts';
import { useWallText } from '../../hooks/wall/use-wall-text.ts';
import { PhaseBadge } from './phase-badge.tsx';

type Cell = Home['superiorOf'][number];

/** From this many cells on a search is offered. */
const searchFrom = 8;

/** A superior's cells, those in session first; attending is open to all eyes (SUP1). */
export function CellsBelow({ cells }: { readonly cells: readonly Cell[] }) {
  const { t } = useTranslation('home');
  const wall = useWallText();
  const [wanted, setWanted] = useState('');
  const live = cells.filter(
    ({ live: meeting }) => meeting?.phase === 'open' || meeting?.phase === 'suspended',
  );
  const found = cells.filter((cell) =>
    plain(`${cell.name} ${cell.organizationName}`).includes(plain(wanted.trim())),
  );
  return (
    <Stack component="section" gap="sm" aria-labelledby="below">
      <Group justify="space-between" align="flex-start" gap="md">
        <div>
          <Title order={2} id="below">
            {t('below.title')}
          </Title>
          <Text>{live.length > 0 ? t('below.live', { count: live.length }) : t('below.none')}</Text>
          <Text c="dimmed">{t('below.text')}</Text>
        </div>
        <Button
          component={Link}
          to="/man-hinh-du"
          variant={live.length > 1 ? 'filled' : 'default'}
          leftSection={<IconLayoutGrid size={22} aria-hidden />}
          data-testid="open-wall"
        >
          {wall('open')}
        </Button>
      </Group>
      {cells.length >= searchFrom && (
        <TextInput
          label={t('below.search')}
          leftSection={<IconSearch size={20} aria-hidden />}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          maw="28rem"
        />
      )}
      {found.length === 0 && <Empty>{t('below.noMatch')}</Empty>}
      {found
        .filter((cell) => cell.live !== null)
        .map((cell) => (
          <CellBelow key={cell.id} cell={cell} />
        ))}
      <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="sm">
        {found
          .filter((cell) => cell.live === null)
          .map((cell) => (
            <CellBelow key={cell.id} cell={cell} />
          ))}
      </SimpleGrid>
    </Stack>
  );
}

function CellBelow({ cell }: { readonly cell: Cell }) {
  const { t } = useTranslation('home');
  const { when } = useDates();
  return (
    <Card>
      <Group justify="space-between" gap="md">
        <Stack gap="0.25rem" miw="12rem" flex="1 1 16rem">
          {cell.live && (
            <Group gap="sm">
              <PhaseBadge phase={cell.live.phase} />
              <Text c="dimmed">{when(cell.live.startsAt)}</Text>
            </Group>
          )}
          <Text fw={600}>{cell.name}</Text>
          <Text c="dimmed">
            {cell.organizationName}
            {cell.live ? ` · ${cell.live.title}` : ''}
          </Text>
          {!cell.live && (
            <Text c="dimmed">
              {cell.next ? t('below.next', { when: when(cell.next.startsAt) }) : t('below.quiet')}
            </Text>
          )}
        </Stack>
        {cell.live && (
          <Button
            component={Link}
            to={`/hop/${cell.live.id}`}
            leftSection={<IconEye size={22} aria-hidden />}
            aria-label={t('below.attendCell', { cell: cell.name })}
          >
            {t('below.attend')}
          </Button>
        )}
      </Group>
    </Card>
  );
}
