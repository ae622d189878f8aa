import type { MeetingId } from '@diemcau/shared/ids.ts';
import { Button, Popover, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { minutes } from '../../hooks/meeting/time.ts';
import { useDates } from '../../hooks/use-dates.ts';
import { type AlarmLine, alarmLines } from '../../hooks/wall/alarm-words.ts';
import { useWallActs } from '../../hooks/wall/use-wall-acts.ts';
import { useWallNow } from '../../hooks/wall/use-wall-now.ts';
import { useWallText } from '../../hooks/wall/use-wall-text.ts';
import { useAlarms, useSummary } from '../../hooks/wall/wall.ts';
import classes from './alarms.module.css';

/** @returns since when, as the clock says and how long ago. */
export function useSinceWords(): (since: number, now: number) => string {
  const t = useWallText();
  const { hour } = useDates();
  return (since, now) => {
    const passed = minutes(now - since);
    const ago = passed === 0 ? t('alarm.sinceNow') : t('alarm.sinceMinutes', { count: passed });
    return t('alarm.since', { time: hour(since), ago });
  };
}

interface LineProps {
  readonly meeting: MeetingId;
  readonly line: AlarmLine;
  readonly now: number;
  readonly tabIndex?: number;
}

/** One alarm: why, since when, and a button that says it has been seen. */
function Line({ meeting, line, now, tabIndex = 0 }: LineProps) {
  const t = useWallText();
  const acts = useWallActs();
  const since = useSinceWords();
  const Icon = line.state === 'new' ? IconAlertTriangle : IconCheck;
  return (
    <div className={classes.alarm} data-state={line.state} data-testid="alarm">
      <Icon size={18} aria-hidden className={classes.icon} />
      <span className={classes.words} title={`${line.words} ${since(line.since, now)}`}>
        <strong>{line.words}</strong> <span className={classes.since}>{since(line.since, now)}</span>
        {line.state === 'acknowledged' && <span className={classes.since}> · {t('alarm.acknowledged')}</span>}
      </span>
      {line.state === 'new' && (
        <UnstyledButton
          className={classes.acknowledge}
          tabIndex={tabIndex}
          aria-label={t('alarm.acknowledgeNamed', { alarm: line.words })}
          onClick={() => void acts.acknowledge(meeting, line.alarms)}
        >
          <IconCheck size={18} aria-hidden className={classes.brief} />
          <span className={classes.full}>{t('alarm.acknowledge')}</span>
        </UnstyledButton>
      )}
    </div>
  );
}

interface AlarmListProps {
  readonly meeting: MeetingId;
  readonly cell: string;
}

/** All alarms of a meeting, those seen below. */
export function AlarmList({ meeting, cell }: AlarmListProps) {
  const t = useWallText();
  const acts = useWallActs();
  const alarms = useAlarms(meeting);
  const summary = useSummary(meeting);
  const now = useWallNow(10_000);
  const lines = alarmLines(alarms, summary, now, t);
  const waiting = lines.filter(({ state }) => state === 'new');
  return (
    <section aria-label={t('alarm.list')} className={classes.list}>
      {lines.length === 0 && <p className={classes.calm}>{t('alarm.calm')}</p>}
      {lines.map((line) => (
        <Line key={`${line.key} ${line.since} ${line.state}`} meeting={meeting} line={line} now={now} />
      ))}
      {waiting.length > 1 && (
        <Button
          variant="default"
          aria-label={t('alarm.acknowledgeAllNamed', { cell })}
          onClick={() => void acts.acknowledge(meeting, alarms)}
        >
          {t('alarm.acknowledgeAll')}
        </Button>
      )}
    </section>
  );
}

interface TileAlarmsProps extends AlarmListProps {
  /** How many lines the tile has room for. */
  readonly most: number;
  /** By which the tile's button is described. */
  readonly id?: string;
  readonly place?: 'tile' | 'large';
  readonly tabIndex: number;
}

/** What a tile says of its alarms: the first ones in words, the others behind a button. */
export function TileAlarms({ id, meeting, cell, most, tabIndex, place = 'tile' }: TileAlarmsProps) {
  const t = useWallText();
  const alarms = useAlarms(meeting);
  const summary = useSummary(meeting);
  const now = useWallNow(10_000);
  if (alarms.length === 0) return null;
  const lines = alarmLines(alarms, summary, now, t);
  const shown = lines.filter(({ state }) => state === 'new').slice(0, most);
  const rest = lines.length - shown.length;
  const more =
    shown.length > 0
      ? t('alarm.more', { count: rest })
      : `${t('list.alarms', { count: rest })} · ${t('alarm.acknowledged')}`;
  return (
    <div id={id} className={classes.onTile} data-place={place} data-testid="tile-alarms">
      {shown.map((line) => (
        <Line key={`${line.key} ${line.since}`} meeting={meeting} line={line} now={now} tabIndex={tabIndex} />
      ))}
      {rest > 0 && (
        <Popover position="bottom" withArrow width={420} shadow="md" trapFocus returnFocus>
          <Popover.Target>
            <UnstyledButton
              className={classes.more}
              tabIndex={tabIndex}
              aria-label={`${more}: ${cell}`}
              data-testid="more-alarms"
            >
              <span className={classes.full}>{more}</span>
              <span className={classes.brief}>+{rest}</span>
            </UnstyledButton>
          </Popover.Target>
          <Popover.Dropdown className={classes.window ?? ''}>
            <AlarmList meeting={meeting} cell={cell} />
          </Popover.Dropdown>
        </Popover>
      )}
    </div>
  );
}
