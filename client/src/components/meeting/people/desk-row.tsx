import type { ClerkEntry } from '@diemcau/shared/domain/commands.ts';
import { attendanceOf } from '@diemcau/shared/domain/presence.ts';
import type { RollEntry } from '@diemcau/shared/domain/roster.ts';
import { sitesInOrder } from '@diemcau/shared/domain/selectors.ts';
import { ActionIcon, Menu } from '@mantine/core';
import { IconCheck, IconDotsVertical, IconFileCheck, IconUserX } from '@tabler/icons-react';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { LineBadge } from './line-badge.tsx';
import classes from './people.module.css';
import { PersonName } from './person-name.tsx';
import { PresenceBadge } from './presence-badge.tsx';

interface DeskRowProps {
  readonly entry: RollEntry;
  readonly onPresent: () => void;
  readonly onExcused: () => void;
  readonly onEntry: (entry: ClerkEntry) => void;
  /** Issues a code on the spot; without it, the viewer issues none for this person. */
  readonly onCode?: (() => void) | undefined;
}

/** One person in the clerk's table; the row itself takes the keys. */
export function DeskRow({ entry, onPresent, onExcused, onEntry, onCode }: DeskRowProps) {
  const { state } = useRoom();
  const t = useText();
  const conduct = useConductText();
  const { presence, provisional } = attendanceOf(state, entry.person);
  const { mode } = presence;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the row takes the keys C, P and K
    <li className={classes.row} data-person={entry.person} tabIndex={0} aria-label={entry.name}>
      <div className={classes.deskText}>
        <PersonName entry={entry} />
        <PresenceBadge mode={mode} provisional={provisional} />
        {mode === 'remote' && <LineBadge owner={{ kind: 'person', person: entry.person }} />}
        {mode === 'absentExcused' && state.absenceReasons[entry.person] !== undefined && (
          <span className={classes.tags}>{state.absenceReasons[entry.person]}</span>
        )}
      </div>
      <div className={classes.deskActions}>
        <ActionIcon
          size={44}
          variant={mode === 'onSite' || mode === 'remote' ? 'light' : 'default'}
          color="green"
          aria-label={`${t('people.markPresent')}: ${entry.name}`}
          title={`${t('people.markPresent')} (C)`}
          onClick={onPresent}
        >
          <IconCheck size={20} />
        </ActionIcon>
        <ActionIcon
          size={44}
          variant={mode === 'absentExcused' ? 'light' : 'default'}
          color="gray"
          aria-label={`${t('people.markExcused')}: ${entry.name}`}
          title={`${t('people.markExcused')} (P)`}
          onClick={onExcused}
        >
          <IconFileCheck size={20} />
        </ActionIcon>
        <ActionIcon
          size={44}
          variant={mode === 'absentUnexcused' ? 'light' : 'default'}
          color="orange"
          aria-label={`${t('people.markAbsent')}: ${entry.name}`}
          title={`${t('people.markAbsent')} (K)`}
          onClick={() => onEntry({ mode: 'absentUnexcused' })}
        >
          <IconUserX size={20} />
        </ActionIcon>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon
              size={44}
              variant="subtle"
              color="gray"
              aria-label={t('people.more', { name: entry.name })}
            >
              <IconDotsVertical size={20} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {sitesInOrder(state).map((site) => (
              <Menu.Item key={site.id} onClick={() => onEntry({ mode: 'onSite', site: site.id })}>
                {t('people.markAt', { site: site.name })}
              </Menu.Item>
            ))}
            <Menu.Item onClick={() => onEntry({ mode: 'remote' })}>{t('people.markRemote')}</Menu.Item>
            <Menu.Item onClick={() => onEntry({ mode: 'away' })}>{t('people.markAway')}</Menu.Item>
            <Menu.Item onClick={() => onEntry({ mode: 'left' })}>{t('people.markLeft')}</Menu.Item>
            {onCode && <Menu.Item onClick={onCode}>{conduct('code.open')}</Menu.Item>}
          </Menu.Dropdown>
        </Menu>
      </div>
    </li>
  );
}
