import { Button } from '@mantine/core';
import { IconScreenShare } from '@tabler/icons-react';
import { useRef } from 'react';
import { type RemoteMedia, useMedia } from '../../../hooks/meeting/media.ts';
import { useOwnerName } from '../../../hooks/meeting/owners.ts';
import { useMediaText } from '../../../hooks/meeting/use-media-text.ts';
import { useShown } from '../../../hooks/meeting/use-shown.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import classes from './stage.module.css';
import { Video } from './video.tsx';

/** A screen that somebody shares, whole and as large as there is room; in sound only, a word that there is one. */
export function SharedScreen({ screen }: { readonly screen: RemoteMedia }) {
  const { mode, changeMode } = useMedia();
  const t = useText();
  const words = useMediaText();
  const name = useOwnerName()(screen.owner);
  const element = useRef<HTMLElement>(null);
  useShown(element, screen.producerId);
  const label = t('stage.screen', { name });
  return (
    <figure ref={element} className={classes.tile} data-size="large" data-kind="screen" data-testid="screen">
      {screen.track !== null && <Video track={screen.track} label={label} fit="contain" />}
      {mode === 'audio' && (
        <div className={classes.empty}>
          <IconScreenShare className={classes.emptyIcon} stroke={1.4} aria-hidden />
          <span className={classes.note}>{words('stage.screenHidden', { name })}</span>
          <Button mih={48} onClick={() => changeMode('full')}>
            {words('stage.showScreen')}
          </Button>
        </div>
      )}
      <figcaption className={classes.caption}>
        <span className={classes.name}>{label}</span>
      </figcaption>
    </figure>
  );
}
