import { notifications } from '@mantine/notifications';
import {
  IconLock,
  IconMicrophone,
  IconMicrophoneOff,
  IconScreenShare,
  IconScreenShareOff,
  IconVideo,
  IconVideoOff,
} from '@tabler/icons-react';
import { type NoMedia, useMedia } from '../../../hooks/meeting/media.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useFloor } from '../../../hooks/meeting/use-microphone-lock.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { BarButton } from './bar-button.tsx';

const size = 24;

/** Says why a device can't be used. */
function useReason(): (why: NoMedia | null) => string {
  const t = useText();
  return (why) => {
    switch (why) {
      case 'companion':
      case 'dataOnly':
      case 'siteWins':
      case 'insecure':
      case 'replaced':
        return t(`media.${why}`);
      default:
        return t('lobby.missing');
    }
  };
}

/** The microphone: locked, with the reason, while one hasn't the floor. */
export function MicrophoneButton() {
  const t = useText();
  const { as } = useRoom();
  const { own, why, turn, held } = useMedia();
  const floor = useFloor();
  const reason = useReason();
  const explain = (message: string) => notifications.show({ id: 'device', message, autoClose: 6000 });
  if (own.microphone === 'none' || own.microphone === 'denied') {
    const message = own.microphone === 'denied' ? t('lobby.denied') : reason(why);
    return (
      <BarButton
        icon={<IconMicrophoneOff size={size} aria-hidden />}
        label={t('media.microphone')}
        name={`${t('media.microphone')}: ${message}`}
        look="locked"
        onClick={() => {
          explain(message);
          if (why === null) void turn('microphone', 'on');
        }}
        testId="microphone"
      />
    );
  }
  // A hall keeps its microphone open, held back by the server: a speaker there has nothing to press.
  if (floor === 'hasNot' && as.kind !== 'terminal') {
    return (
      <BarButton
        icon={<IconLock size={size} aria-hidden />}
        label={`${t('media.microphone')}: ${t('media.microphoneLockedShort')}`}
        name={t('media.microphoneLocked')}
        look="locked"
        onClick={() => explain(t('media.microphoneLocked'))}
        testId="microphone"
      />
    );
  }
  const on = own.microphone === 'on';
  const Icon = on ? IconMicrophone : IconMicrophoneOff;
  return (
    <BarButton
      icon={<Icon size={size} aria-hidden />}
      label={on && held === 'held' ? t('media.microphoneHeldShort') : t('media.microphone')}
      name={t(
        on && held === 'held' ? 'media.microphoneHeld' : on ? 'media.microphoneOff' : 'media.microphoneOn',
      )}
      look={on ? 'on' : 'plain'}
      onClick={() => void turn('microphone', on ? 'off' : 'on')}
      testId="microphone"
    />
  );
}

/** The camera: never held back. */
export function CameraButton() {
  const t = useText();
  const { own, why, turn } = useMedia();
  const reason = useReason();
  const on = own.camera === 'on';
  const Icon = on ? IconVideo : IconVideoOff;
  if (own.camera === 'none' || own.camera === 'denied') {
    const message = own.camera === 'denied' ? t('lobby.denied') : reason(why);
    return (
      <BarButton
        icon={<IconVideoOff size={size} aria-hidden />}
        label={t('media.camera')}
        name={`${t('media.camera')}: ${message}`}
        look="locked"
        onClick={() => {
          notifications.show({ id: 'device', message, autoClose: 6000 });
          if (why === null) void turn('camera', 'on');
        }}
        testId="camera"
      />
    );
  }
  return (
    <BarButton
      icon={<Icon size={size} aria-hidden />}
      label={t('media.camera')}
      name={t(on ? 'media.cameraOff' : 'media.cameraOn')}
      look={on ? 'on' : 'plain'}
      onClick={() => void turn('camera', on ? 'off' : 'on')}
      testId="camera"
    />
  );
}

/** Sharing a screen, for who has the floor on a computer. */
export function ScreenButton() {
  const t = useText();
  const { own, turn } = useMedia();
  const floor = useFloor();
  const on = own.screen === 'on';
  if (own.screen === 'none' || (floor === 'hasNot' && !on)) return null;
  const Icon = on ? IconScreenShareOff : IconScreenShare;
  return (
    <BarButton
      icon={<Icon size={size} aria-hidden />}
      label={t(on ? 'media.screenOff' : 'media.screenOn')}
      look={on ? 'on' : 'plain'}
      onClick={() => void turn('screen', on ? 'off' : 'on')}
      testId="screen-share"
    />
  );
}
