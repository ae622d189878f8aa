import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useMediaText } from '../../../hooks/meeting/use-media-text.ts';
import type { DeviceFault } from '../../../media/device-fault.ts';
import classes from './devices.module.css';

interface DeviceTroubleProps {
  readonly source: 'camera' | 'microphone' | 'screen';
  readonly fault: DeviceFault;
  readonly onRetry: () => void;
}

/** What is amiss with a device, in words, and the way on. */
export function DeviceTrouble({ source, fault, onRetry }: DeviceTroubleProps) {
  const t = useMediaText();
  return (
    <div className={classes.trouble} role="alert" data-testid={`trouble-${source}`}>
      <p>{t(`fault.${source}.${fault}`)}</p>
      {fault !== 'insecureContext' && (
        <Button variant="default" mih={44} leftSection={<IconRefresh size={18} />} onClick={onRetry}>
          {t('devices.retry')}
        </Button>
      )}
    </div>
  );
}
