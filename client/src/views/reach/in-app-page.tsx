import '../../i18n/reach-texts.ts';
import { Button, Container, Stack, Text, Title } from '@mantine/core';
import { IconBrandChrome, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Brand } from '../../components/shell/brand.tsx';
import { LanguageSwitch } from '../../components/shell/preferences.tsx';
import { useDocumentTitle } from '../../hooks/use-document-title.ts';
import type { InApp } from '../../store/browser-reach.ts';
import classes from './reach.module.css';

/** Android opens an address in Chrome when asked this way. */
function chromeAddress(): string | null {
  if (!/Android/i.test(navigator.userAgent)) return null;
  const { host, pathname, search, protocol } = window.location;
  return `intent://${host}${pathname}${search}#Intent;scheme=${protocol.replace(':', '')};package=com.android.chrome;end`;
}

interface InAppPageProps {
  /** The app around this browser; null where the browser itself lacks WebRTC. */
  readonly app: InApp | null;
  readonly onGoOn: () => void;
}

/** Says how to open the real browser; whoever goes on has votes and programme. */
export default function InAppPage({ app, onGoOn }: InAppPageProps) {
  const { t } = useTranslation('reach');
  useDocumentTitle(t('inApp.title'));
  const [copied, setCopied] = useState<'no' | 'yes'>('no');
  const chrome = chromeAddress();
  const name = t(`inApp.names.${app ?? 'other'}`);
  return (
    <Container component="main" size="sm" py="lg" data-testid="in-app">
      <Stack gap="md">
        <div className={classes.actions}>
          <Brand />
          <LanguageSwitch />
        </div>
        <Title order={1}>{t('inApp.title')}</Title>
        <Text>{app === null ? t('inApp.unsupported') : t('inApp.text', { app: name })}</Text>
        <Text fw={600}>{t(`inApp.${app ?? 'other'}`)}</Text>
        {chrome !== null && (
          <Button component="a" href={chrome} leftSection={<IconBrandChrome size={20} />}>
            {t('inApp.openChrome')}
          </Button>
        )}
        <div className={classes.address}>{window.location.href}</div>
        <Button
          variant="default"
          leftSection={<IconCopy size={20} />}
          onClick={() =>
            void navigator.clipboard?.writeText(window.location.href).then(
              () => setCopied('yes'),
              () => undefined,
            )
          }
        >
          {t(copied === 'yes' ? 'inApp.copied' : 'inApp.copy')}
        </Button>
        <Button variant="subtle" onClick={onGoOn} data-testid="in-app-go-on">
          {t('inApp.goOn')}
        </Button>
        <Text c="dimmed">{t('inApp.goOnHint')}</Text>
      </Stack>
    </Container>
  );
}
