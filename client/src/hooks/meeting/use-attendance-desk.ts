import type { ClerkEntry } from '@diemcau/shared/domain/commands.ts';
import { attendanceOf } from '@diemcau/shared/domain/presence.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { PersonId } from '@diemcau/shared/ids.ts';
import { useState } from 'react';
import { useRoom } from './room.ts';
import { useGive } from './use-give.ts';

interface Step {
  readonly person: PersonId;
  readonly before: ClerkEntry;
}

/** The entry that would put a person back to what stands now. */
function presentEntry(state: MeetingState, person: PersonId): ClerkEntry {
  const { presence } = attendanceOf(state, person);
  switch (presence.mode) {
    case 'reconnecting':
      return { mode: 'remote' };
    case 'away':
      return { mode: 'away' };
    case 'absentExcused':
      return { mode: 'absentExcused', reason: state.absenceReasons[person] ?? '–' };
    default:
      return presence;
  }
}

/** The clerk's hands on the attendance: enter, and undo by another entry, so that the log keeps both (ATT3). */
export function useAttendanceDesk(): {
  readonly record: (person: PersonId, entry: ClerkEntry) => Promise<void>;
  readonly undo: () => Promise<void>;
  /** Whose entry `undo` would take back; null where there is none. */
  readonly lastPerson: PersonId | null;
} {
  const { state } = useRoom();
  const { give } = useGive();
  const [steps, setSteps] = useState<readonly Step[]>([]);
  const last = steps.at(-1) ?? null;
  return {
    record: async (person, entry) => {
      const before = presentEntry(state, person);
      const done = await give({ type: 'recordAttendance', person, entry });
      if (done) setSteps((all) => [...all, { person, before }]);
    },
    undo: async () => {
      if (last === null) return;
      const done = await give({ type: 'recordAttendance', person: last.person, entry: last.before });
      if (done) setSteps((all) => all.filter((step) => step !== last));
    },
    lastPerson: last?.person ?? null,
  };
}
