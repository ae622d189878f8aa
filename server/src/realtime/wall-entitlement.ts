import { isInPersonOnly } from '@diemcau/shared/domain/electorate.ts';
import { isLive } from '@diemcau/shared/domain/phase.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { PersonId } from '@diemcau/shared/ids.ts';
import type { WallClosedReason } from '@diemcau/shared/protocol/wall-media.ts';

/**
 * Why a wall may receive nothing of a meeting now; null where it may. It may only what the meeting shows its members: a live
 * meeting, an attendance of this superior in the durable state (SUP1), and no item dealt with in the rooms alone (AGD5).
 * @param state durable; null for a meeting that is not known.
 */
export function wallRefusal(state: MeetingState | null, person: PersonId): WallClosedReason | null {
  if (state === null || !state.facts) return 'notEntitled';
  if (!isLive(state)) return 'over';
  if (state.superiors[person] === undefined) {
    return state.superiorsBefore.some((before) => before.person === person) ? 'left' : 'notEntitled';
  }
  return isInPersonOnly(state) ? 'inPersonOnly' : null;
}
