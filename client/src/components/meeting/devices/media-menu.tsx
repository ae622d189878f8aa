import { Button } from '@mantine/core';
import { IconAdjustments } from '@tabler/icons-react';
import { useMediaText } from '../../../hooks/meeting/use-media-text.ts';
import { lateWindow } from '../../late.tsx';

export const MediaWindow = lateWindow(async () => (await import('./media-window.tsx')).MediaWindow);

/** The entry of "more" that opens the window. */
export function MediaMenu({ onOpen }: { readonly onOpen: () => void }) {
  const t = useMediaText();
  return (
    <Button
      variant="default"
      fullWidth
      justify="flex-start"
      mih={52}
      leftSection={<IconAdjustments size={22} />}
      onClick={onOpen}
      data-testid="open-media"
    >
      {t('devices.open')}
    </Button>
  );
}
