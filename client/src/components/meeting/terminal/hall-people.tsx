import { attendanceOf, isExcluded } from '@diemcau/shared/domain/presence.ts';
import { rollByName } from '@diemcau/shared/domain/selectors.ts';
import type { SiteId } from '@diemcau/shared/ids.ts';
import { Button, TextInput, UnstyledButton } from '@mantine/core';
import { IconCircle, IconCircleCheckFilled, IconClipboardCheck, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { plain, titleOf } from '../../../hooks/meeting/names.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { placedAt } from '../../../hooks/meeting/rosters.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import classes from './terminal.module.css';

/** The hall's people: tap a name to check in; names only, no reasons of absence (SITE4, ATT4). */
export function HallPeople({ site }: { readonly site: SiteId }) {
  const { state } = useRoom();
  const t = useText();
  const { give, busy } = useGive();
  const [wanted, setWanted] = useState('');
  const here = placedAt(state, site);
  const fits = (name: string) => plain(name).includes(plain(wanted));
  const others = rollByName(state).filter((entry) => {
    const { presence } = attendanceOf(state, entry.person);
    const elsewhere = presence.mode === 'onSite' && presence.site !== site;
    return !isExcluded(entry) && !here.includes(entry) && !elsewhere;
  });
  const provisional = here.filter((entry) => attendanceOf(state, entry.person).provisional).length;
  const confirmed = state.sites[site]?.rollCall === 'confirmed' && provisional === 0;
  return (
    <section className={classes.people} aria-label={t('terminal.people')} data-testid="hall-people">
      <div className={classes.peopleHead}>
        <h2>
          {t('terminal.people')} <span className={classes.count}>{here.length}</span>
        </h2>
        {state.phase === 'open' &&
          (confirmed ? (
            <span className={classes.done}>
              <IconCircleCheckFilled size={20} aria-hidden />
              {t('terminal.confirmed')}
            </span>
          ) : (
            <Button
              mih={48}
              loading={busy}
              leftSection={<IconClipboardCheck size={20} />}
              onClick={() => void give({ type: 'confirmSiteRollCall', site })}
              data-testid="confirm-roll"
            >
              {t('terminal.confirmRoll')}
            </Button>
          ))}
      </div>
      <ul className={classes.chips}>
        {here.map((entry) => (
          <li key={entry.person} className={classes.chip} data-here="yes" data-testid="hall-person-here">
            <IconCircleCheckFilled size={22} aria-hidden />
            {titleOf(state, entry.person)}
            <span className={classes.hidden}>, {t('terminal.here')}</span>
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <>
          <div className={classes.peopleHead}>
            <p className={classes.hint}>{t('terminal.checkIn')}</p>
            <TextInput
              aria-label={t('terminal.find')}
              placeholder={t('terminal.find')}
              leftSection={<IconSearch size={18} />}
              value={wanted}
              onChange={(event) => setWanted(event.currentTarget.value)}
              data-find
            />
          </div>
          <ul className={classes.chips}>
            {others
              .filter((entry) => fits(entry.name))
              .map((entry) => (
                <li key={entry.person}>
                  <UnstyledButton
                    className={classes.chip}
                    aria-label={t('terminal.checkInName', { name: titleOf(state, entry.person) })}
                    onClick={() => void give({ type: 'checkInAtSite', person: entry.person })}
                    data-testid="hall-person"
                  >
                    <IconCircle size={22} aria-hidden />
                    {titleOf(state, entry.person)}
                  </UnstyledButton>
                </li>
              ))}
          </ul>
        </>
      )}
    </section>
  );
}
