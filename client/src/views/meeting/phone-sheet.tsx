import { Drawer, Stack } from '@mantine/core';
import {
  IconChecklist,
  IconListNumbers,
  IconMessage2,
  IconNotes,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react';
import { Programme } from '../../components/meeting/agenda/programme.tsx';
import { MenuEntry } from '../../components/meeting/bar/menu-entry.tsx';
import { PresenceActions } from '../../components/meeting/bar/presence-actions.tsx';
import { MediaMenu } from '../../components/meeting/devices/media-menu.tsx';
import { RecordMenu, type RecordWindow } from '../../components/meeting/record/record-menu.tsx';
import { LanguageSwitch, SchemeSwitch } from '../../components/shell/preferences.tsx';
import { useText } from '../../hooks/meeting/use-text.ts';
import classes from './room.module.css';
import { type RoomTab, RoomTabContent, useRoomTabs } from './room-tabs.tsx';

export type Sheet = 'menu' | 'programme' | RoomTab;

const icons: { readonly [T in RoomTab]: typeof IconUsers } = {
  people: IconUsers,
  queue: IconMessage2,
  vote: IconChecklist,
  control: IconSettings,
  observations: IconNotes,
};

interface PhoneSheetProps {
  readonly opened: boolean;
  readonly sheet: Sheet | null;
  readonly onSheet: (sheet: Sheet) => void;
  readonly onClose: () => void;
  readonly onMedia: () => void;
  readonly onRecord: (name: RecordWindow) => void;
  readonly onLeave: () => void;
}

/** What "more" opens on a phone, and what that leads to. */
export function PhoneSheet({ opened, sheet, onSheet, onClose, onMedia, onRecord, onLeave }: PhoneSheetProps) {
  const t = useText();
  const tabs = useRoomTabs();
  const menu = sheet === null || sheet === 'menu';
  return (
    <Drawer
      opened={opened}
      onClose={() => (menu ? onClose() : onSheet('menu'))}
      position="bottom"
      size={sheet === 'menu' ? 'auto' : '92%'}
      title={menu ? t('bar.more') : t(`tab.${sheet}`)}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {sheet === 'menu' && (
        <Stack gap="xs" pb="md">
          <MenuEntry leftSection={<IconListNumbers size={22} />} onClick={() => onSheet('programme')}>
            {t('tab.programme')}
          </MenuEntry>
          {tabs.map((tab) => {
            const Icon = icons[tab];
            return (
              <MenuEntry key={tab} leftSection={<Icon size={22} />} onClick={() => onSheet(tab)}>
                {t(`tab.${tab}`)}
              </MenuEntry>
            );
          })}
          <MediaMenu onOpen={onMedia} />
          <RecordMenu
            onOpen={(name) => {
              onClose();
              onRecord(name);
            }}
          />
          <PresenceActions
            onDone={onClose}
            onLeave={() => {
              onClose();
              onLeave();
            }}
          />
          <div className={classes.preferences}>
            <LanguageSwitch />
            <SchemeSwitch />
          </div>
        </Stack>
      )}
      {sheet === 'programme' && <Programme heading="elsewhere" />}
      {!menu && sheet !== 'programme' && <RoomTabContent tab={sheet} />}
    </Drawer>
  );
}
