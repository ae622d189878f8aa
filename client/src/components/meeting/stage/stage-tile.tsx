import { floorOf, hasFloor } from '@diemcau/shared/domain/floor.ts';
import { peopleAt } from '@diemcau/shared/domain/selectors.ts';
import { IconBuildingCommunity, IconMicrophone, IconMicrophoneOff, IconUser } from '@tabler/icons-react';
import { useRef } from 'react';
import { sameOwner, useMedia } from '../../../hooks/meeting/media.ts';
import { givenName, titleOf } from '../../../hooks/meeting/names.ts';
import { useMyself, useRoom } from '../../../hooks/meeting/room.ts';
import { placedAt } from '../../../hooks/meeting/rosters.ts';
import { useShown } from '../../../hooks/meeting/use-shown.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import classes from './stage.module.css';
import type { Tile } from './tiles.ts';
import { Video } from './video.tsx';

type TileSize = 'large' | 'medium' | 'small';

function useTitle(tile: Tile): { readonly title: string; readonly subtitle: string } {
  const { state } = useRoom();
  const t = useText();
  if (tile.kind === 'site') {
    const site = state.sites[tile.site];
    const present = peopleAt(state, tile.site).length;
    const total = placedAt(state, tile.site).length;
    const subtitle =
      site?.terminal === null && total === 0
        ? t('stage.siteClosed')
        : site?.terminal?.line === 'dark'
          ? t('stage.siteDark')
          : t(present === total ? 'stage.siteAll' : 'stage.sitePresent', { present, total });
    return { title: site?.name ?? '', subtitle };
  }
  const superior = state.superiors[tile.person];
  if (superior) return { title: superior.name, subtitle: superior.office };
  const { chair, clerk } = state.officers ?? {};
  const subtitle =
    tile.person === chair
      ? t('people.chair')
      : tile.person === clerk
        ? t('people.clerk')
        : t('people.remote');
  return { title: titleOf(state, tile.person), subtitle };
}

/** One tile: picture or initials, who it is, whether they have the floor. */
export function StageTile({ tile, size }: { readonly tile: Tile; readonly size: TileSize }) {
  const { state, as } = useRoom();
  const myself = useMyself();
  const media = useMedia();
  const t = useText();
  const element = useRef<HTMLElement>(null);
  const { title, subtitle } = useTitle(tile);
  const mine =
    tile.kind === 'site' ? as.kind === 'terminal' && as.site === tile.site : tile.person === myself;
  const camera = media.remote.find((item) => item.source === 'camera' && sameOwner(item.owner, tile.owner));
  const microphone = media.remote.find(
    (item) => item.source === 'microphone' && sameOwner(item.owner, tile.owner),
  );
  const track = mine ? media.ownVideo : (camera?.track ?? null);
  useShown(element, mine ? null : (camera?.producerId ?? null));
  const floor = hasFloor(floorOf(state), tile.owner);
  const talking = floor && sameOwner(media.activeSpeaker, tile.owner);
  const silent = microphone === undefined || microphone.muted || microphone.held;
  const quiet = media.why === 'companion' || media.why === 'dataOnly' ? t(`media.${media.why}`) : null;
  const Icon = tile.kind === 'site' ? IconBuildingCommunity : IconUser;
  return (
    <figure
      ref={element}
      className={classes.tile}
      data-size={size}
      data-floor={floor ? 'has' : 'hasNot'}
      data-talking={talking ? 'yes' : 'no'}
      data-testid={`tile-${tile.key}`}
    >
      {track !== null ? (
        <Video
          track={track}
          label={title}
          orientation={mine && tile.kind !== 'site' ? 'mirrored' : 'plain'}
        />
      ) : (
        <div className={classes.empty} aria-hidden>
          {size === 'large' && quiet !== null && <span className={classes.note}>{quiet}</span>}
          {tile.kind === 'site' ? (
            <Icon className={classes.emptyIcon} stroke={1.4} />
          ) : (
            <span className={classes.initial}>{givenName(title).charAt(0)}</span>
          )}
        </div>
      )}
      <figcaption className={classes.caption}>
        {silent || mine ? null : talking ? (
          <IconMicrophone size={16} aria-label={t('stage.talking')} />
        ) : (
          <IconMicrophone size={16} aria-hidden opacity={0.6} />
        )}
        {microphone?.muted === true && <IconMicrophoneOff size={16} aria-label={t('stage.muted')} />}
        <span className={classes.name}>{title}</span>
        <span className={classes.detail}>{mine && tile.kind !== 'site' ? t('stage.you') : subtitle}</span>
      </figcaption>
    </figure>
  );
}
