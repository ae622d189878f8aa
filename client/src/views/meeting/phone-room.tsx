import { Button, Drawer, Stack } from '@mantine/core';
import {
  IconChecklist,
  IconDots,
  IconGavel,
  IconListNumbers,
  IconMessage2,
  IconNotes,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react';
import { useState } from 'react';
import { CurrentItem } from '../../components/meeting/agenda/current-item.tsx';
import { Programme } from '../../components/meeting/agenda/programme.tsx';
import barClasses from '../../components/meeting/bar/bar.module.css';
import { BarButton } from '../../components/meeting/bar/bar-button.tsx';
import { CameraButton, MicrophoneButton } from '../../components/meeting/bar/device-buttons.tsx';
import { HandButton } from '../../components/meeting/bar/hand-button.tsx';
import { LeaveQuestion, PresenceActions } from '../../components/meeting/bar/presence-actions.tsx';
import { Banners } from '../../components/meeting/chrome/banners.tsx';
import { SuperiorBanner } from '../../components/meeting/chrome/superior-banner.tsx';
import { TopBar } from '../../components/meeting/chrome/top-bar.tsx';
import { MediaMenu, MediaWindow } from '../../components/meeting/devices/media-window.tsx';
import { RecordMenu, RecordWindows, useRecordWindow } from '../../components/meeting/record/record-menu.tsx';
import { Sound } from '../../components/meeting/stage/sound.tsx';
import { Stage } from '../../components/meeting/stage/stage.tsx';
import type { Layout } from '../../components/meeting/stage/stage-view.ts';
import { VoteSheet } from '../../components/meeting/vote/vote-sheet.tsx';
import { LanguageSwitch, SchemeSwitch } from '../../components/shell/preferences.tsx';
import { useRoles, useRoom } from '../../hooks/meeting/room.ts';
import { useText } from '../../hooks/meeting/use-text.ts';
import classes from './room.module.css';
import { type RoomTab, RoomTabContent, useRoomTabs } from './room-tabs.tsx';

type Sheet = 'menu' | 'programme' | RoomTab;

const icons: { readonly [T in RoomTab]: typeof IconUsers } = {
  people: IconUsers,
  queue: IconMessage2,
  vote: IconChecklist,
  control: IconSettings,
  observations: IconNotes,
};

interface PhoneRoomProps {
  readonly layout: Layout;
  readonly onLayout: (layout: Layout) => void;
}

/** The room in one hand: stage, current item, four buttons, and sheets behind "more". */
export function PhoneRoom({ layout, onLayout }: PhoneRoomProps) {
  const { as } = useRoom();
  const t = useText();
  const roles = useRoles();
  const tabs = useRoomTabs();
  const record = useRecordWindow('all');
  const [mediaShown, setMediaShown] = useState(false);
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [leaving, setLeaving] = useState(false);
  const title = sheet === null || sheet === 'menu' ? t('bar.more') : t(`tab.${sheet}`);
  return (
    <div className={classes.phone} data-testid="room">
      <TopBar />
      {as.kind === 'superior' && <SuperiorBanner />}
      <Banners />
      <Sound />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <main className={classes.phoneMain} tabIndex={0}>
        <Stage layout={layout} onLayout={onLayout} device="phone" />
        <CurrentItem />
      </main>
      <VoteSheet />
      <nav className={barClasses.bar} aria-label={t('bar.label')}>
        <MicrophoneButton />
        <CameraButton />
        {roles.has('chair') ? (
          <BarButton
            icon={<IconGavel size={24} aria-hidden />}
            label={t('tab.control')}
            look="accent"
            onClick={() => setSheet('control')}
            testId="control"
          />
        ) : (
          <HandButton />
        )}
        <BarButton
          icon={<IconDots size={24} aria-hidden />}
          label={t('bar.more')}
          onClick={() => setSheet('menu')}
          testId="more"
        />
      </nav>
      <Drawer
        opened={sheet !== null}
        onClose={() => setSheet(sheet === 'menu' ? null : 'menu')}
        position="bottom"
        size={sheet === 'menu' ? 'auto' : '92%'}
        title={title}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {sheet === 'menu' && (
          <Stack gap="xs" pb="md">
            <Button
              variant="default"
              justify="flex-start"
              mih={52}
              leftSection={<IconListNumbers size={22} />}
              onClick={() => setSheet('programme')}
            >
              {t('tab.programme')}
            </Button>
            {tabs.map((tab) => {
              const Icon = icons[tab];
              return (
                <Button
                  key={tab}
                  variant="default"
                  justify="flex-start"
                  mih={52}
                  leftSection={<Icon size={22} />}
                  onClick={() => setSheet(tab)}
                >
                  {t(`tab.${tab}`)}
                </Button>
              );
            })}
            <MediaMenu onOpen={() => setMediaShown(true)} />
            <RecordMenu
              onOpen={(name) => {
                setSheet(null);
                record.show(name);
              }}
            />
            <PresenceActions
              onDone={() => setSheet(null)}
              onLeave={() => {
                setSheet(null);
                setLeaving(true);
              }}
            />
            <div className={classes.preferences}>
              <LanguageSwitch />
              <SchemeSwitch />
            </div>
          </Stack>
        )}
        {sheet === 'programme' && <Programme heading="elsewhere" />}
        {sheet !== null && sheet !== 'menu' && sheet !== 'programme' && <RoomTabContent tab={sheet} />}
      </Drawer>
      <LeaveQuestion opened={leaving} onClose={() => setLeaving(false)} />
      <MediaWindow opened={mediaShown} onClose={() => setMediaShown(false)} />
      <RecordWindows shown={record.shown} beside="all" onClose={() => record.show(null)} />
    </div>
  );
}
