import { notifications } from '@mantine/notifications';
import {
  IconAdjustments,
  IconLock,
  IconMicrophone,
  IconMicrophoneOff,
  IconScreenShare,
  IconScreenShareOff,
  IconVideo,
  IconVideoOff,
} from '@tabler/icons-react';
import { sameOwner, useMedia } from '../../../hooks/meeting/media.ts';
import { useMyOwner, useOwnerName } from '../../../hooks/meeting/owners.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useMediaText } from '../../../hooks/meeting/use-media-text.ts';
import { useFloor } from '../../../hooks/meeting/use-microphone-lock.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { BarButton } from './bar-button.tsx';

const size = 24;

/** Says why a device can't be used, and what to do about it; null where it can. */
function useTrouble(source: 'camera' | 'microphone'): string | null {
  const t = useMediaText();
  const { own, faults, why, mode } = useMedia();
  if (own[source] !== 'none' && own[source] !== 'denied') return null;
  if (why !== null) return t(`why.${why}`);
  if (source === 'camera' && mode === 'audio') return t('why.audio');
  return t(`fault.${source}.${faults[source] ?? 'noDevice'}`);
}

function explain(message: string): void {
  notifications.show({ id: 'device', message, autoClose: 8_000 });
}

/** The microphone: locked, with the reason, while one hasn't the floor. */
export function MicrophoneButton() {
  const t = useText();
  const { as } = useRoom();
  const { own, why, turn, held } = useMedia();
  const floor = useFloor();
  const trouble = useTrouble('microphone');
  if (trouble !== null) {
    return (
      <BarButton
        icon={<IconMicrophoneOff size={size} aria-hidden />}
        label={t('media.microphone')}
        name={`${t('media.microphone')}: ${trouble}`}
        look="locked"
        onClick={() => {
          explain(trouble);
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
  const { own, why, mode, turn } = useMedia();
  const trouble = useTrouble('camera');
  const on = own.camera === 'on';
  const Icon = on ? IconVideo : IconVideoOff;
  if (trouble !== null) {
    return (
      <BarButton
        icon={<IconVideoOff size={size} aria-hidden />}
        label={t('media.camera')}
        name={`${t('media.camera')}: ${trouble}`}
        look="locked"
        onClick={() => {
          explain(trouble);
          if (why === null && mode === 'full') void turn('camera', 'on');
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

/** Sharing a screen, for who has the floor on a device that can; one shares at a time. */
export function ScreenButton() {
  const t = useText();
  const words = useMediaText();
  const { own, faults, remote, why, mode, turn } = useMedia();
  const me = useMyOwner();
  const nameOf = useOwnerName();
  const floor = useFloor();
  const on = own.screen === 'on';
  const able = navigator.mediaDevices !== undefined && 'getDisplayMedia' in navigator.mediaDevices;
  // In sound only, or without media, there is nothing to share with.
  if (!able || why !== null || mode !== 'full') return null;
  if (floor === 'hasNot' && !on) return null;
  const other = remote.find(
    ({ source, held, owner }) => source === 'screen' && !held && !sameOwner(owner, me),
  );
  if (other !== undefined && !on) {
    const reason = words('stage.otherShares', { name: nameOf(other.owner) });
    return (
      <BarButton
        icon={<IconScreenShareOff size={size} aria-hidden />}
        label={t('media.screenOn')}
        name={`${t('media.screenOn')}: ${reason}`}
        look="locked"
        onClick={() => explain(reason)}
        testId="screen-share"
      />
    );
  }
  const Icon = on ? IconScreenShareOff : IconScreenShare;
  return (
    <BarButton
      icon={<Icon size={size} aria-hidden />}
      label={t(on ? 'media.screenOff' : 'media.screenOn')}
      {...(faults.screen !== null && { name: words(`fault.screen.${faults.screen}`) })}
      look={on ? 'on' : 'plain'}
      onClick={() => void turn('screen', on ? 'off' : 'on')}
      testId="screen-share"
    />
  );
}

/** Which devices serve, and how the line is. */
export function DevicesButton({ onClick }: { readonly onClick: () => void }) {
  const words = useMediaText();
  return (
    <BarButton
      icon={<IconAdjustments size={size} aria-hidden />}
      label={words('devices.short')}
      name={words('devices.open')}
      onClick={onClick}
      testId="open-media"
    />
  );
}
