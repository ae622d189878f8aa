import type { PersonId } from '@diemcau/shared/ids.ts';
import type { CellDetails } from '@diemcau/shared/protocol/http.ts';
import { Button, Group, NativeSelect, Radio, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { RefusalNotice } from '../../components/states.tsx';
import { useWrite } from '../../hooks/use-route.ts';
import { type Draft, draftOf, faultsOf, startOf, titleOf } from './meeting-draft.ts';
import { SiteChoices } from './site-choices.tsx';

/** Kind, time, officers and sites; the programme comes from the template of the kind. */
export function NewMeetingForm({ cell, me }: { readonly cell: CellDetails; readonly me: PersonId }) {
  const { t } = useTranslation('home');
  const navigate = useNavigate();
  const { write, busy } = useWrite();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const [draft, setDraft] = useState<Draft>(() => draftOf(cell, me, Date.now()));
  const change = (changes: Partial<Draft>) => setDraft((before) => ({ ...before, ...changes }));
  const title = draft.title ?? titleOf(draft, t);
  const faults = faultsOf({ ...draft, title }, Date.now());
  const fault = (name: keyof typeof faults) => {
    const kind = tried ? faults[name] : undefined;
    return kind === undefined ? null : t(`form.${kind}`);
  };

  const people = cell.members
    .filter(({ standing }) => standing !== 'suspended' && standing !== 'temporaryOut')
    .map(({ personId, name, birthYear }) => ({
      value: personId,
      label: birthYear === null ? name : `${name} (${birthYear})`,
    }));
  const nobody = { value: '', label: t('form.nobody') };
  const idOf = (value: string) => cell.members.find(({ personId }) => personId === value)?.personId ?? null;

  const submit = async () => {
    setTried(true);
    setRefusal(null);
    const startsAt = startOf(draft);
    if (Object.keys(faults).length > 0 || startsAt === null || draft.clerk === null || draft.chair === null)
      return;
    const answer = await write('createMeeting', {
      body: {
        cellId: cell.id,
        kind: draft.kind,
        title,
        startsAt,
        sites: [...draft.sites],
        chairId: draft.chair,
        deputyChairId: draft.deputyChair,
        clerkId: draft.clerk,
      },
    });
    if (!answer.ok) {
      setRefusal(answer.message);
      return;
    }
    notifications.show({ message: t('form.done'), color: 'green' });
    await navigate('/');
  };

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="md">
        <Radio.Group
          label={t('form.kind')}
          description={t(`form.kindHint.${draft.kind}`)}
          value={draft.kind}
          onChange={(kind) => change({ kind: kind === 'topic' ? 'topic' : 'regular' })}
        >
          <Group mt="xs" gap="lg">
            <Radio size="md" value="regular" label={t('kind.regular')} />
            <Radio size="md" value="topic" label={t('kind.topic')} />
          </Group>
        </Radio.Group>
        <TextInput
          label={t('form.name')}
          value={title}
          error={fault('title')}
          onChange={(event) => change({ title: event.currentTarget.value })}
          required
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput
            type="date"
            label={t('form.date')}
            value={draft.date}
            error={fault('date')}
            onChange={(event) => change({ date: event.currentTarget.value })}
            required
          />
          <TextInput
            type="time"
            label={t('form.time')}
            value={draft.time}
            error={fault('time')}
            onChange={(event) => change({ time: event.currentTarget.value })}
            required
          />
        </SimpleGrid>
        <Text fw={600}>{t('form.officers')}</Text>
        <NativeSelect
          label={t('form.chair')}
          value={draft.chair ?? ''}
          error={fault('chair')}
          onChange={(event) => change({ chair: idOf(event.currentTarget.value) })}
          data={[nobody, ...people]}
          required
        />
        <NativeSelect
          label={t('form.deputyChair')}
          description={t('form.deputyHint')}
          value={draft.deputyChair ?? ''}
          onChange={(event) => change({ deputyChair: idOf(event.currentTarget.value) })}
          data={[nobody, ...people]}
        />
        <NativeSelect
          label={t('form.clerk')}
          description={t('form.clerkHint')}
          value={draft.clerk ?? ''}
          error={fault('clerk')}
          onChange={(event) => change({ clerk: idOf(event.currentTarget.value) })}
          data={[nobody, ...people]}
          required
        />
        <SiteChoices
          cell={cell}
          people={[nobody, ...people]}
          draft={draft}
          onChange={(sites) => change({ sites })}
        />
        {refusal !== null && <RefusalNotice message={refusal} />}
        <Button type="submit" loading={busy} size="lg">
          {t('form.submit')}
        </Button>
      </Stack>
    </form>
  );
}
