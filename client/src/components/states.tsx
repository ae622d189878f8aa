import { Alert, Button, Center, Loader, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useRouteError } from 'react-router';
import { useLine } from '../hooks/use-line.ts';

/** Something is on its way; without a line, that it waits for one. */
export function Loading() {
  const { t } = useTranslation('shell');
  const line = useLine();
  const waits = line === 'offline' || line === 'reconnecting';
  return (
    <Center mih="40dvh" role="status">
      <Stack align="center" gap="sm">
        <Loader aria-hidden />
        <Text c="dimmed" ta="center" maw="24rem" px="md">
          {waits ? t(`line.${line}Banner`) : t('loading')}
        </Text>
      </Stack>
    </Center>
  );
}

/** There is nothing here yet, and that is in order. */
export function Empty({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }) {
  return (
    <Stack gap="sm" align="flex-start" py="xs">
      <Text c="dimmed">{children}</Text>
      {action}
    </Stack>
  );
}

/** The server said no, in its own words. */
export function RefusalNotice({
  message,
  onRetry,
}: {
  readonly message: string;
  readonly onRetry?: (() => void) | undefined;
}) {
  const { t } = useTranslation('shell');
  return (
    <Alert
      role="alert"
      color="son"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={t('refused')}
    >
      <Stack gap="sm" align="flex-start">
        <Text>{message}</Text>
        {onRetry && (
          <Button variant="default" onClick={onRetry}>
            {t('retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

/** The server does not answer at all. */
export function Unreachable({
  message,
  onRetry,
}: {
  readonly message: string;
  readonly onRetry: () => void;
}) {
  const { t } = useTranslation('shell');
  return (
    <Center mih="60dvh" p="md">
      <Stack align="center" gap="md" maw="30rem" role="alert">
        <IconPlugConnectedX size={48} aria-hidden />
        <Title order={1} ta="center">
          {t('line.unreachable')}
        </Title>
        <Text ta="center" c="dimmed">
          {message}
        </Text>
        <Button onClick={onRetry}>{t('retry')}</Button>
      </Stack>
    </Center>
  );
}

export function NotFoundPage() {
  const { t } = useTranslation('shell');
  return (
    <Stack gap="md" align="flex-start" maw="34rem" mx="auto" py="xl">
      <Title order={1}>{t('notFound.title')}</Title>
      <Text>{t('notFound.text')}</Text>
      <Button component={Link} to="/">
        {t('notFound.home')}
      </Button>
    </Stack>
  );
}

/** How browsers say that a part of the page could not be fetched: no line, or a newer version is on the server. */
const notFetched = /dynamically imported module|importing a module|unable to preload/i;

/** A fault of the page itself, or a part of it that could not be fetched. */
export function BrokenPage() {
  const { t } = useTranslation('shell');
  const error = useRouteError();
  if (error instanceof Error && notFetched.test(error.message)) {
    return <Unreachable message={t('line.notFetched')} onRetry={() => window.location.reload()} />;
  }
  return (
    <Center mih="60dvh" p="md">
      <Stack gap="md" align="flex-start" maw="34rem" role="alert">
        <Title order={1}>{t('broken.title')}</Title>
        <Text>{t('broken.text')}</Text>
        <Button onClick={() => window.location.reload()}>{t('reload')}</Button>
      </Stack>
    </Center>
  );
}
