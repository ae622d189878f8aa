import { isLive } from '@diemcau/shared/domain/phase.ts';
import type { SiteId } from '@diemcau/shared/ids.ts';
import { useMemo } from 'react';
import { renderSVG } from 'uqr';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { scannedAddress } from '../../../hooks/meeting/site-code.ts';
import { useNow } from '../../../hooks/meeting/use-now.ts';
import { usePresenceCode } from '../../../hooks/meeting/use-presence-code.ts';
import { useRecordText } from '../../../hooks/meeting/use-record-text.ts';
import classes from '../record/record.module.css';

/** The site's code as a picture that changes every 15 seconds, to be scanned by who stands before it (ATT4). */
export function SiteCode({ site }: { readonly site: SiteId }) {
  const { state } = useRoom();
  return isLive(state) ? <RotatingCode site={site} /> : null;
}

function RotatingCode({ site }: { readonly site: SiteId }) {
  const { state } = useRoom();
  const t = useRecordText();
  const now = useNow(1000);
  const shown = usePresenceCode();
  const meetingId = state.facts?.meetingId;
  const picture = useMemo(() => {
    if (shown === null || meetingId === undefined) return null;
    const address = scannedAddress(window.location.origin, meetingId, { site, code: shown.code });
    // Black on white whatever the page's colours: cameras read nothing else for sure.
    return {
      address,
      source: `data:image/svg+xml;utf8,${encodeURIComponent(renderSVG(address, { border: 2 }))}`,
    };
  }, [shown, meetingId, site]);
  const seconds = shown === null ? 0 : Math.max(0, Math.ceil((shown.expiresAt - now) / 1000));
  return (
    <section className={classes.code} aria-label={t('qr.title')} data-testid="site-code">
      {picture !== null && (
        <img
          className={classes.codeImage}
          src={picture.source}
          width={240}
          height={240}
          alt={t('qr.alt', { site: state.sites[site]?.name ?? '' })}
          data-address={picture.address}
          data-testid="site-code-image"
        />
      )}
      <div className={classes.codeText}>
        <h2>{t('qr.title')}</h2>
        <p>{t('qr.hint')}</p>
        <p className={classes.seconds} data-testid="site-code-seconds">
          {shown === null ? t('qr.waiting') : t('qr.seconds', { seconds })}
        </p>
      </div>
    </section>
  );
}
