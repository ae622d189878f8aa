import { currentItem } from '@diemcau/shared/domain/agenda.ts';
import { type AgendaItemKind, agendaItemKinds } from '@diemcau/shared/domain/agenda-item.ts';
import { Button, Group, Modal, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';

interface Values {
  title: string;
  kind: AgendaItemKind;
  presenter: string;
  minutes: number;
  draft: string;
}

const blank: Values = { title: '', kind: 'other', presenter: '', minutes: 5, draft: '' };

/** Adds an item after the current one. */
export function ItemForm({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { state } = useRoom();
  const t = useText();
  const { give, busy } = useGive();
  const form = useForm<Values>({ initialValues: blank });
  const add = async (values: Values) => {
    const done = await give({
      type: 'addAgendaItem',
      item: {
        title: values.title.trim(),
        kind: values.kind,
        presenter: values.presenter.trim() || null,
        minutes: Math.round(values.minutes),
        draftDecision: values.draft.trim() || null,
      },
      after: currentItem(state)?.id ?? null,
    });
    if (!done) return;
    form.reset();
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('agenda.addTitle')}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form onSubmit={form.onSubmit((values) => void add(values))}>
        <Stack>
          <TextInput
            label={t('agenda.itemTitle')}
            required
            maxLength={300}
            data-autofocus
            {...form.getInputProps('title')}
          />
          <Group grow align="flex-start">
            <Select
              label={t('agenda.itemKind')}
              allowDeselect={false}
              data={agendaItemKinds.map((kind) => ({ value: kind, label: t(`agenda.kinds.${kind}`) }))}
              {...form.getInputProps('kind')}
            />
            <NumberInput
              label={t('agenda.itemMinutes')}
              min={0}
              max={600}
              allowDecimal={false}
              required
              {...form.getInputProps('minutes')}
            />
          </Group>
          <TextInput label={t('agenda.itemPresenter')} maxLength={120} {...form.getInputProps('presenter')} />
          <Textarea
            label={t('agenda.itemDraft')}
            autosize
            minRows={2}
            maxLength={4000}
            {...form.getInputProps('draft')}
          />
          <Button type="submit" mih={48} loading={busy} disabled={form.values.title.trim() === ''}>
            {t('agenda.add')}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
