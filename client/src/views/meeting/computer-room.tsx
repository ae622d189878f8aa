import { Menu, Tabs } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { late } from '../../components/late.tsx';
import { CurrentItem } from '../../components/meeting/agenda/current-item.tsx';
import { Programme } from '../../components/meeting/agenda/programme.tsx';
import barClasses from '../../components/meeting/bar/bar.module.css';
import { BarButton } from '../../components/meeting/bar/bar-button.tsx';
import {
  CameraButton,
  MicrophoneButton,
  ScreenButton,
} from '../../components/meeting/bar/device-buttons.tsx';
import { HandButton } from '../../components/meeting/bar/hand-button.tsx';
import { LeaveQuestion, PresenceActions } from '../../components/meeting/bar/presence-actions.tsx';
import { Banners } from '../../components/meeting/chrome/banners.tsx';
import { TopBar } from '../../components/meeting/chrome/top-bar.tsx';
import { MediaMenu, MediaWindow } from '../../components/meeting/devices/media-menu.tsx';
import { RecordMenu, RecordWindows, useRecordWindow } from '../../components/meeting/record/record-menu.tsx';
import { Sound } from '../../components/meeting/stage/sound.tsx';
import { Stage } from '../../components/meeting/stage/stage.tsx';
import type { Layout } from '../../components/meeting/stage/stage-view.ts';
import { LanguageSwitch, SchemeSwitch } from '../../components/shell/preferences.tsx';
import { useRoles, useRoom } from '../../hooks/meeting/room.ts';
import { useText } from '../../hooks/meeting/use-text.ts';
import { useLatestVote } from '../../hooks/meeting/use-vote.ts';
import classes from './room.module.css';
import { type RoomTab, RoomTabContent, useRoomTabs } from './room-tabs.tsx';

const SuperiorBanner = late(
  async () => (await import('../../components/meeting/chrome/superior-banner.tsx')).SuperiorBanner,
  null,
);

interface ComputerRoomProps {
  readonly layout: Layout;
  readonly onLayout: (layout: Layout) => void;
  readonly tab: RoomTab;
  readonly onTab: (tab: RoomTab) => void;
  readonly onShortcuts: () => void;
}

/** Programme on the left, stage in the middle, people, queue and vote on the right. */
export function ComputerRoom({ layout, onLayout, tab, onTab, onShortcuts }: ComputerRoomProps) {
  const { state, as } = useRoom();
  const t = useText();
  const roles = useRoles();
  const tabs = useRoomTabs();
  const vote = useLatestVote();
  const counts: { readonly [T in RoomTab]?: number } = {
    queue: state.speaking.queue.length,
    vote: state.openVote === null ? 0 : 1,
  };
  const record = useRecordWindow('room');
  const [more, setMore] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const [mediaShown, setMediaShown] = useState(false);
  return (
    <div className={classes.computer} data-testid="room">
      <TopBar onShortcuts={onShortcuts}>
        <LanguageSwitch />
        <SchemeSwitch />
      </TopBar>
      {as.kind === 'superior' && <SuperiorBanner />}
      <Banners />
      <Sound />
      <div className={classes.columns}>
        <aside className={classes.left} aria-label={t('tab.programme')}>
          <Programme />
        </aside>
        <main className={classes.middle}>
          <Stage layout={layout} onLayout={onLayout} device="computer" />
          <CurrentItem />
          <nav className={`${barClasses.bar} ${barClasses.wide}`} aria-label={t('bar.label')}>
            <MicrophoneButton />
            <CameraButton />
            <ScreenButton />
            {!roles.has('chair') && <HandButton />}
            <Menu position="top-end" closeOnItemClick={false} width={260} opened={more} onChange={setMore}>
              <Menu.Target>
                <BarButton icon={<IconDots size={24} aria-hidden />} label={t('bar.more')} testId="more" />
              </Menu.Target>
              <Menu.Dropdown>
                <div className={classes.menu}>
                  <MediaMenu
                    onOpen={() => {
                      setMore(false);
                      setMediaShown(true);
                    }}
                  />
                  <RecordMenu
                    onOpen={(name) => {
                      setMore(false);
                      record.show(name);
                    }}
                  />
                  <PresenceActions
                    onDone={() => setMore(false)}
                    onLeave={() => {
                      setMore(false);
                      setLeaving(true);
                    }}
                  />
                </div>
              </Menu.Dropdown>
            </Menu>
          </nav>
        </main>
        <aside className={classes.right} aria-label={t('tab.side')}>
          <Tabs
            value={tabs.includes(tab) ? tab : 'people'}
            onChange={(value) => onTab((value as RoomTab | null) ?? 'people')}
            className={classes.tabs ?? ''}
            keepMounted={false}
          >
            <Tabs.List grow className={classes.tabList ?? ''}>
              {tabs.map((name) => (
                <Tabs.Tab key={name} value={name} px={6}>
                  {t(`tab.${name}`)}
                  {(counts[name] ?? 0) > 0 && <span className={classes.tabCount}>{counts[name]}</span>}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {tabs.map((name) => (
              // A new vote begins at its question, wherever the last one was left scrolled.
              <Tabs.Panel
                key={name === 'vote' ? `vote ${vote?.opening.vote}` : name}
                value={name}
                className={classes.tabPanel ?? ''}
              >
                <RoomTabContent tab={name} />
              </Tabs.Panel>
            ))}
          </Tabs>
        </aside>
      </div>
      <LeaveQuestion opened={leaving} onClose={() => setLeaving(false)} />
      <MediaWindow opened={mediaShown} onClose={() => setMediaShown(false)} />
      <RecordWindows shown={record.shown} beside="room" onClose={() => record.show(null)} />
    </div>
  );
}
