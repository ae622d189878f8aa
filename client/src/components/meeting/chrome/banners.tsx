import { Button } from '@mantine/core';
import { IconCloudOff, IconMicrophone, IconPlayerPause, IconVideoOff } from '@tabler/icons-react';
import { useMedia } from '../../../hooks/meeting/media.ts';
import { useMyself, useRoom } from '../../../hooks/meeting/room.ts';
import { useLinger } from '../../../hooks/meeting/use-linger.ts';
import { useMediaText } from '../../../hooks/meeting/use-media-text.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { late } from '../../late.tsx';
import { InPersonBanner } from '../agenda/in-person-banner.tsx';
import { LineOffer } from '../devices/line-offer.tsx';
import { SharingBanner } from '../devices/sharing-banner.tsx';
import { Banner } from './banner.tsx';
import { ChairBanner } from './chair-banner.tsx';
import classes from './chrome.module.css';

const FromAbove = late(async () => (await import('./from-above.tsx')).FromAbove, null);

/** A line that is back in a blink: how long its sentence stands nevertheless, milliseconds. */
const readable = 2_000;

/** Tells the person who was given the floor, and opens the microphone with one touch. */
function FloorBanner() {
  const { state } = useRoom();
  const myself = useMyself();
  const media = useMedia();
  const t = useText();
  if (myself === null || state.speaking.speech?.request.person !== myself) return null;
  return (
    <Banner
      tone="accent"
      icon={<IconMicrophone size={20} aria-hidden />}
      testId="my-floor"
      action={
        media.own.microphone === 'off' && (
          <Button mih={44} onClick={() => void media.turn('microphone', 'on')}>
            {t('media.microphoneOn')}
          </Button>
        )
      }
    >
      {t('bar.speaking')}
    </Banner>
  );
}

/** Everything that all must know at a glance: the line, the media, who attends from above, the meeting's phase. */
export function Banners() {
  const { state, line } = useRoom();
  const media = useMedia();
  const t = useText();
  const words = useMediaText();
  const fromAbove =
    Object.keys(state.superiors).length + Object.keys(state.followers).length + state.messages.length > 0;
  const mediaLost = useLinger(media.line === 'lost', readable);
  return (
    <div className={classes.banners}>
      {line !== 'up' && (
        <Banner tone="warning" icon={<IconCloudOff size={20} aria-hidden />} testId="reconnecting-banner">
          {t(line === 'down' ? 'line.offline' : 'line.banner')}
        </Banner>
      )}
      {line === 'up' && mediaLost && (
        <Banner tone="warning" icon={<IconVideoOff size={20} aria-hidden />} testId="media-banner">
          {t('media.down')}
        </Banner>
      )}
      {(media.why === 'siteWins' ||
        media.why === 'insecure' ||
        media.why === 'unsupported' ||
        media.why === 'replaced') && (
        <Banner
          tone="calm"
          icon={<IconVideoOff size={20} aria-hidden />}
          action={
            media.why === 'replaced' && (
              <Button variant="default" mih={44} onClick={media.retry}>
                {t('media.retry')}
              </Button>
            )
          }
        >
          {words(`why.${media.why}`)}
        </Banner>
      )}
      <LineOffer />
      <SharingBanner />
      <ChairBanner />
      <InPersonBanner />
      <FloorBanner />
      {(state.phase === 'suspended' || state.phase === 'interrupted') && (
        <Banner tone="warning" icon={<IconPlayerPause size={20} aria-hidden />}>
          {t(`phase.${state.phase}`)}
          {state.phaseReason === null ? '' : `: ${state.phaseReason.replace(/[.\s]+$/, '')}`}
          {'. '}
          {t(state.phase === 'suspended' ? 'phaseNext.suspended' : 'phaseNext.interrupted')}
        </Banner>
      )}
      {fromAbove && <FromAbove />}
    </div>
  );
}
