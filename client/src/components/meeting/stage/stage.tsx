import { isPersonPresent } from '@diemcau/shared/domain/presence.ts';
import { nameOf } from '@diemcau/shared/domain/selectors.ts';
import { useRef } from 'react';
import { type RemoteMedia, sameOwner, useMedia } from '../../../hooks/meeting/media.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useShown } from '../../../hooks/meeting/use-shown.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { SpeechClock } from './speech-clock.tsx';
import classes from './stage.module.css';
import { StageTile } from './stage-tile.tsx';
import { allTiles, leadingTile, tileOf } from './tiles.ts';
import { Video } from './video.tsx';

export type Layout = 'speaker' | 'grid';

function SharedScreen({ screen }: { readonly screen: RemoteMedia }) {
  const { state } = useRoom();
  const t = useText();
  const element = useRef<HTMLElement>(null);
  useShown(element, screen.producerId);
  const { owner } = screen;
  const name = owner.kind === 'site' ? (state.sites[owner.site]?.name ?? '') : nameOf(state, owner.person);
  const label = t('stage.screen', { name });
  return (
    <figure ref={element} className={classes.tile} data-size="large" data-testid="screen">
      {screen.track !== null && <Video track={screen.track} label={label} fit="contain" />}
      <figcaption className={classes.caption}>
        <span className={classes.name}>{label}</span>
      </figcaption>
    </figure>
  );
}

/** Picture of the meeting: who has the floor large, the others small, or all alike. */
export function Stage({
  layout,
  device,
}: {
  readonly layout: Layout;
  readonly device: 'phone' | 'computer';
}) {
  const { state, as } = useRoom();
  const { remote } = useMedia();
  const t = useText();
  const tiles = allTiles(state);
  const lead = leadingTile(state, as.kind === 'terminal' ? as.site : null);
  const screen = remote.find((item) => item.source === 'screen' && !item.held && item.track !== null);
  const chair =
    state.officers && isPersonPresent(state, state.officers.chair)
      ? tileOf(state, state.officers.chair)
      : null;
  if (layout === 'grid') {
    return (
      <section className={classes.stage} aria-label={t('stage.label')}>
        <SpeechClock />
        <div className={classes.grid} data-count={Math.min(tiles.length, 10)}>
          {screen && <SharedScreen screen={screen} />}
          {tiles.map((tile) => (
            <StageTile key={tile.key} tile={tile} size={tile.kind === 'site' ? 'medium' : 'small'} />
          ))}
        </div>
      </section>
    );
  }
  const others = tiles.filter((tile) => screen !== undefined || !sameOwner(tile.owner, lead?.owner ?? null));
  const beside = device === 'phone' && chair && lead && !sameOwner(chair.owner, lead.owner) ? chair : null;
  const strip = others.filter((tile) => !sameOwner(tile.owner, beside?.owner ?? null));
  return (
    <section className={classes.stage} aria-label={t('stage.label')}>
      <SpeechClock />
      <div className={classes.leading}>
        {screen ? (
          <SharedScreen screen={screen} />
        ) : lead ? (
          <StageTile key={lead.key} tile={lead} size="large" />
        ) : (
          <p className={classes.nobody}>{t('stage.noOne')}</p>
        )}
        {beside && (
          <div className={classes.beside}>
            <StageTile key={beside.key} tile={beside} size="small" />
          </div>
        )}
      </div>
      {strip.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        <section className={classes.strip} tabIndex={0} aria-label={t('stage.others')}>
          {strip.map((tile) => (
            <StageTile key={tile.key} tile={tile} size={tile.kind === 'site' ? 'medium' : 'small'} />
          ))}
        </section>
      )}
    </section>
  );
}
