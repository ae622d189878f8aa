import { attendanceFigures, nameOf } from '@diemcau/shared/domain/selectors.ts';
import { ActionIcon } from '@mantine/core';
import { IconArrowLeft, IconKeyboard } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { clock, timeOfDay } from '../../../hooks/meeting/time.ts';
import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';
import { useNow } from '../../../hooks/meeting/use-now.ts';
import { useLocale, useText } from '../../../hooks/meeting/use-text.ts';
import { LineChip } from '../devices/line-chip.tsx';
import classes from './chrome.module.css';
import { ConnectionChip } from './connection-chip.tsx';
import { PresentCount } from './present-count.tsx';

function RunningTime() {
  const { state } = useRoom();
  const t = useText();
  const locale = useLocale();
  const now = useNow();
  if (state.openedAt === null) {
    const startsAt = state.facts?.startsAt;
    return startsAt === undefined ? null : (
      <span>{t('top.startsAt', { time: timeOfDay(startsAt, locale) })}</span>
    );
  }
  const time = clock((state.endedAt ?? now) - state.openedAt);
  return (
    <span className={classes.numbers} data-testid="running-time">
      {state.phase === 'open' ? t('top.running', { time }) : `${t(`phase.${state.phase}`)} · ${time}`}
    </span>
  );
}

interface TopBarProps {
  readonly onShortcuts?: (() => void) | undefined;
  readonly children?: ReactNode;
}

/** Cell, running time, who is present, connection. */
export function TopBar({ onShortcuts, children }: TopBarProps) {
  const { state, line, exit, as } = useRoom();
  const t = useText();
  const conduct = useConductText();
  const chair = state.officers?.chair;
  const { present, summoned, rate, quorumReached, officialPresent, official } = attendanceFigures(state);
  return (
    <header className={classes.top}>
      {as.kind === 'terminal' ? (
        <span className={classes.edge} />
      ) : (
        <ActionIcon variant="subtle" color="gray" size={48} onClick={exit} aria-label={t('top.home')}>
          <IconArrowLeft size={22} />
        </ActionIcon>
      )}
      <div className={classes.title}>
        <h1 className={classes.cell}>{state.facts?.cellName}</h1>
        <p className={classes.subtitle}>
          <RunningTime />
          <PresentCount
            figures={t('top.present', { present, summoned })}
            quorum={quorumReached ? 'met' : 'short'}
            hint={
              quorumReached
                ? t('top.rate', { percent: rate ?? 0 })
                : t('top.noQuorum', { present: officialPresent, official })
            }
          />
          {chair !== undefined && state.endedAt === null && (
            <span data-testid="chair-now">{conduct('chair.now', { name: nameOf(state, chair) })}</span>
          )}
        </p>
      </div>
      <div className={classes.side}>
        {children}
        {onShortcuts !== undefined && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={48}
            onClick={onShortcuts}
            aria-label={t('top.shortcuts')}
            visibleFrom="md"
          >
            <IconKeyboard size={22} />
          </ActionIcon>
        )}
        <LineChip />
        <ConnectionChip line={line} />
      </div>
    </header>
  );
}
