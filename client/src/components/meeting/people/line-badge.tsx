import type { MediaOwner } from '@diemcau/shared/protocol/media.ts';
import { IconAlertTriangle, IconAntennaBars4 } from '@tabler/icons-react';
import { useMedia } from '../../../hooks/meeting/media.ts';
import { useMediaText } from '../../../hooks/meeting/use-media-text.ts';
import { useReadable } from '../../../hooks/use-readable.ts';
import { ownerKey } from '../../../media/owner-key.ts';
import classes from './people.module.css';

/** Tells an officer whose line is not good, by icon and word; a good line needs none. */
export function LineBadge({ owner }: { readonly owner: MediaOwner }) {
  const { lines } = useMedia();
  const level = useReadable(lines).get(ownerKey(owner));
  const t = useMediaText();
  if (level === undefined || level === 'good') return null;
  const Icon = level === 'fair' ? IconAntennaBars4 : IconAlertTriangle;
  return (
    <span className={classes.badge} data-tone="open" data-testid="line-badge" data-level={level}>
      <Icon size={16} aria-hidden />
      {t(`line.ofPerson.${level}`)}
    </span>
  );
}
