import { Button, Stack, Textarea } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';

interface AbsenceFormProps {
  readonly label: string;
  /** @returns whether it was recorded; then the form is emptied. */
  readonly onSend: (reason: string) => Promise<boolean>;
}

/** A reason, and the button that sends it. */
export function AbsenceForm({ label, onSend }: AbsenceFormProps) {
  const t = useConductText();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    const done = await onSend(reason.trim());
    setBusy(false);
    if (done) setReason('');
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Stack gap="sm">
        <Textarea
          label={t('absence.reason')}
          description={t('absence.hint')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          required
          autosize
          minRows={2}
          maxLength={500}
          data-autofocus
        />
        <Button
          type="submit"
          mih={48}
          loading={busy}
          disabled={reason.trim() === ''}
          leftSection={<IconSend size={20} aria-hidden />}
        >
          {label}
        </Button>
      </Stack>
    </form>
  );
}
