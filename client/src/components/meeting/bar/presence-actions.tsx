import { attendanceOf, isPersonPresent } from '@diemcau/shared/domain/presence.ts';
import { IconArrowBackUp, IconClockPause, IconDoorExit } from '@tabler/icons-react';
import { useMyself, useRoom } from '../../../hooks/meeting/room.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { LateQuestion } from '../chrome/late-question.ts';
import { MenuEntry } from './menu-entry.tsx';

/** The plain question before leaving. It stands beside the menu that asks for it: a menu closes when one turns away. */
export function LeaveQuestion({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const { exit } = useRoom();
  const t = useText();
  const { give } = useGive();
  return (
    <LateQuestion
      opened={opened}
      title={t('bar.leaveQuestion')}
      hint={t('bar.leaveHint')}
      confirm={t('bar.leave')}
      onConfirm={() =>
        void give({ type: 'leaveMeeting' }).then((done) => {
          if (done) exit();
        })
      }
      onClose={onClose}
    />
  );
}

interface PresenceActionsProps {
  /** Something was done: the menu has served its turn. */
  readonly onDone: () => void;
  /** Leaving is wished: {@link LeaveQuestion} asks. */
  readonly onLeave: () => void;
}

/** Steps away on duty, comes back, leaves; a superior stops attending. */
export function PresenceActions({ onDone, onLeave }: PresenceActionsProps) {
  const { state, as, exit } = useRoom();
  const t = useText();
  const myself = useMyself();
  const { give, busy } = useGive();
  if (myself === null) return null;
  if (as.kind === 'superior') {
    return (
      <MenuEntry leftSection={<IconDoorExit size={20} />} onClick={exit}>
        {t('superior.leave')}
      </MenuEntry>
    );
  }
  if (!isPersonPresent(state, myself)) return null;
  const away = attendanceOf(state, myself).presence.mode === 'away';
  return (
    <>
      <MenuEntry
        variant={away ? 'filled' : 'default'}
        loading={busy}
        leftSection={away ? <IconArrowBackUp size={20} /> : <IconClockPause size={20} />}
        onClick={() => {
          void give({ type: away ? 'comeBack' : 'stepAway' });
          onDone();
        }}
        data-testid="away"
      >
        {t(away ? 'bar.back' : 'bar.away')}
      </MenuEntry>
      <MenuEntry leftSection={<IconDoorExit size={20} />} onClick={onLeave} data-testid="leave">
        {t('bar.leave')}
      </MenuEntry>
    </>
  );
}
