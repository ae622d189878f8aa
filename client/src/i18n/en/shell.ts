import type { SameKeys } from '../texts.ts';
import type { shell as vietnamese } from '../vi/shell.ts';

export const shell: SameKeys<typeof vietnamese> = {
  product: 'Điểm Cầu',
  tagline: 'Cell meetings, in the room and far away',
  skipToContent: 'Skip to content',
  loading: 'Loading…',
  retry: 'Try again',
  reload: 'Reload the page',
  back: 'Back',
  cancel: 'Cancel',
  save: 'Save',
  close: 'Close',
  refused: 'This could not be done',
  saved: 'Saved',
  nav: {
    label: 'Main navigation',
    today: 'Today',
    administration: 'Administration',
    visits: 'Visit plan',
    observations: 'Observations',
    signOut: 'Sign out',
    account: 'Account of {{name}}',
  },
  scheme: { toDark: 'Switch to dark', toLight: 'Switch to light' },
  language: { label: 'Language', vi: 'Tiếng Việt', en: 'English', switch: 'Chuyển sang tiếng Việt' },
  line: {
    connecting: 'Connecting',
    online: 'Connected',
    reconnecting: 'Reconnecting',
    offline: 'No network',
    ended: 'Disconnected',
    reconnectingBanner: 'The line to the server is lost. It comes back by itself; what was recorded is kept.',
    offlineBanner: 'This device has no network. When it has one again, it reconnects by itself.',
    unreachable: 'The server cannot be reached',
    notFetched: 'This part of the application could not be fetched. Please check the network and try again.',
  },
  insecure: {
    title: 'Votes and programme only',
    text: 'This page was opened over unencrypted http, so the browser allows no camera and microphone. You can check in, follow the programme, ask to speak and vote. For picture and sound, open the address that begins with https.',
  },
  notFound: {
    title: 'Page not found',
    text: 'There is no such page. Please check the address or go back to Today.',
    home: 'Back to Today',
  },
  broken: {
    title: 'Something went wrong on this page',
    text: 'Please reload it. Nothing that was recorded is lost.',
  },
};
