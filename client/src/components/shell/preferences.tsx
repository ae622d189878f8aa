import { ActionIcon, Button, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { speak } from '../../i18n/i18n.ts';

/** Light or dark. */
export function SchemeSwitch() {
  const { t } = useTranslation('shell');
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const label = t(scheme === 'dark' ? 'scheme.toLight' : 'scheme.toDark');
  return (
    <ActionIcon
      aria-label={label}
      title={label}
      onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
    >
      {scheme === 'dark' ? <IconSun aria-hidden /> : <IconMoon aria-hidden />}
    </ActionIcon>
  );
}

/** Vietnamese or English; the button speaks the language that it leads to. */
export function LanguageSwitch() {
  const { t, i18n } = useTranslation('shell');
  const other = i18n.language === 'en' ? 'vi' : 'en';
  return (
    <Button
      variant="subtle"
      color="gray"
      px="xs"
      lang={other}
      aria-label={`${other.toUpperCase()}: ${t('language.switch')}`}
      title={t('language.switch')}
      onClick={() => void speak(other)}
    >
      {other.toUpperCase()}
    </Button>
  );
}
