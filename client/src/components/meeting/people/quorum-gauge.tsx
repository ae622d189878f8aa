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
      <div
        className={classes.track}
        role="meter"
        aria-label={t('quorum.title')}
        aria-valuemin={0}
        aria-valuemax={official}
        aria-valuenow={officialPresent}
        data-quorum={quorumReached ? 'met' : 'short'}
      >
        <div style={{ width: `${(100 * officialPresent) / official}%` }} />
        <span style={{ left: `${(100 * numerator) / denominator}%` }} aria-hidden />
      </div>
      {may('recordAttendance') && <QuorumChanges />}
    </section>
  );
}
