import { IconAdjustments } from '@tabler/icons-react';
import { useMediaText } from '../../../hooks/meeting/use-media-text.ts';
import { lateWindow } from '../../late.tsx';
import { MenuEntry } from '../bar/menu-entry.tsx';

export const MediaWindow = lateWindow(async () => (await import('./media-window.tsx')).MediaWindow);

/** The entry of "more" that opens the window. */
export function MediaMenu({ onOpen }: { readonly onOpen: () => void }) {
  const t = useMediaText();
  return (
    <MenuEntry leftSection={<IconAdjustments size={22} />} onClick={onOpen} data-testid="open-media">
      {t('devices.open')}
    </MenuEntry>
  );
}
