import '../../app/mantine-more.ts';
import '../../i18n/admin-texts.ts';
import { organizationKinds } from '@diemcau/shared/protocol/http.ts';
import { Button, NativeSelect, TextInput, type TextInputProps } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEntry } from '../../hooks/use-entry.ts';
import { readSlot } from '../../store/slot.ts';
import { NarrowForm } from './narrow-form.tsx';
import { NewPassword } from './new-password.tsx';

/** The code that an empty system prints at its start makes the first administrator and the topmost organization. */
export function Component() {
  const { t } = useTranslation(['signIn', 'admin']);
  const { enter, busy } = useEntry();
  const [refusal, setRefusal] = useState<string | null>(null);
  const required = (value: string) => (value.trim() === '' ? t('signIn:required') : null);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: {
      code: '',
      name: '',
      login: '',
      password: '',
      repeat: '',
      organization: '',
      committee: '',
      kind: organizationKinds[0] as (typeof organizationKinds)[number],
    },
    validate: {
      code: required,
      name: required,
      login: required,
      password: required,
      organization: required,
      committee: required,
      repeat: (value, { password }) => (value === password ? null : t('signIn:activation.mismatch')),
    },
  });

  const submit = form.onSubmit(async ({ code, name, login, password, organization, committee, kind }) => {
    setRefusal(null);
    const body = {
      code: code.trim(),
      name,
      login,
      password,
      organization: { kind, name: organization, committeeName: committee },
      slot: readSlot(),
    };
    const answer = await enter((app) => app.session.enter('firstAdministrator', { body }), '/quan-tri');
    if (!answer.ok) setRefusal(answer.message);
  });

  type TextField = 'code' | 'name' | 'login' | 'organization' | 'committee';
  const input = (name: TextField, more: TextInputProps) => (
    <TextInput
      key={form.key(name)}
      {...form.getInputProps(name)}
      label={t(`signIn:firstAdministrator.${name}`)}
      required
      {...more}
    />
  );

  return (
    <NarrowForm
      title={t('signIn:firstAdministrator.title')}
      text={t('signIn:firstAdministrator.text')}
      refusal={refusal}
      back={t('signIn:activation.back')}
      onSubmit={submit}
    >
      {input('code', { autoComplete: 'one-time-code', spellCheck: false })}
      {input('name', { autoComplete: 'name' })}
      {input('login', { autoComplete: 'username' })}
      <NewPassword first={form.getInputProps('password')} second={form.getInputProps('repeat')} />
      {input('organization', { description: t('signIn:firstAdministrator.organizationExample') })}
      {input('committee', { description: t('signIn:firstAdministrator.committeeExample') })}
      <NativeSelect
        key={form.key('kind')}
        {...form.getInputProps('kind')}
        label={t('signIn:firstAdministrator.kind')}
        data={organizationKinds.map((kind) => ({
          value: kind,
          label: t(`admin:organization.kinds.${kind}`),
        }))}
      />
      <Button type="submit" loading={busy} fullWidth>
        {t('signIn:firstAdministrator.submit')}
      </Button>
    </NarrowForm>
  );
}
