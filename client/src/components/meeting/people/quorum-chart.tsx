import type { QuorumMoment } from '@diemcau/shared/domain/quorum-history.ts';
import { quorumSteps } from '../../../hooks/meeting/quorum-steps.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { timeOfDay } from '../../../hooks/meeting/time.ts';
import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';
import { useNow } from '../../../hooks/meeting/use-now.ts';
import { useLocale } from '../../../hooks/meeting/use-text.ts';
import classes from './quorum.module.css';

interface QuorumChartProps {
  readonly moments: readonly QuorumMoment[];
  /** Id of the list that says the same in words. */
  readonly describedBy: string;
}

/** Official members present as steps over time, against the quorum (ATT8). The list beside it is its text. */
export function QuorumChart({ moments, describedBy }: QuorumChartProps) {
  const { state } = useRoom();
  const t = useConductText();
  const locale = useLocale();
  const now = useNow(30_000);
  const quorum = state.facts?.rules.quorum ?? { numerator: 0, denominator: 1 };
  const steps = quorumSteps(moments, state.endedAt ?? now, quorum);
  if (steps === null) return null;
  const { from, to, top, need, least, most, ticks } = steps;
  const [begin, end] = [timeOfDay(from, locale), timeOfDay(to, locale)];
  return (
    <figure className={classes.chart} data-testid="quorum-chart">
      <div className={classes.legend} aria-hidden>
        <span className={classes.dashes} />
        {t('quorum.need', { ...quorum, count: need })}
      </div>
      <div className={classes.plot}>
        <svg
          className={classes.drawing}
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
          role="img"
          aria-label={t('quorum.chart', { from: begin, to: end, least, most })}
          aria-describedby={describedBy}
        >
          <path className={classes.ground} d={steps.ground} />
          <path className={classes.needed} d={steps.needed} />
          <path className={classes.present} d={steps.present} />
        </svg>
        <span className={classes.top} aria-hidden>
          {top}
        </span>
      </div>
      <div className={classes.times} aria-hidden>
        <span>{begin}</span>
        {ticks.map(({ at, left }) => (
          <span key={at} className={classes.tick} style={{ left: `${left}%` }}>
            {timeOfDay(at, locale)}
          </span>
        ))}
        <span>{end}</span>
      </div>
    </figure>
  );
}
