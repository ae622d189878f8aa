import { ActionIcon } from '@mantine/core';
import { IconUserCircle } from '@tabler/icons-react';
import type { ComponentPropsWithRef } from 'react';
import { useTranslation } from 'react-i18next';

interface AccountButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'color' | 'disabled'> {
  readonly name: string;
}

/** Opens what one has for oneself. */
export function AccountButton({ name, ...button }: AccountButtonProps) {
  const { t } = useTranslation('shell');
  return (
    <ActionIcon {...button} aria-label={t('nav.account', { name })}>
      <IconUserCircle aria-hidden />
    </ActionIcon>
  );
}
