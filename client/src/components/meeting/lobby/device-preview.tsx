import { Button, Stack } from '@mantine/core';
import { IconVideo, IconVideoOff } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useMediaText } from '../../../hooks/meeting/use-media-text.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { useReadable } from '../../../hooks/use-readable.ts';
import type { LocalMedia, LocalState } from '../../../media/local-media.ts';
import { DeviceNewsSaid } from '../devices/device-news.tsx';
import { DevicePicker } from '../devices/device-picker.tsx';
import { DeviceTrouble } from '../devices/device-trouble.tsx';
import { LineTestLink } from '../devices/line-figures.tsx';
import { MicrophoneLevel } from '../devices/microphone-check.tsx';
import { SpeakerCheck } from '../devices/speaker-check.tsx';
import { Video } from '../stage/video.tsx';
import classes from './lobby.module.css';

function trackOf(state: LocalState): MediaStreamTrack | null {
  return state.kind === 'on' || state.kind === 'muted' ? state.track : null;
}

/** Own picture, microphone level and speaker before entering; or why there are none, and the way on. */
export function DevicePreview({
  local,
  wish,
}: {
  readonly local: LocalMedia;
  readonly wish: 'full' | 'audio';
}) {
  const t = useMediaText();
  const room = useText();
  const { camera, microphone } = useReadable(local.states);
  useEffect(() => {
    void local.turn('microphone', 'on');
    void local.turn('camera', wish === 'full' ? 'on' : 'off');
  }, [local, wish]);
  const picture = trackOf(camera);
  const insecure = [camera, microphone].some(
    (state) => state.kind === 'failed' && state.fault === 'insecureContext',
  );
  if (insecure) return <p className={classes.note}>{room('lobby.insecure')}</p>;
  return (
    <Stack gap="sm">
      <DeviceNewsSaid local={local} />
      {wish === 'full' && (
        <>
          {camera.kind === 'failed' ? (
            <DeviceTrouble
              source="camera"
              fault={camera.fault}
              onRetry={() => void local.turn('camera', 'on')}
            />
          ) : (
            <div className={classes.preview} data-testid="preview">
              {picture === null ? (
                <span>{t('devices.previewOff')}</span>
              ) : (
                <Video track={picture} label={t('devices.preview')} orientation="mirrored" />
              )}
            </div>
          )}
          {camera.kind !== 'failed' && (
            <Button
              variant="default"
              mih={48}
              leftSection={picture === null ? <IconVideo size={20} /> : <IconVideoOff size={20} />}
              onClick={() => void local.turn('camera', picture === null ? 'on' : 'off')}
            >
              {t(picture === null ? 'devices.cameraOn' : 'devices.cameraOff')}
            </Button>
          )}
          <DevicePicker local={local} kind="camera" />
        </>
      )}
      {microphone.kind === 'failed' && (
        <DeviceTrouble
          source="microphone"
          fault={microphone.fault}
          onRetry={() => void local.turn('microphone', 'on')}
        />
      )}
      <DevicePicker local={local} kind="microphone" />
      <MicrophoneLevel track={trackOf(microphone)} />
      <SpeakerCheck local={local} />
      <LineTestLink />
    </Stack>
  );
}
