import type { SameKeys } from '../texts.ts';
import type { vi } from '../vi/index.ts';
import { admin } from './admin.ts';
import { conduct } from './conduct.ts';
import { home } from './home.ts';
import { media } from './media.ts';
import { meeting } from './meeting.ts';
import { oversight } from './oversight.ts';
import { reach } from './reach.ts';
import { record } from './record.ts';
import { shell } from './shell.ts';
import { signIn } from './sign-in.ts';
import { wall } from './wall.ts';

export const en: SameKeys<typeof vi> = {
  admin,
  conduct,
  home,
  media,
  meeting,
  oversight,
  reach,
  record,
  shell,
  signIn,
  wall,
};
