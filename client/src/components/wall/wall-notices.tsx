import { IconCloudOff, IconVideoOff } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useDates } from '../../hooks/use-dates.ts';
import { useLine } from '../../hooks/use-line.ts';
import { useReadable } from '../../hooks/use-readable.ts';
import { alarmLines } from '../../hooks/wall/alarm-words.ts';
import { useWallText } from '../../hooks/wall/use-wall-text.ts';
import { useAllAlarms, useAttended, useWall, useWatch } from '../../hooks/wall/wall.ts';
import type { MediaState } from '../../media/media-state.ts';
import { Observable } from '../../store/observable.ts';
import { Banner } from '../meeting/chrome/banner.tsx';

const none = new Observable<MediaState>({ kind: 'off', reason: null });

/** What holds for the whole wall: no line, no media. The figures that are seen say of when they are. */
export function WallNotices() {
  const t = useWallText();
  const { hour } = useDates();
  const watch = useWatch();
  const line = useLine();
  const { media } = useWall();
  const attended = useAttended();
  const state = useReadable(media?.state ?? none);
  if (watch.kind === 'rewatching') {
    return (
      <Banner tone="warning" icon={<IconCloudOff size={20} aria-hidden />} testId="wall-offline">
        {t(line === 'offline' ? 'line.offline' : 'line.reconnecting', { time: hour(watch.since) })}
      </Banner>
    );
  }
  if (attended.length === 0) return null;
  const words = !window.isSecureContext
    ? t('line.mediaInsecure')
    : state.kind === 'recovering'
      ? t('line.mediaLost')
      : state.kind === 'off' && state.reason !== null
        ? t('line.mediaOff')
        : null;
  if (words === null) return null;
  return (
    <Banner tone="warning" icon={<IconVideoOff size={20} aria-hidden />} testId="wall-no-media">
      {words}
    </Banner>
  );
}

/** Tells a screen reader of each alarm that arises, by the cell's name. */
export function AlarmAnnouncer() {
  const t = useWallText();
  const { client, now } = useWall();
  const alarms = useAllAlarms();
  const told = useRef<Set<string> | null>(null);
  const [words, setWords] = useState('');
  useEffect(() => {
    const first = told.current === null;
    const known = told.current ?? new Set<string>();
    told.current = known;
    const news: string[] = [];
    for (const [meeting, of] of alarms) {
      const fresh = of.filter(({ key, since }) => !known.has(`${meeting} ${key} ${since}`));
      for (const { key, since } of fresh) known.add(`${meeting} ${key} ${since}`);
      const cell = client.entries.at(meeting).get()?.cellName ?? '';
      const lines = alarmLines(fresh, client.summaries.at(meeting).get(), now(), t);
      news.push(...lines.map(({ words: said }) => `${cell}: ${said}`));
    }
    if (!first && news.length > 0) setWords(news.slice(0, 3).join('. '));
  }, [alarms, client, now, t]);
  return (
    <p role="status" aria-live="polite" style={hidden}>
      {words}
    </p>
  );
}

const hidden = {
  position: 'absolute',
  width: 1,
  height: 1,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
} as const;
