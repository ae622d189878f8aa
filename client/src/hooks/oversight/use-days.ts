import type { Day } from '@diemcau/shared/domain/visits.ts';
import { useTranslation } from 'react-i18next';

/** @returns how days of Vietnam's calendar are written in the reader's language, whatever zone the device is in. */
export function useDays(): {
  /** "24/11/2026". */
  readonly date: (day: Day) => string;
} {
  const { i18n } = useTranslation();
  const locale = i18n.language === 'en' ? 'en-GB' : 'vi-VN';
  const format = new Intl.DateTimeFormat(locale, {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return { date: (day) => format.format(Date.parse(`${day}T00:00:00Z`)) };
}
