import { useMay, useMyself, useRoom } from '../../../hooks/meeting/room.ts';
import { AnnouncedAbsences, readsAbsences } from '../absence/announced-absences.tsx';
import { GuestList } from '../guests/guest-list.tsx';
import { GuestPanel } from '../guests/guest-panel.tsx';
import { AbsenceStreaks } from './absence-streaks.tsx';
import { AttendanceDesk } from './attendance-desk.tsx';
import classes from './people.module.css';
import { PeopleList } from './people-list.tsx';
import { QuorumGauge } from './quorum-gauge.tsx';

/** Everybody in the meeting, and for officers and secretaries their hands on it. */
export function PeopleTab() {
  const { state, give } = useRoom();
  const may = useMay();
  const myself = useMyself();
  return (
    <div className={classes.people}>
      <QuorumGauge />
      {myself !== null && readsAbsences(state, myself) && (
        <AnnouncedAbsences state={state} person={myself} give={give} />
      )}
      <GuestPanel />
      {may('recordAttendance') ? <AttendanceDesk /> : <PeopleList />}
      <GuestList />
      <AbsenceStreaks />
    </div>
  );
}
