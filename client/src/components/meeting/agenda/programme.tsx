import { timeSpent } from '@diemcau/shared/domain/agenda.ts';
import { agendaTime } from '@diemcau/shared/domain/selectors.ts';
import type { AgendaItem } from '@diemcau/shared/domain/state.ts';
import {
  IconCircle,
  IconCircleCheck,
  IconCircleMinus,
  IconClockPause,
  IconPlayerPlayFilled,
} from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useMay, useRoom } from '../../../hooks/meeting/room.ts';
import { minutes } from '../../../hooks/meeting/time.ts';
import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';
import { useNow } from '../../../hooks/meeting/use-now.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import classes from './agenda.module.css';
import { AgendaControls } from './agenda-controls.tsx';
import { ItemMenu } from './item-menu.tsx';

/** AGD3: a notice, no block. */
const expectedMinutes = 90;

const icons = {
  pending: IconCircle,
  current: IconPlayerPlayFilled,
  done: IconCircleCheck,
  skipped: IconCircleMinus,
  deferred: IconClockPause,
};

function Row({
  item,
  index,
  now,
}: {
  readonly item: AgendaItem;
  readonly index: number;
  readonly now: number;
}) {
  const t = useText();
  const conduct = useConductText();
  const may = useMay();
  const Icon = icons[item.state];
  const spent = timeSpent(item, now);
  const row = useRef<HTMLLIElement>(null);
  // What is discussed now is in sight, however long the programme is.
  useEffect(() => {
    if (item.state === 'current') row.current?.scrollIntoView({ block: 'nearest' });
  }, [item.state]);
  const stateName = item.state === 'current' ? t('agenda.stateCurrent') : t(`agenda.${item.state}`);
  return (
    <li
      ref={row}
      className={classes.row}
      data-state={item.state}
      aria-current={item.state === 'current' ? 'step' : undefined}
      data-testid="agenda-item"
    >
      <Icon size={20} className={classes.icon} aria-hidden />
      <div className={classes.rowText}>
        <span className={classes.rowTitle}>
          {index}. {item.title}
        </span>
        <span className={classes.rowDetail}>
          {stateName}
          {' · '}
          {item.state === 'pending'
            ? t('agenda.minutes', { count: item.minutes })
            : t('agenda.planActual', { plan: item.minutes, actual: minutes(spent) })}
          {item.presenter === null ? '' : ` · ${t('agenda.presenter', { name: item.presenter })}`}
        </span>
        {(item.inPersonOnly || item.carriedOver) && (
          <span className={classes.rowDetail} data-testid="item-labels">
            {[
              item.inPersonOnly && conduct('agenda.inPerson'),
              item.carriedOver && conduct('agenda.carriedOver'),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        )}
        {item.papers.length > 0 && (
          <span className={classes.rowDetail}>
            {conduct('agenda.papers')}: {item.papers.map(({ title }) => title).join('; ')}
          </span>
        )}
        {item.draftDecision !== null && (
          <details className={classes.draft}>
            <summary>{t('agenda.draft')}</summary>
            <p>{item.draftDecision}</p>
          </details>
        )}
      </div>
      {may('moveAgenda') && <ItemMenu item={item} />}
    </li>
  );
}

/** The programme with states and times, planned against actual; with hands on it for the chair. */
export function Programme({ heading = 'shown' }: { readonly heading?: 'shown' | 'elsewhere' }) {
  const { state } = useRoom();
  const t = useText();
  const conduct = useConductText();
  const now = useNow(5000);
  const { planned, spent, over } = agendaTime(state, now);
  return (
    <section className={classes.programme} aria-labelledby="programme-title">
      <h2 id="programme-title" className={heading === 'shown' ? classes.heading : classes.hidden}>
        {t('agenda.title')}
      </h2>
      <p className={classes.total}>
        {t('agenda.total', { plan: minutes(planned), actual: minutes(spent) })}
        {over >= 60_000 && ` · ${t('agenda.over', { minutes: minutes(over) })}`}
      </p>
      {state.agenda.length > 0 && minutes(planned) < expectedMinutes && (
        <p className={classes.total} data-testid="short-programme">
          {conduct('agenda.short', { planned: minutes(planned) })}
        </p>
      )}
      {state.agenda.length === 0 ? (
        <p className={classes.total}>{t('agenda.empty')}</p>
      ) : (
        <ol className={classes.list}>
          {state.agenda.map((item, index) => (
            <Row key={item.id} item={item} index={index + 1} now={now} />
          ))}
        </ol>
      )}
      <AgendaControls />
    </section>
  );
}
