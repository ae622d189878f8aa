import { floorOf, hasFloor } from '@diemcau/shared/domain/floor.ts';
import { ActionIcon } from '@mantine/core';
import {
  IconBuildingCommunity,
  IconMicrophoneOff,
  IconPin,
  IconPinnedOff,
  IconVolume,
} from '@tabler/icons-react';
import { useRef } from 'react';
import { sameOwner, useMedia } from '../../../hooks/meeting/media.ts';
import { givenName, shortName, titleOf } from '../../../hooks/meeting/names.ts';
import { useMyOwner } from '../../../hooks/meeting/owners.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useMediaText } from '../../../hooks/meeting/use-media-text.ts';
import { useShown } from '../../../hooks/meeting/use-shown.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import classes from './stage.module.css';
import { useStageView } from './stage-view.ts';
import type { Tile } from './tiles.ts';
import { useSiteWords } from './use-site-words.ts';
import { Video } from './video.tsx';

export type TileLook = 'large' | 'medium' | 'small';

function useTitle(tile: Tile): { readonly title: string; readonly subtitle: string } {
  const { state } = useRoom();
  const t = useText();
  const wordsOf = useSiteWords();
  if (tile.kind === 'site')
    return { title: state.sites[tile.site]?.name ?? '', subtitle: wordsOf(tile.site) };
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

/** Keeps a tile large, for this viewer alone. */
function PinButton({ tile, title }: { readonly tile: Tile; readonly title: string }) {
  const { pinned, pin } = useStageView();
  const t = useMediaText();
  if (pin === null) return null;
  const isPinned = pinned === tile.key;
  const Icon = isPinned ? IconPinnedOff : IconPin;
  return (
    <ActionIcon
      className={classes.pin ?? ''}
      data-pinned={isPinned ? 'yes' : 'no'}
      size={44}
      onClick={() => pin(isPinned ? null : tile.key)}
      aria-label={t(isPinned ? 'stage.unpin' : 'stage.pin', { name: title })}
      aria-pressed={isPinned}
    >
      <Icon size={20} />
    </ActionIcon>
  );
}

/** What a tile shows in place of a picture: a sign of who it is, and why there is none where that helps. */
function NoPicture({
  tile,
  title,
  note,
}: {
  readonly tile: Tile;
  readonly title: string;
  readonly note: string | null;
}) {
  return (
    <div className={classes.empty} aria-hidden>
      {tile.kind === 'site' ? (
        <IconBuildingCommunity className={classes.emptyIcon} stroke={1.4} />
      ) : (
        <span className={classes.initial}>{givenName(title).charAt(0)}</span>
      )}
      {note !== null && <span className={classes.note}>{note}</span>}
    </div>
  );
}

/** One tile: picture or initials, who it is, whether they speak. */
export function StageTile({ tile, look }: { readonly tile: Tile; readonly look: TileLook }) {
  const { state } = useRoom();
  const media = useMedia();
  const t = useText();
  const words = useMediaText();
  const element = useRef<HTMLElement>(null);
  const { title, subtitle } = useTitle(tile);
  const mine = sameOwner(useMyOwner(), tile.owner);
  const camera = media.remote.find((item) => item.source === 'camera' && sameOwner(item.owner, tile.owner));
  const microphone = media.remote.find(
    (item) => item.source === 'microphone' && sameOwner(item.owner, tile.owner),
  );
  useShown(element, mine ? null : (camera?.producerId ?? null));
  const moves = camera?.picture === 'moves' && !camera.muted;
  const track = mine ? media.ownVideo : moves ? camera.track : null;
  const floor = hasFloor(floorOf(state), tile.owner);
  const talking = floor && sameOwner(media.activeSpeaker, tile.owner);
  const note = () => {
    if (look !== 'large') return null;
    if (media.why !== null) return words(`why.${media.why}`);
    if (media.mode === 'audio') return words('stage.soundOnly');
    return camera?.picture === 'stands' ? words('stage.standing') : null;
  };
  return (
    <figure
      ref={element}
      className={classes.tile}
      data-size={look}
      data-floor={floor ? 'has' : 'hasNot'}
      data-talking={talking ? 'yes' : 'no'}
      data-picture={mine ? 'own' : (camera?.picture ?? 'none')}
      data-testid={`tile-${tile.key}`}
    >
      {track === null ? (
        <NoPicture tile={tile} title={title} note={note()} />
      ) : (
        <Video
          track={track}
          label={title}
          orientation={mine && tile.kind !== 'site' ? 'mirrored' : 'plain'}
        />
      )}
      {talking && (
        <span className={classes.talks}>
          <IconVolume size={18} aria-hidden />
          <span className={classes.talksText}>{words('stage.talking')}</span>
        </span>
      )}
      <PinButton tile={tile} title={title} />
      <figcaption className={classes.caption} title={`${title} · ${subtitle}`}>
        {microphone?.muted === true && <IconMicrophoneOff size={16} aria-label={t('stage.muted')} />}
        <span className={classes.name}>
          {look === 'small' && tile.kind !== 'site' ? shortName(title) : title}
        </span>
        <span className={classes.detail}>{mine && tile.kind !== 'site' ? t('stage.you') : subtitle}</span>
      </figcaption>
    </figure>
  );
}
