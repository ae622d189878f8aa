import { currentItem } from '@diemcau/shared/domain/agenda.ts';
import { ActionIcon } from '@mantine/core';
import { useFullscreenDocument } from '@mantine/hooks';
import { IconMaximize } from '@tabler/icons-react';
import { useState } from 'react';
import { CurrentItem } from '../../components/meeting/agenda/current-item.tsx';
import barClasses from '../../components/meeting/bar/bar.module.css';
import {
  CameraButton,
  DevicesButton,
  MicrophoneButton,
  ScreenButton,
} from '../../components/meeting/bar/device-buttons.tsx';
import { Announcer } from '../../components/meeting/chrome/announcer.tsx';
import { Banners } from '../../components/meeting/chrome/banners.tsx';
import { TopBar } from '../../components/meeting/chrome/top-bar.tsx';
import { MediaWindow } from '../../components/meeting/devices/media-window.tsx';
import { OwnDevices } from '../../components/meeting/devices/own-devices.tsx';
import { Sound } from '../../components/meeting/stage/sound.tsx';
import { Stage } from '../../components/meeting/stage/stage.tsx';
import type { Layout } from '../../components/meeting/stage/stage-view.ts';
import { HallPeople } from '../../components/meeting/terminal/hall-people.tsx';
import { HallSpeak } from '../../components/meeting/terminal/hall-speak.tsx';
import { HallVote } from '../../components/meeting/terminal/hall-vote.tsx';
import { SiteCode } from '../../components/meeting/terminal/site-code.tsx';
import { TelevisionWindow } from '../../components/meeting/terminal/television-window.tsx';
import { LanguageSwitch, SchemeSwitch } from '../../components/shell/preferences.tsx';
import { useRoom } from '../../hooks/meeting/room.ts';
import { useText } from '../../hooks/meeting/use-text.ts';
import { useLatestVote } from '../../hooks/meeting/use-vote.ts';
import { useWakeLock } from '../../hooks/meeting/use-wake-lock.ts';
import classes from './room.module.css';

/** A hall's kiosk: others large, its own people, its votes (SITE3, SITE4). */
export function TerminalView() {
  const { as, state } = useRoom();
  const t = useText();
  const vote = useLatestVote();
  const { toggle } = useFullscreenDocument();
  const [layout, setLayout] = useState<Layout>('speaker');
  const [mediaShown, setMediaShown] = useState(false);
  useWakeLock();
  if (as.kind !== 'terminal') return null;
  const { site } = as;
  const shown = vote !== null && vote.phase !== 'annulled' ? vote : null;
  const running = shown !== null && (shown.phase === 'open' || shown.phase === 'closed');
  // A result stays before all eyes until the programme moves on.
  const item = shown?.opening.item ?? null;
  const leading = running || item === null || item === currentItem(state)?.id;
  const hallVote = shown && <HallVote key={shown.opening.vote} vote={shown} site={site} />;
  return (
    <div className={classes.terminal} data-testid="terminal">
      <Announcer />
      <TopBar>
        <strong>{state.sites[site]?.name}</strong>
        <TelevisionWindow />
        <LanguageSwitch />
        <SchemeSwitch />
        <ActionIcon onClick={() => void toggle()} aria-label={t('terminal.fullscreen')}>
          <IconMaximize size={22} />
        </ActionIcon>
      </TopBar>
      <Banners />
      <Sound />
      <OwnDevices />
      <MediaWindow opened={mediaShown} onClose={() => setMediaShown(false)} />
      <main className={classes.terminalColumns} data-vote={running ? 'open' : 'none'}>
        <div className={classes.terminalStage}>
          <Stage layout={layout} onLayout={setLayout} device="computer" />
          <CurrentItem />
          <nav className={`${barClasses.bar} ${barClasses.wide}`} aria-label={t('bar.label')}>
            <MicrophoneButton />
            <CameraButton />
            <ScreenButton />
            <DevicesButton onClick={() => setMediaShown(true)} />
          </nav>
        </div>
        <div className={classes.terminalSide}>
          {!running && state.rollCall === 'pending' && <SiteCode site={site} />}
          {leading && hallVote}
          <HallSpeak site={site} />
          {running ? (
            <details>
              <summary>{t('terminal.people')}</summary>
              <HallPeople site={site} />
            </details>
          ) : (
            <HallPeople site={site} />
          )}
          {!running && state.rollCall === 'done' && <SiteCode site={site} />}
          {!leading && hallVote}
        </div>
      </main>
    </div>
  );
}
