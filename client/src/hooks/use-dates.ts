import { useTranslation } from 'react-i18next';

/** @returns how times are written in the reader's language. */
export function useDates(): {
  /** "19:30, thứ Ba, 24/11/2026"; without the date when it is today. */
  readonly when: (time: number) => string;
  readonly hour: (time: number) => string;
} {
  const { t, i18n } = useTranslation('home');
  const locale = i18n.language === 'en' ? 'en-GB' : 'vi-VN';
  const hour = (time: number) =>
    new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(time);
  const day = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
  });
  // Inside a sentence Vietnamese writes "thứ Hai", not "Thứ Hai".
  const date = (time: number) => day.format(time).replace(/^T(?=h)/, i18n.language === 'en' ? 'T' : 't');
  const isToday = (time: number) => new Date(time).toDateString() === new Date().toDateString();
  return {
    hour,
    when: (time) =>
      t('startsAt', {
        time: hour(time),
        date: isToday(time) ? t('title').toLocaleLowerCase(locale) : date(time),
      }),
  };
}
