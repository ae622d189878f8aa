import { Empty } from '../../components/states.tsx';
import { useHome } from '../../hooks/use-home.ts';
import { useWallText } from '../../hooks/wall/use-wall-text.ts';
import { useEntries } from '../../hooks/wall/wall.ts';
import { isLive } from '../../store/wall-order.ts';
import classes from './wall.module.css';

/** Why there are no tiles: nobody assigned, nothing in session, or all of it chosen away. */
export function WallEmpty() {
  const t = useWallText();
  const home = useHome();
  const entries = useEntries();
  const coming = [...entries.values()].filter((entry) => !isLive(entry)).length;
  const assigned = home.data === undefined || home.data.superiorOf.length > 0;
  return (
    <div className={classes.empty} data-testid="wall-empty">
      <Empty>
        {!assigned
          ? t('empty.none')
          : entries.size === 0
            ? t('empty.nothing')
            : t('empty.notLive', { count: coming })}
      </Empty>
    </div>
  );
}
