import { Button, Progress, Select, Stack } from '@mantine/core';
import { IconVideo, IconVideoOff, IconVolume } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useLevel } from '../../../hooks/meeting/use-level.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { useReadable } from '../../../hooks/use-readable.ts';
import type { LocalMedia, LocalState } from '../../../media/local-media.ts';
import { Video } from '../stage/video.tsx';
import classes from './lobby.module.css';

function trackOf(state: LocalState): MediaStreamTrack | null {
  return state.kind === 'on' || state.kind === 'muted' ? state.track : null;
}

/** A short tone through the speaker. */
function playTone(): void {
  const context = new AudioContext();
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = 660;
  volume.gain.setValueAtTime(0.2, context.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + 0.8);
  tone.connect(volume).connect(context.destination);
  tone.start();
  tone.stop(context.currentTime + 0.8);
  tone.addEventListener('ended', () => void context.close());
}

/** Own picture, microphone level and speaker before entering; or why there are none. */
export function DevicePreview({
  local,
  wish,
}: {
  readonly local: LocalMedia;
  readonly wish: 'full' | 'audio';
}) {
  const t = useText();
  const { camera, microphone } = useReadable(local.states);
  const devices = useReadable(local.devices);
  const level = useLevel(trackOf(microphone));
  useEffect(() => {
    void local.turn('microphone', 'on');
    void local.turn('camera', wish === 'full' ? 'on' : 'off');
  }, [local, wish]);
  const picture = trackOf(camera);
  const failed = [camera, microphone].find((state) => state.kind === 'failed');
  if (failed?.kind === 'failed' && failed.fault === 'insecureContext') {
    return <p className={classes.note}>{t('lobby.insecure')}</p>;
  }
  const cameras = devices.filter(({ kind, label }) => kind === 'camera' && label !== '');
  return (
    <Stack gap="sm">
      {wish === 'full' && (
        <>
          <div className={classes.preview} data-testid="preview">
            {picture === null ? (
              <span>{t('lobby.previewOff')}</span>
            ) : (
              <Video track={picture} label={t('lobby.preview')} orientation="mirrored" />
            )}
          </div>
          <Button
            variant="default"
            mih={48}
            leftSection={picture === null ? <IconVideo size={20} /> : <IconVideoOff size={20} />}
            onClick={() => void local.turn('camera', picture === null ? 'on' : 'off')}
          >
            {t(picture === null ? 'lobby.cameraOn' : 'lobby.cameraOff')}
          </Button>
          {cameras.length > 1 && (
            <Select
              label={t('media.camera')}
              data={cameras.map(({ id, label }) => ({ value: id, label }))}
              defaultValue={cameras[0]?.id ?? null}
              allowDeselect={false}
              onChange={(id) => {
                if (id !== null) void local.choose('camera', id);
              }}
            />
          )}
        </>
      )}
      {failed?.kind === 'failed' && (
        <p className={classes.note} role="alert">
          {t(failed.fault === 'permissionRefused' ? 'lobby.denied' : 'lobby.missing')}
        </p>
      )}
      <div>
        <p className={classes.levelLabel}>{t('lobby.level')}</p>
        <Progress
          value={level * 100}
          size="lg"
          radius="xl"
          aria-label={t('lobby.level')}
          transitionDuration={100}
        />
        <p className={classes.cardHint}>{t('lobby.levelHint')}</p>
      </div>
      <Button variant="default" mih={48} leftSection={<IconVolume size={20} />} onClick={playTone}>
        {t('lobby.speakerTest')}
      </Button>
    </Stack>
  );
}
