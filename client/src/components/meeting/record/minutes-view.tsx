import { isOver } from '@diemcau/shared/domain/phase.ts';
import { useMay, useRoom } from '../../../hooks/meeting/room.ts';
import { useMinutes } from '../../../hooks/meeting/use-minutes.ts';
import { useRecordText } from '../../../hooks/meeting/use-record-text.ts';
import { MinutesPaper } from './minutes-paper.tsx';
import { MinutesSteps } from './minutes-steps.tsx';
import classes from './record.module.css';
import { RecordFiles } from './record-files.tsx';
import { Supplements } from './supplement.tsx';

/** Biên bản at any moment: a draft that follows the meeting, the clerk's wording, adoption, close, seal, files. */
export function MinutesView({ onVote }: { readonly onVote?: (() => void) | undefined }) {
  const { state } = useRoom();
  const t = useRecordText();
  const may = useMay();
  const minutes = useMinutes();
  if (minutes === null) return null;
  const words = may('wordMinutes') && !state.minutesAdopted && !isOver(state);
  return (
    <div className={classes.view} data-testid="minutes">
      <div className={classes.bar}>
        <div>
          <p className={classes.status} data-testid="minutes-status">
            {t(`minutes.status.${minutes.status}`)}
          </p>
          <p className={classes.hint}>{t(words ? 'minutes.fixed' : 'minutes.reading')}</p>
        </div>
        <MinutesSteps onVote={onVote} />
      </div>
      <Supplements />
      <MinutesPaper minutes={minutes} hand={words ? 'words' : 'reads'} />
      <RecordFiles />
    </div>
  );
}
