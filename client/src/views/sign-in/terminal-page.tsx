import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useApp, useSession } from '../../hooks/use-app.ts';
import { useEntry } from '../../hooks/use-entry.ts';
import { ownSlot, readSlot, rememberedTerminal, rememberTerminal, switchSlot } from '../../store/slot.ts';
import { NarrowForm } from './narrow-form.tsx';

/** A room opens with its code; nobody in it needs an account (SITE3). */
export function Component() {
  const { t } = useTranslation('signIn');
  const [search] = useSearchParams();
  const session = useSession();
  const app = useApp();
  const navigate = useNavigate();
  const { enter, busy } = useEntry();
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { code: search.get('ma') ?? '' },
    validate: { code: (value) => (value.trim() === '' ? t('required') : null) },
  });

  const submit = form.onSubmit(async ({ code }) => {
    setRefusal(null);
    const slot = ownSlot();
    const answer = await enter(async (app) => {
      const entered = await app.session.enter('openTerminal', { body: { code: code.trim(), slot } });
      if (entered.ok) {
        switchSlot(slot);
        rememberTerminal(slot);
      }
      return entered;
    });
    if (!answer.ok) setRefusal(answer.message);
  });

  const before = rememberedTerminal();
  const goOn = async () => {
    if (before === null) return;
    setRefusal(null);
    const here = readSlot();
    switchSlot(before);
    await app.session.restore();
    const now = app.session.state.get();
    if (now.kind === 'signedIn' && now.session.kind === 'terminal') {
      await navigate(`/hop/${now.session.meetingId}`);
      return;
    }
    switchSlot(here);
    await app.session.restore();
    setRefusal(t('terminal.gone'));
  };

  const terminal =
    session.kind === 'signedIn' && session.session.kind === 'terminal' ? session.session : null;
  return (
    <NarrowForm
      title={t('terminal.title')}
      text={t('terminal.text')}
      refusal={refusal}
      back={t('terminal.back')}
      onSubmit={submit}
    >
      {terminal !== null && (
        <Button component={Link} to={`/hop/${terminal.meetingId}`} variant="light" fullWidth>
          {t('terminal.resume', { site: terminal.siteName })}
        </Button>
      )}
      {terminal === null && before !== null && (
        <Button variant="light" fullWidth onClick={() => void goOn()}>
          {t('terminal.goOn')}
        </Button>
      )}
      <TextInput
        key={form.key('code')}
        {...form.getInputProps('code')}
        label={t('terminal.code')}
        size="lg"
        inputMode="numeric"
        autoComplete="one-time-code"
        spellCheck={false}
        required
      />
      <Button type="submit" loading={busy} fullWidth>
        {t('terminal.submit')}
      </Button>
    </NarrowForm>
  );
}
