import { currentItem } from '@diemcau/shared/domain/agenda.ts';
import {
  type AgendaItemKind,
  type AgendaPaper,
  agendaItemKinds,
} from '@diemcau/shared/domain/agenda-item.ts';
import type { AgendaItem } from '@diemcau/shared/domain/state.ts';
import { Button, Group, Modal, NumberInput, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { PapersField } from './papers-field.tsx';

interface Values {
  title: string;
  kind: AgendaItemKind;
  presenter: string;
  minutes: number;
  draft: string;
  inPersonOnly: boolean;
  papers: readonly AgendaPaper[];
}

const blank: Values = {
  title: '',
  kind: 'other',
  presenter: '',
  minutes: 5,
  draft: '',
  inPersonOnly: false,
  papers: [],
};

function valuesOf(item: AgendaItem): Values {
  const { title, kind, presenter, minutes, draftDecision, inPersonOnly, papers } = item;
  return {
    title,
    kind,
    presenter: presenter ?? '',
    minutes,
    draft: draftDecision ?? '',
    inPersonOnly,
    papers,
  };
}

interface ItemFormProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** The item to change; without it a new one goes in after the current. */
  readonly item?: AgendaItem | undefined;
}

/** Adds an item after the current one, or changes one. */
export function ItemForm({ opened, onClose, item }: ItemFormProps) {
  const { state } = useRoom();
  const t = useText();
  const conduct = useConductText();
  const { give, busy } = useGive();
  const form = useForm<Values>({ initialValues: item ? valuesOf(item) : blank });
  const save = async (values: Values) => {
    const wanted = {
      title: values.title.trim(),
      kind: values.kind,
      presenter: values.presenter.trim() || null,
      minutes: Math.round(values.minutes),
      draftDecision: values.draft.trim() || null,
      inPersonOnly: values.inPersonOnly,
      papers: values.papers.filter(({ title }) => title.trim() !== ''),
    };
    const done = await give(
      item
        ? { type: 'editAgendaItem', item: item.id, changes: wanted }
        : { type: 'addAgendaItem', item: wanted, after: currentItem(state)?.id ?? null },
    );
    if (!done) return;
    if (!item) form.reset();
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={item ? conduct('agenda.editTitle') : t('agenda.addTitle')}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form onSubmit={form.onSubmit((values) => void save(values))}>
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
          <Switch
            size="md"
            label={conduct('agenda.inPersonOnly')}
            description={conduct('agenda.inPersonHint')}
            {...form.getInputProps('inPersonOnly', { type: 'checkbox' })}
          />
          <PapersField
            papers={form.values.papers}
            onChange={(papers) => form.setFieldValue('papers', papers)}
          />
          <Button type="submit" mih={48} loading={busy} disabled={form.values.title.trim() === ''}>
            {item ? conduct('agenda.save') : t('agenda.add')}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
