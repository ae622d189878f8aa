import { isPersonPresent } from '@diemcau/shared/domain/presence.ts';
import { type RemoteMedia, sameOwner } from '../../../hooks/meeting/media.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { SharedScreen } from './shared-screen.tsx';
import classes from './stage.module.css';
import { StageTile } from './stage-tile.tsx';
import { useStageView } from './stage-view.ts';
import { allTiles, leadingTile, tileOf } from './tiles.ts';

interface SpeakerLayoutProps {
  readonly device: 'phone' | 'computer';
  readonly screen: RemoteMedia | undefined;
}

/** What all look at large: the pinned tile, a shared screen, who has the floor; the others small. */
export function SpeakerLayout({ device, screen: shared }: SpeakerLayoutProps) {
  const { state, as } = useRoom();
  const t = useText();
  const { pinned } = useStageView();
  const tiles = allTiles(state);
  const kept = tiles.find(({ key }) => key === pinned);
  const lead = kept ?? leadingTile(state, as.kind === 'terminal' ? as.site : null);
  const screen = kept === undefined ? shared : undefined;
  const chair =
    state.officers && isPersonPresent(state, state.officers.chair)
      ? tileOf(state, state.officers.chair)
      : null;
  const others = tiles.filter((tile) => screen !== undefined || !sameOwner(tile.owner, lead?.owner ?? null));
  const beside = device === 'phone' && chair && lead && !sameOwner(chair.owner, lead.owner) ? chair : null;
  const strip = others.filter((tile) => !sameOwner(tile.owner, beside?.owner ?? null));
  return (
    <>
      <div className={classes.leading}>
        {screen ? (
          <SharedScreen screen={screen} />
        ) : lead ? (
          <StageTile key={lead.key} tile={lead} look="large" />
        ) : (
          <p className={classes.nobody}>{t('stage.noOne')}</p>
        )}
        {beside && (
          <div className={classes.beside}>
            <StageTile key={beside.key} tile={beside} look="small" />
          </div>
        )}
      </div>
      {(strip.length > 0 || (kept !== undefined && shared !== undefined)) && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        <section className={classes.strip} tabIndex={0} aria-label={t('stage.others')}>
          {kept !== undefined && shared !== undefined && (
            <div className={classes.stripScreen}>
              <SharedScreen screen={shared} />
            </div>
          )}
          {strip.map((tile) => (
            <StageTile key={tile.key} tile={tile} look={tile.kind === 'site' ? 'medium' : 'small'} />
          ))}
        </section>
      )}
    </>
  );
}
