import { Alert, Anchor, Button, Grid, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router';
import { Card } from '../../components/card.tsx';
import { RefusalNotice } from '../../components/states.tsx';
import { useSession } from '../../hooks/use-app.ts';
import { useDocumentTitle } from '../../hooks/use-document-title.ts';
import { useEntry } from '../../hooks/use-entry.ts';
import { readSlot } from '../../store/slot.ts';
import { DemoCards } from './demo-cards.tsx';

type Required = 'name' | 'password';

/** Name or telephone and password; beside it, in the demonstration, its people. */
export function SignInPage() {
  const { t } = useTranslation(['signIn', 'shell']);
  useDocumentTitle(t('signIn:title'));
  const session = useSession();
  const { enter, busy } = useEntry();
  const [refusal, setRefusal] = useState<{ code: string; message: string } | null>(null);
  const [missing, setMissing] = useState<readonly Required[]>([]);

  if (session.kind === 'signedIn' && !busy) return <Navigate to="/" replace />;

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const filled = new FormData(event.currentTarget);
    const said = (field: string) => String(filled.get(field) ?? '');
    const [name, password] = [said('name').trim(), said('password')];
    const lacking: readonly Required[] = [
      ...(name === '' ? (['name'] as const) : []),
      ...(password === '' ? (['password'] as const) : []),
    ];
    setMissing(lacking);
    if (lacking.length > 0) return;
    setRefusal(null);
    const year = Number(said('birthYear'));
    const body = {
      name,
      password,
      slot: readSlot(),
      ...(Number.isInteger(year) && year >= 1900 && year <= 2100 ? { birthYear: year } : {}),
    };
    const answer = await enter((app) => app.session.enter('login', { body }));
    if (!answer.ok) setRefusal({ code: answer.code, message: answer.message });
  };
  const field = (name: Required) => ({
    name,
    error: missing.includes(name) && t('signIn:required'),
    onChange: () => setMissing((before) => before.filter((other) => other !== name)),
    required: true,
  });

  return (
    <Grid gap="xl">
      <Grid.Col span={{ base: 12, md: 5 }}>
        <Card>
          <form onSubmit={(event) => void submit(event)} noValidate>
            <Stack gap="md">
              <div>
                <Title order={1}>{t('signIn:title')}</Title>
                <Text c="dimmed">{t('shell:tagline')}</Text>
              </div>
              {session.kind === 'signedOut' && session.message !== null && refusal === null && (
                <Alert color="yellow" variant="light" role="status">
                  {session.message}
                </Alert>
              )}
              {refusal && <RefusalNotice message={refusal.message} />}
              <TextInput
                {...field('name')}
                label={t('signIn:name')}
                description={t('signIn:nameHint')}
                autoComplete="username"
              />
              {refusal?.code === 'nameIsAmbiguous' && (
                <TextInput
                  name="birthYear"
                  label={t('signIn:birthYear')}
                  description={t('signIn:birthYearHint')}
                  inputMode="numeric"
                />
              )}
              <PasswordInput
                {...field('password')}
                label={t('signIn:password')}
                autoComplete="current-password"
                visibilityToggleButtonProps={{ 'aria-label': t('signIn:showPassword'), tabIndex: 0 }}
              />
              <Button type="submit" loading={busy} fullWidth>
                {t('signIn:submit')}
              </Button>
              <Stack gap={0} component="nav" aria-label={t('signIn:other.title')}>
                <Text fw={600}>{t('signIn:other.title')}</Text>
                <Anchor component={Link} to="/thu-duong-truyen" py="xs">
                  {t('signIn:other.line')}
                </Anchor>
                <Anchor component={Link} to="/kich-hoat" py="xs">
                  {t('signIn:other.activate')}
                </Anchor>
                <Anchor component={Link} to="/diem-cau" py="xs">
                  {t('signIn:other.terminal')}
                </Anchor>
                <Text c="dimmed">{t('signIn:other.forgotten')}</Text>
              </Stack>
            </Stack>
          </form>
        </Card>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 7 }}>
        <DemoCards />
      </Grid.Col>
    </Grid>
  );
}
