import { isLive } from '@diemcau/shared/domain/phase.ts';
import { isExcluded } from '@diemcau/shared/domain/presence.ts';
import type { RollEntry } from '@diemcau/shared/domain/roster.ts';
import { rollByName } from '@diemcau/shared/domain/selectors.ts';
import { useMemo } from 'react';
import { useMyself, useRoles, useRoom } from './room.ts';

/** @returns for whom the viewer may issue a code on the spot (ID1); empty for who issues none. The server decides. */
export function useCodeTakers(): readonly RollEntry[] {
  const { state } = useRoom();
  const roles = useRoles();
  const myself = useMyself();
  return useMemo(() => {
    const heads = roles.has('cellSecretary') || roles.has('deputySecretary');
    if (!heads && !roles.has('siteResponsible')) return [];
    if (!isLive(state) && state.phase !== 'summoned') return [];
    const { chair, deputyChair, clerk } = state.officers ?? {};
    const inOffice = ({ person, office }: RollEntry) =>
      office !== null || person === chair || person === deputyChair || person === clerk;
    return rollByName(state).filter(
      (entry) =>
        entry.person !== myself &&
        !isExcluded(entry) &&
        entry.standing !== 'temporaryIn' &&
        (heads || !inOffice(entry)),
    );
  }, [state, roles, myself]);
}
