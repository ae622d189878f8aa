import type { Choice } from '@diemcau/shared/domain/vote-types.ts';
import { IconCircleMinus, IconThumbDown, IconThumbUp } from '@tabler/icons-react';

/** The three choices in the order of every screen, each with its sign (VOTE4). */
export const choices: readonly { readonly choice: Choice; readonly icon: typeof IconThumbUp }[] = [
  { choice: 'inFavour', icon: IconThumbUp },
  { choice: 'against', icon: IconThumbDown },
  { choice: 'noOpinion', icon: IconCircleMinus },
];
