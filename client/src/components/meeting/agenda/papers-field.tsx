import { type AgendaPaper, paperMarkings } from '@diemcau/shared/domain/agenda-item.ts';
import { ActionIcon, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';

interface PapersFieldProps {
  readonly papers: readonly AgendaPaper[];
  readonly onChange: (papers: readonly AgendaPaper[]) => void;
}

/** The papers of an item with their marking; for a marked one it says at once that it stays out (AGD5). */
export function PapersField({ papers, onChange }: PapersFieldProps) {
  const t = useConductText();
  const change = (index: number, paper: AgendaPaper) =>
    onChange(papers.map((old, at) => (at === index ? paper : old)));
  return (
    <Stack gap="xs" component="fieldset" bd={0} p={0} m={0}>
      <Text component="legend" fw={500}>
        {t('agenda.papers')}
      </Text>
      {papers.map((paper, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own while they are typed
        <Group key={index} align="flex-end" gap="xs">
          <TextInput
            label={t('agenda.paperTitle')}
            value={paper.title}
            maxLength={300}
            required
            flex="2 1 12rem"
            onChange={(event) => change(index, { ...paper, title: event.currentTarget.value })}
          />
          <NativeSelect
            label={t('agenda.paperMarking')}
            value={paper.marking}
            flex="1 1 8rem"
            onChange={(event) => {
              const marking = paperMarkings.find((known) => known === event.currentTarget.value);
              if (marking) change(index, { ...paper, marking });
            }}
            data={paperMarkings.map((marking) => ({ value: marking, label: t(`agenda.marking.${marking}`) }))}
          />
          <ActionIcon
            size={48}
            variant="subtle"
            color="gray"
            aria-label={t('agenda.removePaper', { title: paper.title })}
            onClick={() => onChange(papers.filter((_, at) => at !== index))}
          >
            <IconX size={20} />
          </ActionIcon>
        </Group>
      ))}
      {papers.some(({ marking }) => marking !== 'none') && (
        <Text role="alert" data-testid="secret-paper">
          {t('agenda.secret')}
        </Text>
      )}
      <Button
        variant="default"
        mih={48}
        leftSection={<IconPlus size={18} aria-hidden />}
        onClick={() => onChange([...papers, { title: '', marking: 'none' }])}
      >
        {t('agenda.addPaper')}
      </Button>
    </Stack>
  );
}
