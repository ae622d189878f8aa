import { Alert } from '@mantine/core';
import { IconLockOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Over plain HTTP from another machine browsers give no camera and microphone: says so, and what still works. */
export function InsecureNotice() {
  const { t } = useTranslation('shell');
  if (window.isSecureContext) return null;
  return (
    <Alert color="yellow" variant="light" icon={<IconLockOpen aria-hidden />} title={t('insecure.title')}>
      {t('insecure.text')}
    </Alert>
  );
}
