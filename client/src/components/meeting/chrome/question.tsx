import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import { useText } from '../../../hooks/meeting/use-text.ts';

interface QuestionProps {
  readonly opened: boolean;
  readonly title: string;
  readonly hint?: string | undefined;
  readonly confirm: string;
  /** Where a reason must be given: its label. */
  readonly reason?: string | undefined;
  readonly children?: ReactNode;
  readonly onConfirm: (reason: string) => void;
  readonly onClose: () => void;
}

/** A plain question before an act that weighs; with a reason where one must be given. */
export function Question({
  opened,
  title,
  hint,
  confirm,
  reason,
  children,
  onConfirm,
  onClose,
}: QuestionProps) {
  const t = useText();
  const [text, setText] = useState('');
  const form = useId();
  const close = () => {
    setText('');
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={title}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault();
          onConfirm(text.trim());
          close();
        }}
      >
        <Stack gap="md">
          {hint !== undefined && <Text>{hint}</Text>}
          {children}
          {reason !== undefined && (
            <Textarea
              label={reason}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              onKeyDown={(event) => {
                // A reason is a line or two: Enter answers, as in any field of one line.
                if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
                event.preventDefault();
                event.currentTarget.form?.requestSubmit();
              }}
              required
              autosize
              minRows={2}
              maxLength={500}
              data-autofocus
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={close} mih={48}>
              {t('common.cancel')}
            </Button>
            <Button
              type="submit"
              mih={48}
              disabled={reason !== undefined && text.trim() === ''}
              data-autofocus={reason === undefined ? true : undefined}
            >
              {confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
