import '../../i18n/oversight-texts.ts';
import { type Day, isDay } from '@diemcau/shared/domain/visits.ts';
import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** @returns whether a visit can be planned for what was typed: a day, today or later. */
export function isPlannable(day: string, today: Day): boolean {
  return isDay(day) && day >= today;
}

/** The day of a visit. */
export function DayField({
  day,
  today,
  tried,
  onDay,
}: {
  readonly day: string;
  readonly today: Day;
  /** Whether what is wrong is said already. */
  readonly tried: 'yes' | 'no';
  readonly onDay: (day: string) => void;
}) {
  const { t } = useTranslation('oversight');
  return (
    <TextInput
      type="date"
      label={t('visit.day')}
      min={today}
      required
      value={day}
      error={tried === 'yes' && !isPlannable(day, today) ? t('visit.dayMissing') : null}
      onChange={(event) => onDay(event.currentTarget.value)}
    />
  );
}
