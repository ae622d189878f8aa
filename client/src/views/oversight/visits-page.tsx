import '../../i18n/oversight-texts.ts';
import { quarterAfter } from '@diemcau/shared/domain/visits.ts';
import type { CellId, VisitPlanId } from '@diemcau/shared/ids.ts';
import type { CellCoverage, Visits } from '@diemcau/shared/protocol/http.ts';
import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconCalendarPlus, IconChevronLeft, IconChevronRight, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Empty, Loading, RefusalNotice } from '../../components/states.tsx';
import { useDocumentTitle } from '../../hooks/use-document-title.ts';
import { useRoute } from '../../hooks/use-route.ts';
import { plain } from '../../hooks/vietnamese.ts';
import { CellRow } from './cell-row.tsx';
import { CoverageSums, type Shown } from './coverage-sums.tsx';
import { MoveForm } from './move-form.tsx';
import { PlanForm } from './plan-form.tsx';
import classes from './visits.module.css';

/** What is being written down in a window above the list. */
export type Writing =
  | { readonly kind: 'plan'; readonly cell: CellId | null }
  | { readonly kind: 'move'; readonly cell: CellCoverage; readonly plan: VisitPlanId };

/** So many cells are drawn at once: a province has thousands. */
const step = 30;

/** Who attends which cell and when, and which cells were visited in the quarter (SUP3). */
export function Component() {
  const { t } = useTranslation('oversight');
  useDocumentTitle(t('visit.title'));
  const [search, setSearch] = useSearchParams();
  const asked = search.get('quy');
  const visits = useRoute('visits', { query: asked === null ? {} : { quarter: asked } });
  if (visits.isPending) return <Loading />;
  if (visits.data === undefined) {
    const message = visits.error?.code === 'notAllowed' ? t('visit.none') : (visits.error?.message ?? '');
    return <RefusalNotice message={message} onRetry={() => void visits.refetch()} />;
  }
  return (
    <Plan visits={visits.data} onQuarter={(quarter) => setSearch({ quy: quarter }, { replace: true })} />
  );
}

function Plan({
  visits,
  onQuarter,
}: {
  readonly visits: Visits;
  readonly onQuarter: (quarter: string) => void;
}) {
  const { t } = useTranslation('oversight');
  const [shown, setShown] = useState<Shown>('all');
  const [wanted, setWanted] = useState('');
  const [limit, setLimit] = useState(step);
  const [writing, setWriting] = useState<Writing | null>(null);
  const found = visits.cells.filter(
    (cell) =>
      (shown === 'all' || cell.state === shown) &&
      plain(`${cell.cellName} ${cell.organizationName}`).includes(plain(wanted.trim())),
  );
  const close = () => setWriting(null);
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-end">
        <div>
          <Title order={1}>{t('visit.title')}</Title>
          <Text c="dimmed" maw="48rem">
            {t('visit.text')}
          </Text>
        </div>
        <Button
          leftSection={<IconCalendarPlus size={22} aria-hidden />}
          onClick={() => setWriting({ kind: 'plan', cell: null })}
        >
          {t('visit.plan')}
        </Button>
      </Group>
      <QuarterSwitch quarter={visits.quarter} onQuarter={onQuarter} />
      <CoverageSums cells={visits.cells} shown={shown} onShow={setShown} />
      {visits.cells.length > 8 && (
        <TextInput
          label={t('visit.search')}
          leftSection={<IconSearch size={20} aria-hidden />}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          maw="28rem"
        />
      )}
      {found.length === 0 && <Empty>{t('visit.noMatch')}</Empty>}
      <ul className={classes.cells}>
        {found.slice(0, limit).map((cell) => (
          <CellRow key={cell.cellId} cell={cell} onWrite={setWriting} />
        ))}
      </ul>
      {found.length > limit && (
        <Button variant="default" onClick={() => setLimit(limit + step)}>
          {t('visit.more', { count: Math.min(step, found.length - limit) })}
        </Button>
      )}
      {writing?.kind === 'plan' && <PlanForm visits={visits} cell={writing.cell} onClose={close} />}
      {writing?.kind === 'move' && (
        <MoveForm cell={writing.cell} planId={writing.plan} today={visits.today} onClose={close} />
      )}
    </Stack>
  );
}

function QuarterSwitch({
  quarter,
  onQuarter,
}: {
  readonly quarter: string;
  readonly onQuarter: (quarter: string) => void;
}) {
  const { t } = useTranslation('oversight');
  const [year, number] = quarter.split('-Q');
  return (
    <div className={classes.quarter}>
      <Button
        variant="default"
        leftSection={<IconChevronLeft size={20} aria-hidden />}
        onClick={() => onQuarter(quarterAfter(quarter, -1))}
      >
        {t('visit.earlier')}
      </Button>
      <Title order={2} ta="center" aria-live="polite" data-testid="quarter">
        {t('visit.quarter', { number, year })}
      </Title>
      <Button
        variant="default"
        rightSection={<IconChevronRight size={20} aria-hidden />}
        onClick={() => onQuarter(quarterAfter(quarter, 1))}
      >
        {t('visit.later')}
      </Button>
    </div>
  );
}
