import type { MeetingSummary } from '@diemcau/shared/domain/summary-types.ts';
import type { WallAlarm } from '@diemcau/shared/protocol/wall.ts';
import { byWeight } from '../../store/wall-order.ts';
import { minutes } from '../meeting/time.ts';
import type { WallText } from './use-wall-text.ts';

/** One line of a tile's alarms: sites that have not reported stand together. */
export interface AlarmLine {
  readonly key: string;
  readonly alarms: readonly WallAlarm[];
  readonly since: number;
  readonly state: 'new' | 'acknowledged';
  readonly words: string;
}

/** How far the programme has run over, milliseconds. */
function overtime({ item, overBefore }: MeetingSummary, now: number): number {
  if (item === null) return overBefore;
  const spent = item.spent + (item.startedAt === null ? 0 : now - item.startedAt);
  return overBefore + Math.max(0, spent - item.minutes * 60_000);
}

function wordsOf(alarm: WallAlarm, summary: MeetingSummary | undefined, now: number, t: WallText): string {
  const site = alarm.site?.name ?? '';
  switch (alarm.kind) {
    case 'superiorCalled':
    case 'inPersonOnly':
      return t(`alarm.${alarm.kind}`);
    case 'countMismatch':
    case 'siteDark':
    case 'voteSiteMissing':
      return t(`alarm.${alarm.kind}`, { site });
    case 'quorumLost':
      return quorumWords(summary, t);
    case 'rateLow': {
      const { rate, threshold } = summary?.attendance ?? { rate: null, threshold: 0 };
      return rate === null ? t('alarm.rateLow') : t('alarm.rateLowOf', { rate, threshold });
    }
    case 'linesLost': {
      const count = summary?.attendance.reconnecting ?? 0;
      return count > 0 ? t('alarm.linesLostOf', { count }) : t('alarm.linesLost');
    }
    case 'runningOver': {
      const over = summary === undefined ? 0 : minutes(overtime(summary, now));
      return over > 0 ? t('alarm.runningOverBy', { minutes: over }) : t('alarm.runningOver');
    }
  }
}

function quorumWords(summary: MeetingSummary | undefined, t: WallText): string {
  if (summary === undefined) return t('alarm.quorumLost');
  const { officialPresent: present, official, quorum } = summary.attendance;
  const part = `${quorum.numerator}/${quorum.denominator}`;
  return t('alarm.quorumLostOf', { quorum: part, present, official });
}

/** @returns the alarms of a meeting in words, the one to look at first leading. */
export function alarmLines(
  alarms: readonly WallAlarm[],
  summary: MeetingSummary | undefined,
  now: number,
  t: WallText,
): readonly AlarmLine[] {
  const lines: AlarmLine[] = [];
  for (const alarm of byWeight(alarms)) {
    const state = alarm.acknowledged ? 'acknowledged' : 'new';
    const index = lines.findIndex(
      (line) =>
        alarm.kind === 'voteSiteMissing' && line.alarms[0]?.kind === alarm.kind && line.state === state,
    );
    const line = lines[index];
    if (line === undefined) {
      const words = wordsOf(alarm, summary, now, t);
      lines.push({ key: alarm.key, alarms: [alarm], since: alarm.since, state, words });
      continue;
    }
    const together = [...line.alarms, alarm];
    const sites = together.flatMap(({ site }) => (site === null ? [] : [site.name])).join(', ');
    lines[index] = {
      ...line,
      alarms: together,
      words: t('alarm.voteSitesMissing', { count: together.length, sites }),
    };
  }
  return lines;
}
