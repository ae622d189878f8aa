import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useCodeTakers } from '../../../hooks/meeting/member-codes.ts';
import { readsAbsences } from '../../../hooks/meeting/reads-absences.ts';
import { useMay, useMyself, useRoom } from '../../../hooks/meeting/room.ts';
import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';
import { AnnouncedAbsences } from '../absence/announced-absences.tsx';
import { GuestList } from '../guests/guest-list.tsx';
import { GuestPanel } from '../guests/guest-panel.tsx';
import { OnSiteSuperiors } from '../superiors/on-site-superiors.tsx';
import { SuperiorPanel } from '../superiors/superior-panel.tsx';
import { AbsenceStreaks } from './absence-streaks.tsx';
import { AttendanceDesk } from './attendance-desk.tsx';
import { type CodeFor, MemberCodeWindow } from './member-code.tsx';
import classes from './people.module.css';
import { PeopleList } from './people-list.tsx';
import { QuorumGauge } from './quorum-gauge.tsx';
import { SuperiorMessages } from './superior-messages.tsx';

/** Everybody in the meeting, and for officers and secretaries their hands on it. */
export function PeopleTab() {
  const { state, give } = useRoom();
  const may = useMay();
  const myself = useMyself();
  const t = useConductText();
  const takers = useCodeTakers();
  const [codeFor, setCodeFor] = useState<CodeFor | null>(null);
  return (
    <div className={classes.people}>
      <QuorumGauge />
      {myself !== null && readsAbsences(state, myself) && (
        <AnnouncedAbsences state={state} person={myself} give={give} />
      )}
      <SuperiorPanel />
      <SuperiorMessages />
      <GuestPanel />
      {takers.length > 0 && (
        <Button
          variant="default"
          mih={48}
          leftSection={<IconKey size={20} aria-hidden />}
          onClick={() => setCodeFor('choose')}
          data-testid="open-member-code"
        >
          {t('code.open')}
        </Button>
      )}
      <MemberCodeWindow
        wanted={codeFor}
        onChoose={() => setCodeFor('choose')}
        onClose={() => setCodeFor(null)}
      />
      {may('recordAttendance') ? (
        <AttendanceDesk
          codeTakers={takers}
          onCode={setCodeFor}
          codeWindow={codeFor === null ? 'closed' : 'open'}
        />
      ) : (
        <PeopleList />
      )}
      <OnSiteSuperiors />
      <GuestList />
      <AbsenceStreaks />
    </div>
  );
}
