import { ActionIcon, Tooltip } from '@mantine/core';
import { IconDeviceTv } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useMedia } from '../../../hooks/meeting/media.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { CurrentItem } from '../agenda/current-item.tsx';
import { Stage } from '../stage/stage.tsx';
import classes from './television.module.css';

/** A second window for the television: pictures and the current item, nothing to touch, no personal data (SITE4). */
export function TelevisionWindow() {
  const t = useText();
  const { seenElsewhere } = useMedia();
  const [screen, setScreen] = useState<Window | null>(null);
  useEffect(() => {
    if (screen === null) return;
    const closed = setInterval(() => {
      if (screen.closed) setScreen(null);
    }, 1000);
    return () => {
      clearInterval(closed);
      screen.close();
    };
  }, [screen]);
  useEffect(() => {
    if (screen === null) return;
    let end: (() => void) | null = null;
    const look = () => {
      const seen = screen.document.visibilityState === 'visible';
      if (seen) end ??= seenElsewhere();
      else {
        end?.();
        end = null;
      }
    };
    screen.document.addEventListener('visibilitychange', look);
    look();
    return () => end?.();
  }, [screen, seenElsewhere]);
  const open = () => {
    const opened = window.open('', 'diemcau-tivi', 'popup,width=1280,height=720');
    if (opened === null) return;
    opened.document.title = t('terminal.television');
    for (const attribute of document.documentElement.attributes) {
      opened.document.documentElement.setAttribute(attribute.name, attribute.value);
    }
    opened.document.head.replaceChildren(
      ...[...document.querySelectorAll('link[rel="stylesheet"], style')].map((node) => node.cloneNode(true)),
    );
    opened.document.body.replaceChildren();
    setScreen(opened);
  };
  return (
    <>
      <Tooltip label={t('terminal.televisionHint')}>
        <ActionIcon onClick={open} aria-label={t('terminal.television')}>
          <IconDeviceTv size={22} />
        </ActionIcon>
      </Tooltip>
      {screen !== null &&
        createPortal(
          <div className={classes.television}>
            <Stage layout="speaker" onLayout={null} device="computer" />
            <CurrentItem />
          </div>,
          screen.document.body,
        )}
    </>
  );
}
