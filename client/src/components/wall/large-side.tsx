import { Button } from '@mantine/core';
import {
  IconArrowLeft,
  IconMicrophone,
  IconMicrophoneOff,
  IconVolume,
  IconVolumeOff,
} from '@tabler/icons-react';
import { useMedia } from '../../hooks/meeting/media.ts';
import { useMyself, useRoom } from '../../hooks/meeting/room.ts';
import { useDesk } from '../../hooks/wall/desk.ts';
import { useWallActs } from '../../hooks/wall/use-wall-acts.ts';
import { useWallText } from '../../hooks/wall/use-wall-text.ts';
import { useHeard } from '../../hooks/wall/wall.ts';
import barClasses from '../meeting/bar/bar.module.css';
import { BarButton } from '../meeting/bar/bar-button.tsx';
import { MicrophoneButton } from '../meeting/bar/device-buttons.tsx';
import { HandButton } from '../meeting/bar/hand-button.tsx';
import { Banner } from '../meeting/chrome/banner.tsx';
import classes from './large.module.css';

/** What the superior does in the meeting that is large: hears it, asks for the floor, speaks, goes back. */
export function LargeBar() {
  const t = useWallText();
  const desk = useDesk();
  const acts = useWallActs();
  const { state } = useRoom();
  const meeting = state.facts?.meetingId ?? null;
  const heard = useHeard() === meeting;
  const Icon = heard ? IconVolume : IconVolumeOff;
  return (
    <>
      <p className={classes.hears} role="status">
        {heard ? t('large.hears', { cell: state.facts?.cellName ?? '' }) : t('large.silent')}
      </p>
      <nav className={`${barClasses.bar} ${barClasses.wide}`} aria-label={t('large.panel')}>
        <BarButton
          icon={<IconArrowLeft size={24} aria-hidden />}
          label={t('large.back')}
          onClick={desk.back}
          testId="back"
        />
        <BarButton
          icon={<Icon size={24} aria-hidden />}
          label={t(heard ? 'large.soundOff' : 'large.soundOn')}
          look={heard ? 'on' : 'plain'}
          onClick={() => void acts.listen(heard ? null : meeting)}
          testId="sound"
        />
        <MicrophoneButton />
        <HandButton />
      </nav>
    </>
  );
}

/** Where one's own voice is heard, as long as the microphone is open or the cell calls. */
export function VoiceBanner({ voice }: { readonly voice: 'off' | 'connecting' | 'live' | 'failed' }) {
  const t = useWallText();
  const { state } = useRoom();
  const { own, turn } = useMedia();
  const myself = useMyself();
  const cell = state.facts?.cellName ?? '';
  if (myself === null || state.speaking.speech?.request.person !== myself) return null;
  const on = own.microphone === 'on';
  const words =
    voice === 'failed'
      ? t('large.voiceFailed')
      : on
        ? t('large.heardIn', { cell })
        : t('large.called', { cell });
  const Icon = on ? IconMicrophone : IconMicrophoneOff;
  return (
    <Banner
      tone={voice === 'failed' ? 'warning' : 'accent'}
      icon={<Icon size={20} aria-hidden />}
      testId="my-floor"
      action={
        !on && (
          <Button mih={44} onClick={() => void turn('microphone', 'on')}>
            {t('large.microphoneOn')}
          </Button>
        )
      }
    >
      <strong>{words}</strong>
    </Banner>
  );
}
