import { Button, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp } from '../../hooks/use-app.ts';

interface OwnPinProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** The person's own digits, with which counts are confirmed on another's device (VOTE7). */
export function OwnPin({ opened, onClose }: OwnPinProps) {
  const { t } = useTranslation('record');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('pin.mine')}
      centered
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <OwnPinForm onDone={onClose} />
    </Modal>
  );
}

function OwnPinForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation('record');
  const { session } = useApp();
  const cache = useQueryClient();
  const state = useQuery({
    queryKey: ['pin'],
    queryFn: async () => {
      const answer = await session.call('pin', {});
      if (!answer.ok) throw new Error(answer.message);
      return answer.value.pin;
    },
  });
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const digits = (value: string) => value.replace(/\D/g, '').slice(0, 8);
  const save = async () => {
    if (pin.length < 4) return setRefusal(t('pin.digits'));
    if (pin !== again) return setRefusal(t('pin.differs'));
    setBusy(true);
    const answer = await session.call('setPin', { body: { pin } });
    setBusy(false);
    if (!answer.ok) return setRefusal(answer.message);
    await cache.invalidateQueries({ queryKey: ['pin'] });
    notifications.show({ message: t('pin.saved'), color: 'green' });
    onDone();
  };
  return (
    <form
      data-testid="own-pin"
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        void save();
      }}
    >
      <Stack gap="md">
        <Text>{t('pin.mineHint')}</Text>
        {state.data !== undefined && <Text fw={600}>{t(`pin.${state.data}`)}</Text>}
        <PasswordInput
          label={t('pin.fresh')}
          value={pin}
          inputMode="numeric"
          autoComplete="off"
          onChange={(event) => setPin(digits(event.currentTarget.value))}
          data-autofocus
          data-testid="own-pin-first"
        />
        <PasswordInput
          label={t('pin.again')}
          value={again}
          inputMode="numeric"
          autoComplete="off"
          onChange={(event) => setAgain(digits(event.currentTarget.value))}
          error={refusal}
          data-testid="own-pin-again"
        />
        <Button type="submit" mih={48} loading={busy} data-testid="own-pin-save">
          {t('pin.save')}
        </Button>
      </Stack>
    </form>
  );
}
