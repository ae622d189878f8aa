import type { MeetingId } from '@diemcau/shared/ids.ts';
import { Button, UnstyledButton } from '@mantine/core';
import { IconEye, IconVolume } from '@tabler/icons-react';
import { memo, type Ref, useId } from 'react';
import { useDates } from '../../hooks/use-dates.ts';
import { useDesk } from '../../hooks/wall/desk.ts';
import { shortName } from '../../hooks/wall/short-name.ts';
import { useOwnMeetings } from '../../hooks/wall/use-own-meetings.ts';
import { useWallText } from '../../hooks/wall/use-wall-text.ts';
import { useAlarms, useHeard, useSummary, useWallEntry } from '../../hooks/wall/wall.ts';
import classes from './tile.module.css';
import { TileAlarms } from './tile-alarms.tsx';
import { TileItem, TileLine, TilePresent, TileSpeaker, TileVote } from './tile-figures.tsx';
import { TileVideo } from './tile-video.tsx';

interface TileProps {
  readonly meeting: MeetingId;
  /** Its place, from 1; the first nine are also keys. */
  readonly number: number;
  /** Lines of alarms that there is room for. */
  readonly alarms: number;
  /** Whether the Tab key stops here: arrows go to the others. */
  readonly stop: 'here' | 'elsewhere';
  readonly onReach: (meeting: MeetingId) => void;
  readonly opener?: Ref<HTMLButtonElement>;
}

/** One meeting on the wall. */
export const Tile = memo(function Tile({ meeting, number, alarms, stop, onReach, opener }: TileProps) {
  const t = useWallText();
  const { hour } = useDates();
  const desk = useDesk();
  const entry = useWallEntry(meeting);
  const summary = useSummary(meeting);
  const heard = useHeard() === meeting;
  const waiting = useAlarms(meeting).some(({ acknowledged }) => !acknowledged);
  const described = useId();
  const tabIndex = stop === 'here' ? 0 : -1;
  const cell = entry?.cellName ?? summary?.cellName ?? '';
  const attended = entry?.attended === true;
  const own = useOwnMeetings().has(meeting);
  return (
    <article
      className={classes.tile}
      data-alarmed={waiting ? 'yes' : 'no'}
      data-attended={attended ? 'yes' : 'no'}
      data-heard={heard ? 'yes' : 'no'}
      data-testid={`wall-tile-${meeting}`}
      aria-label={cell}
    >
      <UnstyledButton
        ref={opener}
        className={classes.opener}
        tabIndex={tabIndex}
        data-tile={meeting}
        aria-label={t(number <= 9 ? 'tile.label' : 'tile.labelPlain', { cell, number })}
        aria-describedby={`${described}-present ${described}-alarms ${described}-foot`}
        onFocus={() => onReach(meeting)}
        onClick={() => desk.open(meeting)}
      />
      <header className={classes.head}>
        {number <= 9 && (
          <kbd className={classes.key} aria-hidden>
            {number}
          </kbd>
        )}
        <h3 className={classes.cell} title={cell}>
          {shortName(cell)}
        </h3>
        <span id={`${described}-present`} className={classes.presentPlace}>
          {summary && <TilePresent summary={summary} />}
        </span>
      </header>
      <TileAlarms
        id={`${described}-alarms`}
        meeting={meeting}
        cell={cell}
        most={alarms}
        tabIndex={tabIndex}
      />
      <div className={classes.middle}>
        <TileVideo meeting={meeting} cell={cell} own={own ? 'yes' : 'no'} />
        <div className={classes.over}>
          {summary && <TileSpeaker summary={summary} />}
          {heard && (
            <span className={classes.chip} data-tone="heard">
              <IconVolume size={16} aria-hidden />
              <span>{t('tile.listening')}</span>
            </span>
          )}
          <span className={classes.space} />
          {summary && <TileLine summary={summary} />}
        </div>
        {!attended && !own && entry !== undefined && (
          <Button
            className={classes.attend ?? ''}
            tabIndex={tabIndex}
            leftSection={<IconEye size={20} aria-hidden />}
            aria-label={t('attending.attendNamed', { cell })}
            onClick={() => desk.ask({ kind: 'attend', meetings: [meeting], after: 'stay' })}
          >
            {t('attending.attend')}
          </Button>
        )}
      </div>
      <footer className={classes.foot} id={`${described}-foot`}>
        {entry === undefined ? (
          <p className={classes.line}>{t('tile.over')}</p>
        ) : summary === undefined ? (
          <p className={classes.line}>{t('tile.loading')}</p>
        ) : (
          <>
            <TileVote summary={summary} />
            {summary.openedAt === null ? (
              <p className={classes.line}>{t('list.startsAt', { time: hour(summary.startsAt) })}</p>
            ) : (
              <TileItem summary={summary} />
            )}
          </>
        )}
      </footer>
    </article>
  );
});
