import { PasswordInput } from '@mantine/core';
import type { GetInputPropsReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';

/** A password twice. */
export function NewPassword({
  first,
  second,
}: {
  readonly first: GetInputPropsReturnType;
  readonly second: GetInputPropsReturnType;
}) {
  const { t } = useTranslation('signIn');
  const toggle = { 'aria-label': t('showPassword'), tabIndex: 0 };
  return (
    <>
      <PasswordInput
        {...first}
        label={t('activation.newPassword')}
        description={t('activation.passwordHint')}
        autoComplete="new-password"
        visibilityToggleButtonProps={toggle}
        required
      />
      <PasswordInput
        {...second}
        label={t('activation.repeat')}
        autoComplete="new-password"
        visibilityToggleButtonProps={toggle}
        required
      />
    </>
  );
}
