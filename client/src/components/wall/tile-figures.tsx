import type { MeetingSummary } from '@diemcau/shared/domain/summary-types.ts';
import {
  IconAlertTriangle,
  IconChecklist,
  IconClock,
  IconMicrophone,
  IconPlugConnected,
  IconPlugConnectedX,
  IconUsers,
} from '@tabler/icons-react';
import { clock, minutes } from '../../hooks/meeting/time.ts';
import { useWallNow } from '../../hooks/wall/use-wall-now.ts';
import { useWallText } from '../../hooks/wall/use-wall-text.ts';
import classes from './tile.module.css';

interface SummaryProps {
  readonly summary: MeetingSummary;
}

/** Present of summoned, and per cent; what is below its threshold says so in words too. */
export function TilePresent({ summary }: SummaryProps) {
  const t = useWallText();
  const { present, summoned, rate, rateReached, threshold } = summary.attendance;
  const counts = summary.rollCall === 'done' && rate !== null;
  const early = summary.rollCall === 'pending' ? t('tile.rollCallPending') : undefined;
  const low = counts && !rateReached ? t('tile.belowRate', { threshold }) : null;
  return (
    <span className={classes.present} data-low={low === null ? 'no' : 'yes'} title={low ?? early}>
      {low === null ? <IconUsers size={18} aria-hidden /> : <IconAlertTriangle size={18} aria-label={low} />}
      <span className={classes.numbers}>
        {present}/{summoned}
        {rate !== null && ` · ${t('tile.rate', { rate })}`}
      </span>
    </span>
  );
}

/** The item that is discussed: planned against actual time (AGD3). */
export function TileItem({ summary }: SummaryProps) {
  const t = useWallText();
  const now = useWallNow(5_000);
  const { item } = summary;
  if (item === null) return <p className={classes.line}>{t('tile.itemNone')}</p>;
  const spent = item.spent + (item.startedAt === null ? 0 : now - item.startedAt);
  const planned = item.minutes * 60_000;
  const over = planned > 0 && spent > planned;
  return (
    <p className={classes.line} data-over={over ? 'yes' : 'no'}>
      <IconClock size={18} aria-hidden />
      <span className={classes.words} title={item.title}>
        {t('tile.item', { place: item.place, of: item.of, title: item.title })}
      </span>
      <span className={classes.numbers}>
        {t('tile.itemTime', { spent: minutes(spent), planned: item.minutes })}
        {over && ` · ${t('tile.itemOver', { minutes: minutes(spent - planned) })}`}
      </span>
      <span
        className={classes.bar}
        aria-hidden
        style={{ inlineSize: `${planned === 0 ? 0 : Math.min(100, (100 * spent) / planned)}%` }}
      />
    </p>
  );
}

/** Who speaks and since when, else how many wait for the floor. */
export function TileSpeaker({ summary }: SummaryProps) {
  const t = useWallText();
  const now = useWallNow();
  const { speaker, queue } = summary;
  if (speaker === null && queue === 0) return null;
  const name = speaker?.name ?? '';
  const time = speaker === null ? '' : clock(now - speaker.startedAt);
  return (
    <span className={classes.chip} title={speaker === null ? undefined : t('tile.speaker', { name, time })}>
      <IconMicrophone size={16} aria-hidden />
      <span className={classes.words}>
        {speaker === null ? t('tile.queue', { count: queue }) : t('tile.speakerShort', { name, time })}
      </span>
    </span>
  );
}

/** A vote under way: who of how many has voted, and which units are missing; never what (SUP6). */
export function TileVote({ summary }: SummaryProps) {
  const t = useWallText();
  const { vote } = summary;
  if (vote === null) return null;
  const { voted, electors, missing, phase, question } = vote;
  return (
    <p className={classes.line} data-vote={phase} title={question}>
      <IconChecklist size={18} aria-hidden />
      <span className={classes.words}>
        {t(phase === 'open' ? 'tile.vote' : 'tile.voteClosed', { voted, electors })}
        {missing.length > 0 && ` · ${t('tile.missing', { sites: missing.join(', ') })}`}
      </span>
      <span
        className={classes.bar}
        aria-hidden
        style={{ inlineSize: `${electors === 0 ? 0 : (100 * voted) / electors}%` }}
      />
    </p>
  );
}

/** How the cell's lines are: in words, beside the sign. */
export function TileLine({ summary }: SummaryProps) {
  const t = useWallText();
  const dark = summary.sites.filter(({ line }) => line === 'dark').map(({ name }) => name);
  const { reconnecting } = summary.attendance;
  const words =
    dark.length > 0
      ? t('tile.lineDark', { sites: dark.join(', ') })
      : reconnecting > 0
        ? t('tile.lineReconnecting', { count: reconnecting })
        : null;
  if (words === null) {
    return (
      <span className={classes.goodLine} title={t('tile.lineGood')}>
        <IconPlugConnected size={16} aria-label={t('tile.lineGood')} />
      </span>
    );
  }
  return (
    <span className={classes.chip} data-tone="warning" title={words}>
      <IconPlugConnectedX size={16} aria-hidden />
      <span className={classes.words}>{words}</span>
    </span>
  );
}
