import { permissions, rolesOf } from '@diemcau/shared/domain/permissions.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { PersonId } from '@diemcau/shared/ids.ts';

/** @returns whether the person reads announced absences: secretaries answer them, officers record them (ATT7, ATT11). */
export function readsAbsences(state: MeetingState, person: PersonId): boolean {
  const roles = rolesOf(state, { kind: 'person', person });
  return [...permissions.answerAbsence, ...permissions.recordAttendance].some((role) => roles.has(role));
}
