import type { GuestId } from '@diemcau/shared/ids.ts';
import { Button } from '@mantine/core';
import { useMay, useRoom } from '../../../hooks/meeting/room.ts';
import { timeOfDay } from '../../../hooks/meeting/time.ts';
import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useLocale } from '../../../hooks/meeting/use-text.ts';
import classes from '../people/people.module.css';

/** Guests by name and office, for all to see (ATT12). */
export function GuestList() {
  const { state } = useRoom();
  const t = useConductText();
  const locale = useLocale();
  const may = useMay();
  const { give, busy } = useGive();
  const guests = Object.entries(state.guests);
  if (guests.length === 0)
    return state.noGuests ? <p className={classes.figures}>{t('guest.none')}</p> : null;
  return (
    <section>
      <h3 className={classes.groupTitle}>
        {t('guest.title')} <span className={classes.count}>{guests.length}</span>
      </h3>
      <ul className={classes.list} data-testid="guests">
        {guests.map(([id, { name, office, to }]) => (
          <li key={id} className={classes.row}>
            <span className={classes.person}>
              <span className={classes.personName}>{name}</span>
              <span className={classes.tags}>
                {office}
                {to === null ? '' : ` · ${t('guest.leftAt', { time: timeOfDay(to, locale) })}`}
              </span>
            </span>
            {to === null && may('dismissGuest') && state.endedAt === null && (
              <Button
                variant="default"
                mih={48}
                loading={busy}
                aria-label={t('guest.leftNamed', { name })}
                onClick={() => void give({ type: 'dismissGuest', guest: id as GuestId })}
              >
                {t('guest.left')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
