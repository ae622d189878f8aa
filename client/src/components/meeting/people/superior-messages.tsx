import { useRoom } from '../../../hooks/meeting/room.ts';
import { timeOfDay } from '../../../hooks/meeting/time.ts';
import { useLocale } from '../../../hooks/meeting/use-text.ts';
import { useWallText } from '../../../hooks/wall/use-wall-text.ts';
import classes from './people.module.css';

/** Words of superiors to the chair, each as from whom to whom; only officers and the sender know them. */
export function SuperiorMessages() {
  const { state } = useRoom();
  const t = useWallText();
  const locale = useLocale();
  if (state.messages.length === 0) return null;
  return (
    <section data-testid="superior-messages">
      <h3 className={classes.groupTitle}>{t('openness.messages')}</h3>
      <ul className={classes.list}>
        {state.messages.map(({ id, name, office, to, text, at }) => (
          <li key={id} className={classes.row}>
            <span className={classes.person}>
              <span className={classes.tags}>
                {timeOfDay(at, locale)} · {t('openness.message', { name, office, cells: to.join(', ') })}
              </span>
              <span>{text}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
