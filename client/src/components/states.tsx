import { Alert, Button, Center, Loader, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

/** Something is on its way. */
export function Loading() {
  const { t } = useTranslation('shell');
  return (
    <Center mih="40dvh" role="status">
      <Stack align="center" gap="sm">
        <Loader aria-hidden />
        <Text c="dimmed">{t('loading')}</Text>
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

/** A fault of the page itself. */
export function BrokenPage() {
  const { t } = useTranslation('shell');
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
