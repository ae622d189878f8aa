import { isResponsibleFor } from '@diemcau/shared/domain/permissions.ts';
import { attendanceOf, isSummoned } from '@diemcau/shared/domain/presence.ts';
import { rollByName, sitesInOrder } from '@diemcau/shared/domain/selectors.ts';
import { Button } from '@mantine/core';
import { IconCircleCheck, IconClipboardCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { namesOf } from '../../../hooks/meeting/names.ts';
import { useMay, useMyself, useRoles, useRoom } from '../../../hooks/meeting/room.ts';
import { placedAt } from '../../../hooks/meeting/rosters.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { Question } from '../chrome/question.tsx';
import classes from './people.module.css';

/** The roll call, site by site, and its end (ATT3, ATT10). */
export function RollCall() {
  const { state } = useRoom();
  const t = useText();
  const may = useMay();
  const roles = useRoles();
  const myself = useMyself();
  const { give, busy } = useGive();
  const [asking, setAsking] = useState(false);
  if (state.phase !== 'open') return null;
  const missing = rollByName(state)
    .filter((entry) => isSummoned(state, entry))
    .filter((entry) => attendanceOf(state, entry.person).presence.mode === 'expected')
    .map((entry) => entry.person);
  return (
    <section className={classes.roll} aria-label={t('roll.title')}>
      <p className={classes.rollTitle}>{t(state.rollCall === 'done' ? 'roll.done' : 'roll.pending')}</p>
      <ul className={classes.list}>
        {sitesInOrder(state).map((site) => {
          const here = placedAt(state, site.id);
          const provisional = here.filter((entry) => attendanceOf(state, entry.person).provisional).length;
          const settled = site.rollCall === 'confirmed' && provisional === 0;
          const mine = myself !== null && isResponsibleFor(state, myself, site.id);
          return (
            <li key={site.id} className={classes.rollRow}>
              <span>
                {t('roll.site', { site: site.name, present: here.length - provisional, total: here.length })}
              </span>
              {settled ? (
                <span className={classes.badge} data-tone="here">
                  <IconCircleCheck size={16} aria-hidden />
                  {t('roll.confirmed')}
                </span>
              ) : roles.has('minutesClerk') || mine ? (
                <Button
                  variant="default"
                  mih={44}
                  size="compact-md"
                  loading={busy}
                  onClick={() => void give({ type: 'confirmSiteRollCall', site: site.id })}
                  aria-label={t('roll.confirm', { site: site.name })}
                >
                  {t('roll.confirmShort')}
                </Button>
              ) : (
                <span className={classes.badge} data-tone="open">
                  {t('roll.waiting')}
                </span>
              )}
            </li>
          );
        })}
      </ul>
      {state.rollCall === 'pending' && may('completeRollCall') && (
        <Button
          fullWidth
          mih={48}
          leftSection={<IconClipboardCheck size={20} />}
          loading={busy}
          onClick={() => setAsking(true)}
        >
          {t('roll.complete')}
        </Button>
      )}
      <Question
        opened={asking}
        title={t('roll.completeQuestion')}
        hint={
          missing.length === 0
            ? t('roll.completeAll')
            : t('roll.completeHint', { names: namesOf(state, missing, t, 30) })
        }
        confirm={t('roll.complete')}
        onConfirm={() => void give({ type: 'completeRollCall' })}
        onClose={() => setAsking(false)}
      />
    </section>
  );
}
