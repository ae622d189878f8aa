import type { MeetingId } from '@diemcau/shared/ids.ts';
import { Button, Group, List, Modal, Stack, Text, Textarea } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useWallActs } from '../../hooks/wall/use-wall-acts.ts';
import { useWallText } from '../../hooks/wall/use-wall-text.ts';
import { useEntries, useWall } from '../../hooks/wall/wall.ts';

interface MessageWindowProps {
  /** Null while the window is closed. */
  readonly meetings: readonly MeetingId[] | null;
  readonly onClose: () => void;
}

/** A word to the chairs of several cells; who gets it is named before it is sent. */
export function MessageWindow({ meetings, onClose }: MessageWindowProps) {
  const t = useWallText();
  return (
    <Modal
      opened={meetings !== null}
      onClose={onClose}
      title={t('message.title')}
      centered
      size="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {meetings !== null && <MessageForm meetings={meetings} onDone={onClose} />}
    </Modal>
  );
}

function MessageForm({
  meetings,
  onDone,
}: {
  readonly meetings: readonly MeetingId[];
  readonly onDone: () => void;
}) {
  const t = useWallText();
  const { client } = useWall();
  const acts = useWallActs();
  const entries = useEntries();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const recipients = meetings.filter((meeting) => entries.has(meeting));
  const wordsOf = (meeting: MeetingId) => {
    const cell = entries.get(meeting)?.cellName ?? '';
    const chair = client.summaries.at(meeting).get()?.chair ?? null;
    return chair === null ? cell : t('message.recipient', { cell, name: chair.name });
  };
  const send = async () => {
    setBusy(true);
    const outcome = await acts.message(recipients, text.trim());
    setBusy(false);
    if (outcome === 'sent') onDone();
  };
  if (recipients.length === 0) return <Text>{t('message.none')}</Text>;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      data-testid="wall-message"
    >
      <Stack gap="md">
        <div>
          <Text fw={600}>{t('message.to', { count: recipients.length })}</Text>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
          <div style={{ maxHeight: '30dvh', overflowY: 'auto' }} tabIndex={0}>
            <List>
              {recipients.map((meeting) => (
                <List.Item key={meeting}>{wordsOf(meeting)}</List.Item>
              ))}
            </List>
          </div>
        </div>
        <Textarea
          label={t('message.text')}
          description={t('message.hint')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autosize
          minRows={2}
          maxLength={1000}
          required
          data-autofocus
        />
        <Group justify="flex-end">
          <Button
            type="submit"
            loading={busy}
            disabled={text.trim() === ''}
            leftSection={<IconSend size={20} aria-hidden />}
          >
            {t('message.send')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
