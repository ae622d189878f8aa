import type { MeetingView } from '@diemcau/shared/protocol/http.ts';
import { Button } from '@mantine/core';
import { IconUserOff } from '@tabler/icons-react';
import { useState } from 'react';
import { lateWindow } from '../../components/late.tsx';
import { useConductText } from '../../hooks/meeting/use-conduct-text.ts';

const AbsenceWindow = lateWindow(async () => (await import('./absence-window.tsx')).AbsenceWindow);

/** Báo vắng, from the list of meetings that come (ATT7). */
export function AnnounceAbsence({ meeting }: { readonly meeting: MeetingView }) {
  const t = useConductText();
  const [opened, setOpened] = useState(false);
  if (meeting.phase !== 'summoned' || meeting.role === 'superior') return null;
  return (
    <>
      <Button
        variant="subtle"
        mih={48}
        leftSection={<IconUserOff size={20} aria-hidden />}
        aria-label={t('absence.announceTo', { title: meeting.title })}
        onClick={() => setOpened(true)}
      >
        {t('absence.announce')}
      </Button>
      <AbsenceWindow meetingId={meeting.id} opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}
