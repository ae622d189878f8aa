import type { QuorumMoment } from '@diemcau/shared/domain/quorum-history.ts';
import { recordFilePaths } from '@diemcau/shared/protocol/http.ts';
import { useEffect, useState } from 'react';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { timeOfDay } from '../../../hooks/meeting/time.ts';
import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';
import { useLocale } from '../../../hooks/meeting/use-text.ts';
import { useApp } from '../../../hooks/use-app.ts';
import absence from '../absence/absence.module.css';
import classes from './quorum.module.css';

/** When the number of official members changed, read from the log when somebody asks for it (ATT8). */
export function QuorumChanges() {
  const { state } = useRoom();
  const { session } = useApp();
  const t = useConductText();
  const locale = useLocale();
  const [opened, setOpened] = useState(false);
  const [moments, setMoments] = useState<readonly QuorumMoment[] | 'reading' | 'unread'>('reading');
  const meetingId = state.facts?.meetingId;
  useEffect(() => {
    if (!opened || meetingId === undefined) return;
    let wanted = true;
    const read = async () => {
      const answer = await session.fetchFile(recordFilePaths.log, { meetingId });
      const text = answer.ok ? await answer.value.content.text() : '';
      // The reader of the log comes with the first wish for it: most members never ask.
      const { quorumOfLog } = await import('../../../hooks/meeting/quorum-log.ts');
      if (wanted) setMoments(text === '' ? 'unread' : (quorumOfLog(text) ?? 'unread'));
    };
    void read();
    return () => {
      wanted = false;
    };
  }, [opened, meetingId, session]);
  return (
    <details onToggle={(event) => setOpened(event.currentTarget.open)} data-testid="quorum-changes">
      <summary className={absence.summary}>{t('quorum.changes')}</summary>
      {moments === 'reading' || moments === 'unread' ? (
        <p role="status">{t(`quorum.${moments}`)}</p>
      ) : (
        <ul className={classes.changes}>
          {moments.map((moment) => (
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
      )}
    </details>
  );
}
