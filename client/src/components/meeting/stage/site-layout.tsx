import { sitesInOrder } from '@diemcau/shared/domain/selectors.ts';
import type { SiteId } from '@diemcau/shared/ids.ts';
import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useMediaText } from '../../../hooks/meeting/use-media-text.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import classes from './stage.module.css';
import { StageTile } from './stage-tile.tsx';
import { siteTile } from './tiles.ts';
import { useSiteWords } from './use-site-words.ts';

/** One hall as large as there is room, and the others to choose from. */
export function SiteLayout() {
  const { state, as } = useRoom();
  const t = useText();
  const words = useMediaText();
  const wordsOf = useSiteWords();
  const sites = sitesInOrder(state);
  const [chosen, setChosen] = useState<SiteId | null>(null);
  // A hall's own terminal looks at another hall first.
  const other = sites.find(({ id }) => as.kind !== 'terminal' || id !== as.site) ?? sites[0];
  const site = sites.find(({ id }) => id === chosen) ?? other;
  if (site === undefined) return <p className={classes.nobody}>{t('stage.noOne')}</p>;
  return (
    <>
      <div className={classes.leading}>
        <StageTile key={site.id} tile={siteTile(site.id)} look="large" />
      </div>
      {sites.length > 1 && (
        <fieldset className={classes.sites}>
          <legend className={classes.legend}>{words('stage.chooseSite')}</legend>
          {sites.map(({ id, name }) => (
            <UnstyledButton
              key={id}
              className={classes.siteChoice}
              aria-pressed={id === site.id}
              onClick={() => setChosen(id)}
            >
              <span className={classes.siteName}>{name}</span>
              <span>{wordsOf(id)}</span>
            </UnstyledButton>
          ))}
        </fieldset>
      )}
    </>
  );
}
