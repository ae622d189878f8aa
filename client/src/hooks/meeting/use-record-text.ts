import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';

/** @returns the texts of ballots, counts, receipts and minutes in the reader's language. */
export function useRecordText(): TFunction<'record'> {
  return useTranslation('record').t;
}
