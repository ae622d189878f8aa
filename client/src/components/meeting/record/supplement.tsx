import { Button, Group, Modal, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconFilePencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useMay, useRoom } from '../../../hooks/meeting/room.ts';
import {
  standingSupplements,
  unlistedMeeting,
  useEarlierMeetings,
} from '../../../hooks/meeting/supplements.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useRecordText } from '../../../hooks/meeting/use-record-text.ts';
import classes from './record.module.css';

/** As the minutes write a day, whatever the reader's language. */
const day = new Intl.DateTimeFormat('vi-VN', { day: '2-digit', month: '2-digit', year: 'numeric' });

/** Which earlier minutes, and what is put right in them. */
function SupplementForm({ onDone }: { readonly onDone: () => void }) {
  const { state } = useRoom();
  const t = useRecordText();
  const { give, busy } = useGive();
  const earlier = useEarlierMeetings(state);
  const [chosen, setChosen] = useState('');
  const [typed, setTyped] = useState('');
  const [text, setText] = useState('');
  const meeting = earlier.find(({ id }) => id === chosen);
  // The record is Vietnamese.
  const title = meeting
    ? t('supplement.of', { title: meeting.title, date: day.format(meeting.startsAt), lng: 'vi' })
    : typed.trim();
  const propose = async () => {
    const of = meeting?.id ?? unlistedMeeting();
    if (await give({ type: 'proposeSupplement', meeting: of, title, text: text.trim() })) onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void propose();
      }}
    >
      <Stack gap="md">
        <Text>{t('supplement.hint')}</Text>
        <NativeSelect
          label={t('supplement.which')}
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={[
            ...earlier.map(({ id, title: name, startsAt }) => ({
              value: id as string,
              label: `${name} · ${day.format(startsAt)}`,
            })),
            { value: '', label: t('supplement.other') },
          ]}
          data-autofocus
          data-testid="supplement-meeting"
        />
        {meeting === undefined && (
          <TextInput
            label={t('supplement.title')}
            description={t('supplement.titleHint')}
            required
            maxLength={300}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            data-testid="supplement-title"
          />
        )}
        <Textarea
          label={t('supplement.text')}
          description={t('supplement.textHint')}
          required
          autosize
          minRows={3}
          maxRows={12}
          maxLength={20_000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data-testid="supplement-text"
        />
        <Group justify="flex-end">
          <Button variant="default" mih={48} onClick={onDone}>
            {t('cancel')}
          </Button>
          <Button
            type="submit"
            mih={48}
            loading={busy}
            disabled={title === '' || text.trim() === ''}
            data-testid="propose-supplement"
          >
            {t('supplement.send')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Corrections of earlier minutes: proposed by the officers, adopted by a vote of this meeting (MIN5). */
export function Supplements() {
  const { state } = useRoom();
  const t = useRecordText();
  const may = useMay();
  const [opened, setOpened] = useState(false);
  if (!may('proposeSupplement') || state.phase !== 'open' || state.minutesAdopted) return null;
  const standing = standingSupplements(state);
  return (
    <section aria-label={t('supplement.name')} data-testid="supplements">
      {standing.length > 0 && (
        <div role="status">
          <p className={classes.status}>
            {t('supplement.standing', { titles: standing.map(({ title }) => title).join('; ') })}
          </p>
          <p className={classes.hint}>{t('supplement.next')}</p>
        </div>
      )}
      <Button
        variant="default"
        mih={48}
        leftSection={<IconFilePencil size={20} aria-hidden />}
        onClick={() => setOpened(true)}
        data-testid="open-supplement"
      >
        {t('supplement.open')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('supplement.name')}
        size="lg"
        centered
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <SupplementForm onDone={() => setOpened(false)} />
      </Modal>
    </section>
  );
}
