import { currentItem, timeSpent } from '@diemcau/shared/domain/agenda.ts';
import type { ReactNode } from 'react';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { minutes } from '../../../hooks/meeting/time.ts';
import { useNow } from '../../../hooks/meeting/use-now.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import classes from './agenda.module.css';

/** The item that is discussed now, with its bar of time; the same on every screen (AGD2). */
export function CurrentItem({ children }: { readonly children?: ReactNode }) {
  const { state } = useRoom();
  const t = useText();
  const now = useNow();
  const item = currentItem(state);
  if (item === null) {
    const ended = state.phase === 'open' && state.agenda.some(({ state: itemState }) => itemState === 'done');
    return (
      <section className={classes.current} aria-label={t('agenda.current')} data-testid="current-item">
        <p className={classes.currentTitle}>{t(ended ? 'agenda.ended' : 'agenda.none')}</p>
        {children}
      </section>
    );
  }
  const spent = timeSpent(item, now);
  const planned = item.minutes * 60_000;
  const over = planned > 0 && spent > planned;
  const index = state.agenda.indexOf(item) + 1;
  return (
    <section className={classes.current} aria-label={t('agenda.current')} data-testid="current-item">
      <div className={classes.currentHead}>
        <p className={classes.currentTitle}>
          <span className={classes.number}>{index}.</span> {item.title}
        </p>
        <span className={classes.time} data-over={over ? 'yes' : 'no'}>
          {t('agenda.elapsed', { elapsed: minutes(spent), plan: item.minutes })}
          {over && ` · ${t('agenda.over', { minutes: minutes(spent - planned) })}`}
        </span>
      </div>
      <div
        className={classes.track}
        role="progressbar"
        aria-label={item.title}
        aria-valuemin={0}
        aria-valuemax={item.minutes}
        aria-valuenow={Math.min(minutes(spent), item.minutes)}
        data-over={over ? 'yes' : 'no'}
      >
        <div style={{ width: `${planned === 0 ? 0 : Math.min(100, (100 * spent) / planned)}%` }} />
      </div>
      {children}
    </section>
  );
}
