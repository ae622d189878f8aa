import { isInPersonOnly } from '@diemcau/shared/domain/electorate.ts';
import { isLive } from '@diemcau/shared/domain/phase.ts';
import { attendanceOf, placeOf } from '@diemcau/shared/domain/presence.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { PersonId } from '@diemcau/shared/ids.ts';
import type { MediaOwner } from '@diemcau/shared/protocol/media.ts';
import { ok, type RefusalCode, type Result, refused } from '@diemcau/shared/result.ts';
import type { PeerCloseReason } from '../media/port.ts';
import type { Admission } from './admission.ts';

/**
 * Whose picture and sound a seat may carry, by the durable attendance: a remote member's, an attending superior's, the
 * hall's through its present terminal. Companion devices of people in a hall carry none (ATT13); while the current item is
 * dealt with in the rooms alone, only the halls have any (AGD5).
 */
export function mediaOwnerOf(state: MeetingState, { actor }: Admission): Result<MediaOwner> {
  if (!isLive(state)) return refused('mediaNotAllowed');
  switch (actor.kind) {
    case 'terminal': {
      const speaksForSite = state.sites[actor.site]?.terminal?.id === actor.terminal;
      return speaksForSite ? ok({ kind: 'site', site: actor.site }) : refused('mediaNotAllowed');
    }
    case 'superior':
      return state.superiors[actor.person] ? fromAfar(state, actor.person) : refused('mediaNotAllowed');
    case 'person': {
      const place = placeOf(attendanceOf(state, actor.person).presence);
      if (!place) return refused('mediaNotAllowed');
      return place.mode === 'remote' ? fromAfar(state, actor.person) : refused('companionHasNoMedia');
    }
    default: {
      const never: never = actor;
      throw new Error(`unknown actor ${JSON.stringify(never)}`);
    }
  }
}

function fromAfar(state: MeetingState, person: PersonId): Result<MediaOwner> {
  return isInPersonOnly(state) ? refused('inPersonOnly') : ok({ kind: 'person', person });
}

/** Why media that were open are closed, in the words of the engine. */
export function closeReasonOf(code: RefusalCode): Exclude<PeerCloseReason, 'left'> {
  if (code === 'companionHasNoMedia') return 'siteWins';
  return code === 'inPersonOnly' ? 'inPersonOnly' : 'notEntitled';
}
