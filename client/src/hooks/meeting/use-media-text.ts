import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';

/** @returns the texts about picture, sound, devices and the line. */
export function useMediaText(): TFunction<'media'> {
  return useTranslation('media').t;
}
