import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useEntry } from '../../hooks/use-entry.ts';
import { readSlot } from '../../store/slot.ts';
import { NarrowForm } from './narrow-form.tsx';
import { NewPassword } from './new-password.tsx';

/** The code on paper becomes an account with a password. */
export function Component() {
  const { t } = useTranslation('signIn');
  const [search] = useSearchParams();
  const { enter, busy } = useEntry();
  const [refusal, setRefusal] = useState<string | null>(null);
  const required = (value: string) => (value.trim() === '' ? t('required') : null);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { code: search.get('ma') ?? '', password: '', repeat: '', login: '' },
    validate: {
      code: required,
      password: required,
      repeat: (value, { password }) => (value === password ? null : t('activation.mismatch')),
    },
  });

  const submit = form.onSubmit(async ({ code, password, login }) => {
    setRefusal(null);
    const body = {
      code: code.trim(),
      password,
      slot: readSlot(),
      ...(login.trim() === '' ? {} : { login: login.trim() }),
    };
    const answer = await enter((app) => app.session.enter('activate', { body }), '/');
    if (!answer.ok) setRefusal(answer.message);
  });

  return (
    <NarrowForm
      title={t('activation.title')}
      text={t('activation.text')}
      refusal={refusal}
      back={t('activation.back')}
      onSubmit={submit}
    >
      <TextInput
        key={form.key('code')}
        {...form.getInputProps('code')}
        label={t('activation.code')}
        autoComplete="one-time-code"
        autoCapitalize="characters"
        spellCheck={false}
        required
      />
      <TextInput
        key={form.key('login')}
        {...form.getInputProps('login')}
        label={t('activation.login')}
        autoComplete="username"
        inputMode="tel"
      />
      <NewPassword first={form.getInputProps('password')} second={form.getInputProps('repeat')} />
      <Button type="submit" loading={busy} fullWidth>
        {t('activation.submit')}
      </Button>
    </NarrowForm>
  );
}
