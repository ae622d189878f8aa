import { UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconAntennaBars4, IconAntennaBars5 } from '@tabler/icons-react';
import { useState } from 'react';
import { useMedia } from '../../../hooks/meeting/media.ts';
import { useMediaText } from '../../../hooks/meeting/use-media-text.ts';
import { useReadable } from '../../../hooks/use-readable.ts';
import classes from './devices.module.css';
import { MediaWindow } from './media-menu.tsx';

const icons = { good: IconAntennaBars5, fair: IconAntennaBars4, poor: IconAlertTriangle };

/** How the own line for picture and sound is, by icon and word; opens what can be done about it. */
export function LineChip() {
  const { quality } = useMedia();
  const line = useReadable(quality);
  const t = useMediaText();
  const [opened, setOpened] = useState(false);
  const Icon = line === null ? null : icons[line.level];
  return (
    <>
      {line !== null && Icon !== null && (
        <UnstyledButton
          className={classes.chip}
          data-level={line.level}
          data-testid="line-quality"
          onClick={() => setOpened(true)}
        >
          <Icon size={20} aria-hidden />
          <span className={classes.chipText}>{t(`line.${line.level}`)}</span>
        </UnstyledButton>
      )}
      <MediaWindow opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}
