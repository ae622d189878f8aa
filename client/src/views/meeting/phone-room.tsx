import { IconDots, IconGavel } from '@tabler/icons-react';
import { useState } from 'react';
import { late, lateWindow } from '../../components/late.tsx';
import { CurrentItem } from '../../components/meeting/agenda/current-item.tsx';
import barClasses from '../../components/meeting/bar/bar.module.css';
import { BarButton } from '../../components/meeting/bar/bar-button.tsx';
import { CameraButton, MicrophoneButton } from '../../components/meeting/bar/device-buttons.tsx';
import { HandButton } from '../../components/meeting/bar/hand-button.tsx';
import { LeaveQuestion } from '../../components/meeting/bar/presence-actions.tsx';
import { Banners } from '../../components/meeting/chrome/banners.tsx';
import { TopBar } from '../../components/meeting/chrome/top-bar.tsx';
import { MediaWindow } from '../../components/meeting/devices/media-menu.tsx';
import { RecordWindows, useRecordWindow } from '../../components/meeting/record/record-menu.tsx';
import { Sound } from '../../components/meeting/stage/sound.tsx';
import { Stage } from '../../components/meeting/stage/stage.tsx';
import type { Layout } from '../../components/meeting/stage/stage-view.ts';
import { VoteSheet } from '../../components/meeting/vote/vote-sheet.tsx';
import { useRoles, useRoom } from '../../hooks/meeting/room.ts';
import { useText } from '../../hooks/meeting/use-text.ts';
import type { Sheet } from './phone-sheet.tsx';
import classes from './room.module.css';

const PhoneSheet = lateWindow(async () => (await import('./phone-sheet.tsx')).PhoneSheet);
const SuperiorBanner = late(
  async () => (await import('../../components/meeting/chrome/superior-banner.tsx')).SuperiorBanner,
  null,
);

interface PhoneRoomProps {
  readonly layout: Layout;
  readonly onLayout: (layout: Layout) => void;
}

/** The room in one hand: stage, current item, four buttons, and sheets behind "more". */
export function PhoneRoom({ layout, onLayout }: PhoneRoomProps) {
  const { as } = useRoom();
  const t = useText();
  const roles = useRoles();
  const record = useRecordWindow('all');
  const [mediaShown, setMediaShown] = useState(false);
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [leaving, setLeaving] = useState(false);
  return (
    <div className={classes.phone} data-testid="room">
      <TopBar />
      {as.kind === 'superior' && <SuperiorBanner />}
      <Banners />
      <Sound />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <main className={classes.phoneMain} tabIndex={0}>
        <Stage layout={layout} onLayout={onLayout} device="phone" />
        <CurrentItem />
      </main>
      <VoteSheet />
      <nav className={barClasses.bar} aria-label={t('bar.label')}>
        <MicrophoneButton />
        <CameraButton />
        {roles.has('chair') ? (
          <BarButton
            icon={<IconGavel size={24} aria-hidden />}
            label={t('tab.control')}
            look="accent"
            onClick={() => setSheet('control')}
            testId="control"
          />
        ) : (
          <HandButton />
        )}
        <BarButton
          icon={<IconDots size={24} aria-hidden />}
          label={t('bar.more')}
          onClick={() => setSheet('menu')}
          testId="more"
        />
      </nav>
      <PhoneSheet
        opened={sheet !== null}
        sheet={sheet}
        onSheet={setSheet}
        onClose={() => setSheet(null)}
        onMedia={() => setMediaShown(true)}
        onRecord={record.show}
        onLeave={() => setLeaving(true)}
      />
      <LeaveQuestion opened={leaving} onClose={() => setLeaving(false)} />
      <MediaWindow opened={mediaShown} onClose={() => setMediaShown(false)} />
      <RecordWindows shown={record.shown} beside="all" onClose={() => record.show(null)} />
    </div>
  );
}
