import { Button, Stack, Text } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useReadable } from '../hooks/use-readable.ts';
import { missedParts } from '../store/parts.ts';

function Missed() {
  const { t } = useTranslation('shell');
  return (
    <Stack gap="xs" align="flex-start">
      <Text inherit>{t('line.notFetched')}</Text>
      <Button variant="default" mih={44} onClick={() => window.location.reload()}>
        {t('reload')}
      </Button>
    </Stack>
  );
}

/** Shows what is told; never fetched when it is wanted, for it also tells what could not be fetched. */
export function Notices() {
  const missed = useReadable(missedParts);
  useEffect(() => {
    if (missed === 0) return;
    notifications.show({ id: 'notFetched', message: <Missed />, color: 'orange', autoClose: false });
  }, [missed]);
  return <Notifications position="top-center" autoClose={6000} />;
}
