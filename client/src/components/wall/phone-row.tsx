import type { MeetingId } from '@diemcau/shared/ids.ts';
import { Button, UnstyledButton } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { memo } from 'react';
import { useDates } from '../../hooks/use-dates.ts';
import { useDesk } from '../../hooks/wall/desk.ts';
import { useOwnMeetings } from '../../hooks/wall/use-own-meetings.ts';
import { useWallText } from '../../hooks/wall/use-wall-text.ts';
import { useAlarms, useSummary, useWallEntry } from '../../hooks/wall/wall.ts';
import classes from './phone.module.css';
import { AlarmList } from './tile-alarms.tsx';
import { TileItem, TileLine, TilePresent, TileSpeaker, TileVote } from './tile-figures.tsx';

/** One cell on a phone: alarms first, then its figures; a touch opens it. */
export const PhoneRow = memo(function PhoneRow({ meeting }: { readonly meeting: MeetingId }) {
  const t = useWallText();
  const { hour } = useDates();
  const desk = useDesk();
  const entry = useWallEntry(meeting);
  const summary = useSummary(meeting);
  const alarms = useAlarms(meeting);
  const own = useOwnMeetings().has(meeting);
  if (entry === undefined) return null;
  const { cellName: cell, attended, startsAt } = entry;
  return (
    <li className={classes.row} data-testid={`wall-tile-${meeting}`}>
      <UnstyledButton className={classes.head} onClick={() => desk.open(meeting)}>
        <span className={classes.cell}>{cell}</span>
        {summary && <TilePresent summary={summary} />}
      </UnstyledButton>
      {alarms.length > 0 && <AlarmList meeting={meeting} cell={cell} />}
      {summary && (
        <>
          <TileVote summary={summary} />
          {summary.openedAt === null ? (
            <p className={classes.note}>{t('list.startsAt', { time: hour(startsAt) })}</p>
          ) : (
            <TileItem summary={summary} />
          )}
          <div className={classes.chips}>
            <TileSpeaker summary={summary} />
            <TileLine summary={summary} />
          </div>
        </>
      )}
      {!own && (
        <Button
          variant={attended ? 'default' : 'light'}
          leftSection={<IconEye size={20} aria-hidden />}
          aria-label={t(attended ? 'attending.leaveNamed' : 'attending.attendNamed', { cell })}
          onClick={() =>
            desk.ask(
              attended
                ? { kind: 'leave', meetings: [meeting] }
                : { kind: 'attend', meetings: [meeting], after: 'stay' },
            )
          }
        >
          {t(attended ? 'attending.leave' : 'attending.attend')}
        </Button>
      )}
    </li>
  );
});
