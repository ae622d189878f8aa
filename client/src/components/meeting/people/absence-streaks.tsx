import type { CellId } from '@diemcau/shared/ids.ts';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useRoles, useRoom } from '../../../hooks/meeting/room.ts';
import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import absence from '../absence/absence.module.css';
import classes from './people.module.css';

function Warnings({ cellId }: { readonly cellId: CellId }) {
  const t = useConductText();
  const { data } = useRoute('absenceStreaks', { params: { cellId } });
  // Nothing to say is no notice, and neither is a line that is down: this is beside the meeting.
  if (!data || data.warnings.length === 0) return null;
  return (
    <details data-testid="absence-streaks">
      <summary className={absence.summary}>
        {t('streak.title')} <span className={classes.count}>{data.warnings.length}</span>
      </summary>
      <p className={absence.detail}>{t('streak.hint')}</p>
      <ul className={classes.list}>
        {data.warnings.map((warning) => {
          const Icon = warning.level === 'breach' ? IconAlertTriangle : IconInfoCircle;
          const label = [warning.birthYear, warning.partyGroup].filter((part) => part !== null).join(', ');
          const reasons = [
            warning.excusedInRow >= 3 && t('streak.excused', { count: warning.excusedInRow }),
            warning.unexcusedInRow >= 3 && t('streak.unexcused', { count: warning.unexcusedInRow }),
            warning.monthsMissed >= 3 && t('streak.months', { count: warning.monthsMissed }),
          ].filter((reason) => reason !== false);
          return (
            <li key={warning.personId} className={classes.row}>
              <span className={classes.person}>
                <span className={classes.personName}>
                  {warning.name}
                  {label === '' ? '' : ` (${label})`}
                </span>
                <span className={classes.tags}>{reasons.join(' · ')}</span>
              </span>
              <span className={classes.badge} data-tone="open">
                <Icon size={18} aria-hidden />
                {t(`streak.${warning.level}`)}
              </span>
            </li>
          );
        })}
      </ul>
    </details>
  );
}

/** Repeated absence over past meetings: for the secretary's eyes alone (ATT6). */
export function AbsenceStreaks() {
  const { state } = useRoom();
  const roles = useRoles();
  const cellId = state.facts?.cellId;
  if (cellId === undefined || !roles.has('cellSecretary')) return null;
  return <Warnings cellId={cellId} />;
}
