import type { RollEntry } from '@diemcau/shared/domain/roster.ts';
import { titleOf } from '../../../hooks/meeting/names.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import classes from './people.module.css';

/** A member's name with what they are in this meeting. */
export function PersonName({ entry }: { readonly entry: RollEntry }) {
  const { state } = useRoom();
  const t = useText();
  const { chair, deputyChair, clerk } = state.officers ?? {};
  const parts = [
    entry.person === chair && t('people.chair'),
    entry.person === deputyChair && t('people.deputyChair'),
    entry.person === clerk && t('people.clerk'),
    Object.values(state.sites).some((site) => site.teller === entry.person) && t('people.teller'),
    entry.office !== null && entry.person !== chair && t(`people.office.${entry.office}`),
    entry.standing !== 'official' && t(`people.standing.${entry.standing}`),
  ].filter((part) => part !== false);
  return (
    <span className={classes.person}>
      <span className={classes.personName}>{titleOf(state, entry.person)}</span>
      {parts.length > 0 && <span className={classes.tags}>{parts.join(' · ')}</span>}
    </span>
  );
}
