import type { RemoteMedia } from '../../../hooks/meeting/media.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { SharedScreen } from './shared-screen.tsx';
import classes from './stage.module.css';
import { TileGrid } from './tile-grid.tsx';
import { allTiles } from './tiles.ts';

/** Narrowest tiles, pixels: names must be readable. */
const narrowest = {
  phone: { site: 150, person: 150 },
  computer: { site: 260, person: 150 },
} as const;

interface GridLayoutProps {
  readonly device: 'phone' | 'computer';
  readonly screen: RemoteMedia | undefined;
}

/** Halls as large tiles, people on own devices as small ones, in pages. */
export function GridLayout({ device, screen }: GridLayoutProps) {
  const { state } = useRoom();
  const t = useText();
  const tiles = allTiles(state);
  const sites = tiles.filter(({ kind }) => kind === 'site');
  const people = tiles.filter(({ kind }) => kind !== 'site');
  const least = narrowest[device];
  return (
    <div
      className={classes.parts}
      data-device={device}
      data-people={people.length > 12 ? 'crowd' : people.length > 4 ? 'many' : 'few'}
    >
      {screen && (
        <div className={classes.partScreen}>
          <SharedScreen screen={screen} />
        </div>
      )}
      {sites.length > 0 && (
        <div className={classes.partSites}>
          <TileGrid tiles={sites} look="medium" narrowest={least.site} testId="grid-sites" />
        </div>
      )}
      {people.length > 0 && (
        <div className={classes.partPeople}>
          <TileGrid tiles={people} look="small" narrowest={least.person} testId="grid-people" />
        </div>
      )}
      {tiles.length === 0 && <p className={classes.nobody}>{t('stage.noOne')}</p>}
    </div>
  );
}
