import { isLive } from '@diemcau/shared/domain/phase.ts';
import { attendanceOf, placeOf } from '@diemcau/shared/domain/presence.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { MediaOwner } from '@diemcau/shared/protocol/media.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { Admission } from './admission.ts';

/**
 * Whose picture and sound a seat may carry, by the durable attendance: a remote member's, an attending superior's, the
 * hall's through its present terminal. Companion devices of people in a hall carry none (ATT13).
 */
export function mediaOwnerOf(state: MeetingState, { actor }: Admission): Result<MediaOwner> {
  if (!isLive(state)) return refused('mediaNotAllowed');
  switch (actor.kind) {
    case 'terminal': {
      const speaksForSite = state.sites[actor.site]?.terminal?.id === actor.terminal;
      return speaksForSite ? ok({ kind: 'site', site: actor.site }) : refused('mediaNotAllowed');
    }
    case 'superior':
      return state.superiors[actor.person]
        ? ok({ kind: 'person', person: actor.person })
        : refused('mediaNotAllowed');
    case 'person': {
      const place = placeOf(attendanceOf(state, actor.person).presence);
      if (!place) return refused('mediaNotAllowed');
      return place.mode === 'remote'
        ? ok({ kind: 'person', person: actor.person })
        : refused('companionHasNoMedia');
    }
    default: {
      const never: never = actor;
      throw new Error(`unknown actor ${JSON.stringify(never)}`);
    }
  }
}
