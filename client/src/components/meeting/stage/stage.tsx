import { ActionIcon, Menu } from '@mantine/core';
import { useFullscreenElement } from '@mantine/hooks';
import {
  IconBuildingCommunity,
  IconCheck,
  IconLayoutGrid,
  IconMaximize,
  IconMinimize,
  IconUserSquare,
} from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useMedia } from '../../../hooks/meeting/media.ts';
import { useMediaText } from '../../../hooks/meeting/use-media-text.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { GridLayout } from './grid-layout.tsx';
import { SiteLayout } from './site-layout.tsx';
import { SpeakerLayout } from './speaker-layout.tsx';
import { SpeechClock } from './speech-clock.tsx';
import classes from './stage.module.css';
import { type Layout, layouts, type StageView, StageViewProvider } from './stage-view.ts';

const icons = { speaker: IconUserSquare, grid: IconLayoutGrid, site: IconBuildingCommunity };

interface StageProps {
  readonly layout: Layout;
  /** Null where the stage can't be touched: a television. */
  readonly onLayout: ((layout: Layout) => void) | null;
  readonly device: 'phone' | 'computer';
}

function LayoutMenu({
  layout,
  onLayout,
}: {
  readonly layout: Layout;
  readonly onLayout: (layout: Layout) => void;
}) {
  const t = useMediaText();
  const Icon = icons[layout];
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          size={44}
          variant="default"
          aria-label={`${t('stage.layout')}: ${t(`stage.${layout}`)}`}
          data-testid="layout"
        >
          <Icon size={22} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('stage.layout')}</Menu.Label>
        {layouts.map((name) => {
          const Sign = icons[name];
          return (
            <Menu.Item
              key={name}
              mih={48}
              leftSection={<Sign size={20} aria-hidden />}
              rightSection={name === layout ? <IconCheck size={18} aria-hidden /> : null}
              aria-current={name === layout}
              onClick={() => onLayout(name)}
              data-testid={`layout-${name}`}
            >
              {t(`stage.${name}`)}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
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
            <LayoutMenu layout={layout} onLayout={onLayout} />
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
