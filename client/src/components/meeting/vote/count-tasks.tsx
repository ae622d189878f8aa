import { mayEnterCount } from '@diemcau/shared/domain/count.ts';
import type { VoteState } from '@diemcau/shared/domain/state.ts';
import type { SiteId } from '@diemcau/shared/ids.ts';
import { useMyself, useRoles, useRoom } from '../../../hooks/meeting/room.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { late } from '../../late.tsx';
import classes from './vote.module.css';

const CountConfirm = late(async () => (await import('./count-confirm.tsx')).CountConfirm);
const CountEntry = late(async () => (await import('./count-entry.tsx')).CountEntry);

/** What a member who is no officer has to do with the counts: enter one as teller, confirm one as second person. */
export function CountTasks({ vote }: { readonly vote: VoteState }) {
  const { state } = useRoom();
  const t = useText();
  const myself = useMyself();
  const roles = useRoles();
  if (myself === null || vote.phase !== 'open' || roles.has('chair') || roles.has('minutesClerk'))
    return null;
  const counted = vote.units.flatMap((unit) =>
    unit.method === 'byTeller' && unit.unit !== 'remote' ? [unit.unit] : [],
  );
  const toConfirm = counted.filter(
    (site: SiteId) =>
      vote.counts[site]?.confirmedBy === null && vote.figures[site]?.confirmers.includes(myself) === true,
  );
  const toEnter = counted.filter(
    (site) =>
      vote.counts[site]?.confirmedBy == null &&
      !toConfirm.includes(site) &&
      mayEnterCount(state, { kind: 'person', person: myself }, site) !== null,
  );
  return (
    <>
      {toConfirm.map((site) => (
        <CountConfirm key={site} vote={vote} site={site} />
      ))}
      {toEnter.map((site) => (
        <details key={site} className={classes.task} open={vote.counts[site] === undefined}>
          <summary>{t('terminal.countTitle', { site: state.sites[site]?.name ?? '' })}</summary>
          <CountEntry vote={vote} site={site} size="device" />
        </details>
      ))}
    </>
  );
}
