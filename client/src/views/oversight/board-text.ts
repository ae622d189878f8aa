import '../../i18n/oversight-texts.ts';
import { observationKinds } from '@diemcau/shared/domain/observations.ts';
import type { Observation } from '@diemcau/shared/protocol/http.ts';
import { useTranslation } from 'react-i18next';
import { useDays } from '../../hooks/oversight/use-days.ts';
import { useDates } from '../../hooks/use-dates.ts';

/** @returns observations as plain text for a report: by cell, then by kind, each with its time. */
export function useBoardText(): (day: string | null, observations: readonly Observation[]) => string {
  const { t } = useTranslation('oversight');
  const { date } = useDays();
  const { hour } = useDates();
  const line = ({ text, moment }: Observation) => {
    const item = moment.item === null ? '' : `, ${t('note.during', { item: moment.item })}`;
    return `- ${text} (${t('note.at', { time: hour(moment.at) })}${item})`;
  };
  return (day, observations) => {
    const cells = [...Map.groupBy(observations, ({ meetingId }) => meetingId).values()];
    const parts = cells.map((ofCell) => {
      const head = `${ofCell[0]?.cellName ?? ''} – ${ofCell[0]?.title ?? ''}`;
      const kinds = observationKinds.flatMap((kind) => {
        const lines = ofCell.filter((observation) => observation.kind === kind).map(line);
        return lines.length === 0 ? [] : [`${t(`kind.${kind}`)}:`, ...lines];
      });
      return [head, ...kinds].join('\n');
    });
    const heading = day === null ? t('board.title') : t('board.heading', { day: date(day) });
    return [heading, ...parts].join('\n\n');
  };
}
