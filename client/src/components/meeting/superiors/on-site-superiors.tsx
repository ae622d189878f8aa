import '../../../i18n/oversight-texts.ts';
import { keysOf } from '@diemcau/shared/domain/evolution.ts';
import type { OnSiteSuperiorId } from '@diemcau/shared/ids.ts';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMay, useRoom } from '../../../hooks/meeting/room.ts';
import { timeOfDay } from '../../../hooks/meeting/time.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useLocale } from '../../../hooks/meeting/use-text.ts';
import classes from '../people/people.module.css';

/** Superiors in the halls: always seen by all, as those who attend from afar are (SUP9). */
export function OnSiteSuperiors() {
  const { state } = useRoom();
  const { t } = useTranslation('oversight');
  const superiors = keysOf(state.onSiteSuperiors);
  if (superiors.length === 0) return null;
  return (
    <section data-testid="on-site-superiors">
      <h3 className={classes.groupTitle}>
        {t('hall.title')} <span className={classes.count}>{superiors.length}</span>
      </h3>
      <ul className={classes.list}>
        {superiors.map((id) => (
          <OnSiteRow key={id} id={id} />
        ))}
      </ul>
    </section>
  );
}

function OnSiteRow({ id }: { readonly id: OnSiteSuperiorId }) {
  const { state } = useRoom();
  const { t } = useTranslation('oversight');
  const locale = useLocale();
  const may = useMay();
  const { give, busy } = useGive();
  const superior = state.onSiteSuperiors[id];
  if (!superior) return null;
  const { name, office, site, to } = superior;
  const hall = site === null ? undefined : state.sites[site]?.name;
  const words = [
    office,
    hall === undefined ? t('hall.here') : t('hall.at', { site: hall }),
    ...(to === null ? [] : [t('hall.leftAt', { time: timeOfDay(to, locale) })]),
  ].join(' · ');
  return (
    <li className={classes.row} data-testid="on-site-superior">
      <span className={classes.person}>
        <span className={classes.personName}>{name}</span>
        <span className={classes.tags}>{words}</span>
      </span>
      {to === null && may('dismissSuperior') && state.endedAt === null && (
        <Button
          variant="default"
          mih={48}
          flex="none"
          loading={busy}
          aria-label={t('hall.leftNamed', { name })}
          onClick={() => void give({ type: 'dismissSuperior', id })}
        >
          {t('hall.left')}
        </Button>
      )}
    </li>
  );
}
