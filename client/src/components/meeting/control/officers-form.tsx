import { isExcluded } from '@diemcau/shared/domain/presence.ts';
import { rollByName } from '@diemcau/shared/domain/selectors.ts';
import type { PersonId } from '@diemcau/shared/ids.ts';
import { NativeSelect } from '@mantine/core';
import { titleOf } from '../../../hooks/meeting/names.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import classes from './control.module.css';

/** Who keeps the minutes, and who takes the chair when its line is gone (CHAIR1). */
export function OfficersForm() {
  const { state } = useRoom();
  const t = useText();
  const { give } = useGive();
  const { officers } = state;
  if (officers === null) return null;
  const people = rollByName(state)
    .filter((entry) => !isExcluded(entry))
    .map((entry) => ({ value: entry.person as string, label: titleOf(state, entry.person) }));
  return (
    <section className={classes.sites}>
      <h3 className={classes.heading}>{t('control.officers')}</h3>
      <NativeSelect
        label={t('control.clerk')}
        value={officers.clerk}
        onChange={(event) =>
          void give({ type: 'nameOfficers', clerk: event.currentTarget.value as PersonId })
        }
        data={people}
      />
      <NativeSelect
        label={t('control.deputy')}
        value={officers.deputyChair ?? ''}
        onChange={(event) =>
          void give({
            type: 'nameOfficers',
            deputyChair: event.currentTarget.value === '' ? null : (event.currentTarget.value as PersonId),
          })
        }
        data={[{ value: '', label: t('control.none') }, ...people]}
      />
    </section>
  );
}
