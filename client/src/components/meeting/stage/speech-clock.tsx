import { useRoom } from '../../../hooks/meeting/room.ts';
import { clock } from '../../../hooks/meeting/time.ts';
import { useNow } from '../../../hooks/meeting/use-now.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import classes from './stage.module.css';

/** Who has the floor and for how long, the same on all screens. */
export function SpeechClock() {
  const { state } = useRoom();
  const t = useText();
  const now = useNow();
  const { speech, freeDiscussion } = state.speaking;
  if (speech === null) {
    return freeDiscussion === 'on' ? <div className={classes.speech}>{t('stage.free')}</div> : null;
  }
  const { startedAt, endsAt, request } = speech;
  const time =
    endsAt === null
      ? t('stage.speechRunning', { time: clock(now - startedAt) })
      : now <= endsAt
        ? t('stage.speechLeft', { time: clock(endsAt - now) })
        : t('stage.speechOver', { time: clock(now - endsAt) });
  return (
    <div
      className={classes.speech}
      data-over={endsAt !== null && now > endsAt ? 'yes' : 'no'}
      data-testid="floor"
    >
      <span className={classes.speechLabel}>{t('stage.floor')}</span>
      <strong>
        {request.name}
        {request.group === null ? '' : ` – ${t('queue.group', { group: request.group })}`}
      </strong>
      <span className={classes.speechTime}>{time}</span>
    </div>
  );
}
