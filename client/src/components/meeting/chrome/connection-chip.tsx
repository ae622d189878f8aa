import { IconCloudCheck, IconCloudOff, IconRefresh } from '@tabler/icons-react';
import type { Line } from '../../../hooks/meeting/room.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import classes from './chrome.module.css';

const icons = { up: IconCloudCheck, reconnecting: IconRefresh, down: IconCloudOff };

/** The connection, by icon and word. */
export function ConnectionChip({ line }: { readonly line: Line }) {
  const t = useText();
  const Icon = icons[line];
  return (
    <span className={classes.chip} data-line={line} data-testid="connection" role="status">
      <Icon size={18} aria-hidden className={line === 'reconnecting' ? classes.turning : undefined} />
      <span className={classes.chipText}>{t(`line.${line}`)}</span>
    </span>
  );
}
