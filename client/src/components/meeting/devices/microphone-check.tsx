import { Button, Progress } from '@mantine/core';
import { IconMicrophone } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useLevel } from '../../../hooks/meeting/use-level.ts';
import { useMediaText } from '../../../hooks/meeting/use-media-text.ts';
import type { LocalMedia } from '../../../media/local-media.ts';
import classes from './devices.module.css';

/** How loud the microphone hears now. */
export function MicrophoneLevel({ track }: { readonly track: MediaStreamTrack | null }) {
  const t = useMediaText();
  const level = useLevel(track);
  return (
    <div>
      <p className={classes.label}>{t('devices.level')}</p>
      <Progress
        value={level * 100}
        size="lg"
        radius="xl"
        aria-label={t('devices.level')}
        transitionDuration={100}
        data-testid="microphone-level"
      />
      <p className={classes.hint}>{t(track === null ? 'devices.levelOff' : 'devices.levelHint')}</p>
    </div>
  );
}

/** Tries the microphone in the meeting without anybody hearing it. */
export function MicrophoneTrial({ local }: { readonly local: LocalMedia }) {
  const t = useMediaText();
  const [track, setTrack] = useState<MediaStreamTrack | null>(null);
  useEffect(() => () => track?.stop(), [track]);
  const toggle = async () => setTrack(track === null ? await local.tryMicrophone() : null);
  return (
    <>
      <MicrophoneLevel track={track} />
      <Button
        variant="default"
        mih={48}
        leftSection={<IconMicrophone size={20} />}
        onClick={() => void toggle()}
        data-testid="try-microphone"
      >
        {t(track === null ? 'devices.tryMicrophone' : 'devices.stopTrying')}
      </Button>
    </>
  );
}
