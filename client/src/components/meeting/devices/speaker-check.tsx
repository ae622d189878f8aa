import { Button } from '@mantine/core';
import { IconVolume } from '@tabler/icons-react';
import { choosesSpeakers, useChime } from '../../../hooks/meeting/use-chime.ts';
import { useMediaText } from '../../../hooks/meeting/use-media-text.ts';
import { useReadable } from '../../../hooks/use-readable.ts';
import type { LocalMedia } from '../../../media/local-media.ts';
import { DevicePicker } from './device-picker.tsx';
import classes from './devices.module.css';

/** Which speaker, where the browser lets a page choose, and a chime to hear whether it sounds. */
export function SpeakerCheck({ local }: { readonly local: LocalMedia }) {
  const t = useMediaText();
  const { speaker } = useReadable(local.chosen);
  const ring = useChime(speaker);
  return (
    <>
      {choosesSpeakers() ? (
        <DevicePicker local={local} kind="speaker" />
      ) : (
        <p className={classes.hint}>{t('devices.speakerFixed')}</p>
      )}
      <Button
        variant="default"
        mih={48}
        leftSection={<IconVolume size={20} />}
        onClick={ring}
        data-testid="speaker-test"
      >
        {t('devices.speakerTest')}
      </Button>
      <p className={classes.hint}>{t('devices.speakerTestHint')}</p>
    </>
  );
}
