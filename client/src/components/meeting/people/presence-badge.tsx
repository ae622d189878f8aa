import type { PresenceMode } from '@diemcau/shared/domain/attendance-types.ts';
import {
  IconBuildingCommunity,
  IconClockPause,
  IconDoorExit,
  IconFileCheck,
  IconHelpCircle,
  IconRefresh,
  IconUserX,
  IconWifi,
} from '@tabler/icons-react';
import { useText } from '../../../hooks/meeting/use-text.ts';
import classes from './people.module.css';

const looks = {
  expected: { icon: IconHelpCircle, text: 'expected', tone: 'open' },
  onSite: { icon: IconBuildingCommunity, text: 'onSite', tone: 'here' },
  remote: { icon: IconWifi, text: 'presenceRemote', tone: 'here' },
  reconnecting: { icon: IconRefresh, text: 'reconnecting', tone: 'open' },
  away: { icon: IconClockPause, text: 'away', tone: 'open' },
  left: { icon: IconDoorExit, text: 'left', tone: 'gone' },
  absentExcused: { icon: IconFileCheck, text: 'absentExcused', tone: 'gone' },
  absentUnexcused: { icon: IconUserX, text: 'absentUnexcused', tone: 'gone' },
} as const;

/** Presence by icon and word. */
export function PresenceBadge({
  mode,
  provisional,
}: {
  readonly mode: PresenceMode;
  readonly provisional: boolean;
}) {
  const t = useText();
  const { icon: Icon, text, tone } = looks[mode];
  return (
    <span className={classes.badge} data-tone={tone} data-mode={mode}>
      <Icon size={16} aria-hidden />
      {t(`people.${text}`)}
      {provisional && ` (${t('people.provisional')})`}
    </span>
  );
}

/** @returns under which key the texts name a way of being present or absent. */
export function modeWord(mode: PresenceMode): (typeof looks)[PresenceMode]['text'] {
  return looks[mode].text;
}
