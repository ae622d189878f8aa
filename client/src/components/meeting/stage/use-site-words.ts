import { peopleAt } from '@diemcau/shared/domain/selectors.ts';
import type { SiteId } from '@diemcau/shared/ids.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { placedAt } from '../../../hooks/meeting/rosters.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';

/** @returns a function that says of a hall how many of its people are there, or why nobody is to be seen. */
export function useSiteWords(): (site: SiteId) => string {
  const { state } = useRoom();
  const t = useText();
  return (id) => {
    const terminal = state.sites[id]?.terminal ?? null;
    const present = peopleAt(state, id).length;
    const total = placedAt(state, id).length;
    if (terminal === null && total === 0) return t('stage.siteClosed');
    if (terminal?.line === 'dark') return t('stage.siteDark');
    return t(present === total ? 'stage.siteAll' : 'stage.sitePresent', { present, total });
  };
}
