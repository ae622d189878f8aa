import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconScreenShare } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useMedia } from '../../../hooks/meeting/media.ts';
import { useMediaText } from '../../../hooks/meeting/use-media-text.ts';
import { useFloor } from '../../../hooks/meeting/use-microphone-lock.ts';
import { Banner } from '../chrome/banner.tsx';

/** Reminds who shares a screen that all see it; sharing ends with the floor (SPK3). */
export function SharingBanner() {
  const { own, turn } = useMedia();
  const floor = useFloor();
  const t = useMediaText();
  const shares = own.screen === 'on';
  const lost = shares && floor === 'hasNot';
  useEffect(() => {
    if (!lost) return;
    void turn('screen', 'off');
    notifications.show({ id: 'sharing', message: t('stage.sharingEnded'), autoClose: 8_000 });
  }, [lost, turn, t]);
  if (!shares || lost) return null;
  return (
    <Banner
      tone="accent"
      icon={<IconScreenShare size={20} aria-hidden />}
      testId="sharing"
      action={
        <Button mih={44} onClick={() => void turn('screen', 'off')}>
          {t('stage.stopSharing')}
        </Button>
      }
    >
      {t('stage.sharing')}
    </Banner>
  );
}
