import { nameOf } from '@diemcau/shared/domain/selectors.ts';
import type { MediaOwner } from '@diemcau/shared/protocol/media.ts';
import { useCallback, useMemo } from 'react';
import { useRoom } from './room.ts';

/** @returns as whom this device sends: a person, or a hall. */
export function useMyOwner(): MediaOwner {
  const { as } = useRoom();
  return useMemo(
    () => (as.kind === 'terminal' ? { kind: 'site', site: as.site } : { kind: 'person', person: as.person }),
    [as],
  );
}

/** @returns a function that gives an owner's name in this meeting. */
export function useOwnerName(): (owner: MediaOwner) => string {
  const { state } = useRoom();
  return useCallback(
    (owner) => (owner.kind === 'site' ? (state.sites[owner.site]?.name ?? '') : nameOf(state, owner.person)),
    [state],
  );
}
