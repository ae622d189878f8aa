import { Button, Group } from '@mantine/core';
import { IconPlugConnected, IconPlugConnectedX, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLine, useLineEnd } from '../../hooks/use-line.ts';
import classes from './shell.module.css';

/** A small sign with words, so that colour is not alone. */
export function LineChip() {
  const { t } = useTranslation('shell');
  const kind = useLine();
  const Icon =
    kind === 'online' ? IconPlugConnected : kind === 'reconnecting' ? IconRefresh : IconPlugConnectedX;
  return (
    <span className={classes.line} data-kind={kind} role="status">
      <Icon size={20} aria-hidden />
      <span>{t(`line.${kind}`)}</span>
    </span>
  );
}

/** One sentence across the page while the line is gone, or for good: then with what to do. */
export function LineBanner() {
  const { t } = useTranslation('shell');
  const kind = useLine();
  const end = useLineEnd();
  if (end !== null) {
    return (
      <div className={classes.banner} role="alert">
        <Group gap="sm">
          <span>{end}</span>
          <Button variant="white" color="dark" onClick={() => window.location.reload()}>
            {t('reload')}
          </Button>
        </Group>
      </div>
    );
  }
  if (kind !== 'reconnecting' && kind !== 'offline') return null;
  return (
    <div className={classes.banner} role="status">
      {t(kind === 'offline' ? 'line.offlineBanner' : 'line.reconnectingBanner')}
    </div>
  );
}
