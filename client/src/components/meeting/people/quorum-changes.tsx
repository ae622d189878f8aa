import { useId, useState } from 'react';
import { toldMoments } from '../../../hooks/meeting/quorum-steps.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { timeOfDay } from '../../../hooks/meeting/time.ts';
import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';
import { useQuorumMoments } from '../../../hooks/meeting/use-quorum-moments.ts';
import { useLocale } from '../../../hooks/meeting/use-text.ts';
import absence from '../absence/absence.module.css';
import classes from './quorum.module.css';
import { QuorumChart } from './quorum-chart.tsx';

/** When the number of official members changed, read from the log when somebody asks for it (ATT8). */
export function QuorumChanges() {
  const { state } = useRoom();
  const t = useConductText();
  const locale = useLocale();
  const [looking, setLooking] = useState<'yes' | 'no'>('no');
  const moments = useQuorumMoments(looking);
  const list = useId();
  return (
    <details
      onToggle={(event) => setLooking(event.currentTarget.open ? 'yes' : 'no')}
      data-testid="quorum-changes"
    >
      <summary className={absence.summary}>{t('quorum.changes')}</summary>
      {moments === 'reading' || moments === 'unread' ? (
        <p role="status">{t(`quorum.${moments}`)}</p>
      ) : (
        <>
          <QuorumChart moments={moments} describedBy={list} />
          <ul id={list} className={classes.changes}>
            {toldMoments(moments).map((moment) => (
              <li key={`${moment.at}-${moment.officialPresent}`}>
                {t('quorum.row', {
                  time: timeOfDay(moment.at, locale),
                  present: moment.officialPresent,
                  official: moment.official,
                })}{' '}
                ·{' '}
                {t(moment.reached ? 'quorum.met' : 'quorum.short', {
                  numerator: state.facts?.rules.quorum.numerator ?? 0,
                  denominator: state.facts?.rules.quorum.denominator ?? 1,
                })}
              </li>
            ))}
          </ul>
        </>
      )}
    </details>
  );
}
