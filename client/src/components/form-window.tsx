import type { Answer } from '@diemcau/shared/protocol/socket.ts';
import { Button, Group, Modal, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalNotice } from './states.tsx';

/** A window with fields; it closes when the server has taken them, and else says why not. */
export function FormWindow({
  title,
  busy,
  save,
  onClose,
  children,
}: {
  readonly title: string;
  readonly busy: boolean;
  /** Null when the fields are not in order yet. */
  readonly save: () => Promise<Answer<unknown> | null> | null;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('shell');
  const [refusal, setRefusal] = useState<string | null>(null);
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <form
        noValidate
        onSubmit={async (event) => {
          event.preventDefault();
          setRefusal(null);
          const answer = await save();
          if (answer?.ok) onClose();
          else if (answer) setRefusal(answer.message);
        }}
      >
        <Stack gap="md">
          {children}
          {refusal !== null && <RefusalNotice message={refusal} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
