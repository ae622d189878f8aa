import { Button, Modal, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';

/** Where an opinion is written; a refused or lost one stays in the field. */
export function OpinionWindow({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const t = useConductText();
  const texts = useText();
  const { give, busy } = useGive();
  const [text, setText] = useState('');
  const send = async () => {
    if (!(await give({ type: 'writeOpinion', text: text.trim() }))) return;
    setText('');
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('opinion.title')}
      centered
      closeButtonProps={{ 'aria-label': texts('common.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Stack>
          <Textarea
            label={t('opinion.text')}
            description={t('opinion.hint')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            required
            autosize
            minRows={4}
            maxRows={14}
            maxLength={4000}
            data-autofocus
          />
          <Button type="submit" mih={48} loading={busy} disabled={text.trim() === ''}>
            {t('opinion.send')}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
