import type { MeetingId } from '@diemcau/shared/ids.ts';
import { Checkbox, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconEye } from '@tabler/icons-react';
import { memo } from 'react';
import { useDates } from '../../hooks/use-dates.ts';
import { alarmLines } from '../../hooks/wall/alarm-words.ts';
import { useDesk } from '../../hooks/wall/desk.ts';
import { useWallNow } from '../../hooks/wall/use-wall-now.ts';
import { useWallText } from '../../hooks/wall/use-wall-text.ts';
import { useAlarms, useSummary, useWallEntry } from '../../hooks/wall/wall.ts';
import { isLive } from '../../store/wall-order.ts';
import classes from './list.module.css';

/** One cell of the list: its name, how it stands, and the alarm to look at first. */
export const CellRow = memo(function CellRow({ meeting }: { readonly meeting: MeetingId }) {
  const t = useWallText();
  const { hour } = useDates();
  const desk = useDesk();
  const entry = useWallEntry(meeting);
  if (entry === undefined) return null;
  const { cellName: cell, organizationName, attended, startsAt } = entry;
  return (
    <li className={classes.row} data-large={desk.large?.meeting === meeting ? 'yes' : 'no'}>
      <Checkbox
        aria-label={t('list.select', { cell })}
        checked={desk.selected.has(meeting)}
        onChange={(event) => desk.select([meeting], event.currentTarget.checked ? 'on' : 'off')}
      />
      <UnstyledButton className={classes.cell} onClick={() => desk.open(meeting)}>
        <span className={classes.name}>{cell}</span>
        <span className={classes.detail}>
          {attended && (
            <span className={classes.attends}>
              <IconEye size={16} aria-hidden /> {t('list.attends')}
              {' · '}
            </span>
          )}
          {isLive(entry) ? organizationName : t('list.startsAt', { time: hour(startsAt) })}
        </span>
        <RowAlarm meeting={meeting} />
      </UnstyledButton>
    </li>
  );
});

function RowAlarm({ meeting }: { readonly meeting: MeetingId }) {
  const alarms = useAlarms(meeting);
  return alarms.some(({ acknowledged }) => !acknowledged) ? <FirstAlarm meeting={meeting} /> : null;
}

function FirstAlarm({ meeting }: { readonly meeting: MeetingId }) {
  const t = useWallText();
  const now = useWallNow(10_000);
  const [first, ...rest] = alarmLines(useAlarms(meeting), useSummary(meeting), now, t);
  if (first === undefined) return null;
  const more = rest.filter(({ state }) => state === 'new').length;
  return (
    <span className={classes.alarm}>
      <IconAlertTriangle size={16} aria-hidden />
      <span>
        {first.words}
        {more > 0 && ` ${t('alarm.more', { count: more })}`}
      </span>
    </span>
  );
}
