import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';

/** @returns the texts of the meeting room in the reader's language. */
export function useText(): TFunction<'meeting'> {
  return useTranslation('meeting').t;
}

/** @returns the reader's language, for dates and numbers. */
export function useLocale(): string {
  return useTranslation('meeting').i18n.language === 'en' ? 'en-GB' : 'vi-VN';
}
