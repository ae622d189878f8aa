import '../../i18n/oversight-texts.ts';
import { type CoverageState, coverageOrder } from '@diemcau/shared/domain/visits.ts';
import type { CellCoverage } from '@diemcau/shared/protocol/http.ts';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { stateIcons } from './state-label.tsx';
import classes from './visits.module.css';

/** Which cells are on the list. */
export type Shown = CoverageState | 'all';

/** How many cells stand how: a bar, and the same in words, each of which narrows the list. */
export function CoverageSums({
  cells,
  shown,
  onShow,
}: {
  readonly cells: readonly CellCoverage[];
  readonly shown: Shown;
  readonly onShow: (shown: Shown) => void;
}) {
  const { t } = useTranslation('oversight');
  const count = (state: CoverageState) => cells.filter((cell) => cell.state === state).length;
  const present = coverageOrder.filter((state) => count(state) > 0);
  return (
    <Stack gap="sm">
      <Text fw={600} size="lg" data-testid="coverage">
        {t('visit.sums', { done: count('done'), all: cells.length })}
      </Text>
      <div className={classes.bar} aria-hidden>
        {present.toReversed().map((state) => (
          <span key={state} className={classes.part} data-state={state} style={{ flexGrow: count(state) }} />
        ))}
      </div>
      <Group gap="xs" role="group" aria-label={t('visit.only')}>
        <Button
          variant={shown === 'all' ? 'light' : 'default'}
          aria-pressed={shown === 'all'}
          onClick={() => onShow('all')}
        >
          {t('visit.every', { count: cells.length })}
        </Button>
        {present.map((state) => {
          const Icon = stateIcons[state];
          return (
            <Button
              key={state}
              variant={shown === state ? 'light' : 'default'}
              aria-pressed={shown === state}
              leftSection={<Icon size={20} aria-hidden />}
              onClick={() => onShow(shown === state ? 'all' : state)}
            >
              {t('visit.onlyState', { state: t(`visit.state.${state}`), count: count(state) })}
            </Button>
          );
        })}
      </Group>
    </Stack>
  );
}
