import { ActionIcon } from '@mantine/core';
import { useFullscreenElement } from '@mantine/hooks';
import { IconMaximize, IconMinimize } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useMedia } from '../../../hooks/meeting/media.ts';
import { useMediaText } from '../../../hooks/meeting/use-media-text.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { fetched } from '../../late.tsx';
import { LateMenu } from '../../late-menu.tsx';
import { GridLayout } from './grid-layout.tsx';
import { LayoutButton } from './layout-button.tsx';
import { SiteLayout } from './site-layout.tsx';
import { SpeakerLayout } from './speaker-layout.tsx';
import { SpeechClock } from './speech-clock.tsx';
import classes from './stage.module.css';
import { type Layout, type StageView, StageViewProvider } from './stage-view.ts';

const LayoutMenu = fetched(async () => (await import('./layout-menu.tsx')).LayoutMenu);

interface StageProps {
  readonly layout: Layout;
  /** Null where the stage can't be touched: a television. */
  readonly onLayout: ((layout: Layout) => void) | null;
  readonly device: 'phone' | 'computer';
}

/** Picture of the meeting: who has the floor large, all in pages, or one hall. */
export function Stage({ layout, onLayout, device }: StageProps) {
  const { remote } = useMedia();
  const t = useText();
  const words = useMediaText();
  const { ref, toggle, fullscreen } = useFullscreenElement();
  const [pinned, setPinned] = useState<string | null>(null);
  const touched = onLayout !== null;
  const view = useMemo((): StageView => {
    const pin = (key: string | null) => {
      setPinned(key);
      // What is pinned is looked at large.
      if (key !== null) onLayout?.('speaker');
    };
    return { pinned, pin: touched ? pin : null };
  }, [pinned, touched, onLayout]);
  const screen = remote.find((item) => item.source === 'screen' && !item.held && !item.muted);
  const FullIcon = fullscreen ? IconMinimize : IconMaximize;
  return (
    <section ref={ref} className={classes.stage} aria-label={t('stage.label')} data-layout={layout}>
      <div className={classes.head}>
        <SpeechClock />
        {onLayout !== null && (
          <div className={classes.tools}>
            <LateMenu button={<LayoutButton layout={layout} />}>
              <LayoutMenu layout={layout} onLayout={onLayout} />
            </LateMenu>
            {document.fullscreenEnabled && (
              <ActionIcon
                size={44}
                variant="default"
                onClick={() => void toggle()}
                aria-label={words('stage.fullscreen')}
                aria-pressed={fullscreen}
                data-testid="stage-fullscreen"
              >
                <FullIcon size={22} />
              </ActionIcon>
            )}
          </div>
        )}
      </div>
      <StageViewProvider value={view}>
        {layout === 'grid' ? (
          <GridLayout device={device} screen={screen} />
        ) : layout === 'site' ? (
          <SiteLayout />
        ) : (
          <SpeakerLayout device={device} screen={screen} />
        )}
      </StageViewProvider>
    </section>
  );
}
