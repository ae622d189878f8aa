import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';

/** @returns the texts about absences, guests, the chair, written opinions and the programme. */
export function useConductText(): TFunction<'conduct'> {
  return useTranslation('conduct').t;
}
