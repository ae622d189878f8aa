import { attendanceFigures } from '@diemcau/shared/domain/selectors.ts';
import { useMay, useRoom } from '../../../hooks/meeting/room.ts';
import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';
import classes from './quorum.module.css';
import { QuorumChanges } from './quorum-changes.tsx';

/** Official members present against the quorum: a gauge and a warning, no gate (ATT8). */
export function QuorumGauge() {
  const { state } = useRoom();
  const t = useConductText();
  const may = useMay();
  const { officialPresent, official, quorumReached } = attendanceFigures(state);
  const { numerator, denominator } = state.facts?.rules.quorum ?? { numerator: 0, denominator: 1 };
  if (state.openedAt === null || official === 0) return null;
  return (
    <section aria-label={t('quorum.title')} data-testid="quorum">
      <p className={classes.words}>
        {t('quorum.gauge', { present: officialPresent, official })} ·{' '}
        {t(quorumReached ? 'quorum.met' : 'quorum.short', { numerator, denominator })}
      </p>
      <meter
        className={classes.track}
        aria-label={t('quorum.title')}
        min={0}
        max={official}
        low={Math.ceil((official * numerator) / denominator)}
        optimum={official}
        value={officialPresent}
      />
      {may('recordAttendance') && <QuorumChanges />}
    </section>
  );
}
