import '../../i18n/wall-texts.ts';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';

export type WallText = TFunction<'wall'>;

/** @returns the texts of the superior's wall. */
export function useWallText(): WallText {
  return useTranslation('wall').t;
}
