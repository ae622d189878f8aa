import '../../i18n/oversight-texts.ts';
import type { RouteAnswer } from '@diemcau/shared/protocol/http.ts';
import { Loader, NativeSelect, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormWindow } from '../../components/form-window.tsx';
import { RefusalNotice } from '../../components/states.tsx';
import { useRoute, useWrite } from '../../hooks/use-route.ts';

type Person = RouteAnswer<'assignable'>['people'][number];

/** From this many letters on people are looked for. */
const least = 2;

/** Assigns somebody over one cell or over all of a subtree. */
export function AssignmentForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('oversight');
  const { write, busy } = useWrite();
  const places = useRoute('administration', {}).data;
  const [chosen, setChosen] = useState<Person | null>(null);
  const [where, setWhere] = useState<string | null>(null);
  const [office, setOffice] = useState('');
  const [tried, setTried] = useState(false);
  const at = where ?? places?.organizations[0]?.id;
  const organization = places?.organizations.find(({ id }) => id === at);
  const cell = places?.cells.find(({ id }) => id === at);

  const save = async () => {
    setTried(true);
    if (chosen === null) return null;
    const { personId, name } = chosen;
    const title = office.trim() === '' ? {} : { title: office.trim() };
    const answer = cell
      ? await write('assignSuperior', { body: { personId, cellId: cell.id, ...title } })
      : organization
        ? await write('assignSuperior', { body: { personId, organizationId: organization.id, ...title } })
        : null;
    if (answer?.ok) notifications.show({ message: t('assignment.done', { name }), color: 'green' });
    return answer;
  };
  return (
    <FormWindow title={t('assignment.title')} busy={busy} save={save} onClose={onClose}>
      <PersonField
        chosen={chosen}
        fault={tried && chosen === null ? t('assignment.missing') : null}
        onChoose={setChosen}
      />
      <NativeSelect
        label={t('assignment.where')}
        value={at ?? ''}
        onChange={(event) => setWhere(event.currentTarget.value)}
        data={[
          ...(places?.organizations ?? []).map(({ id, name }) => ({
            value: id,
            label: t('assignment.subtree', { name }),
          })),
          ...(places?.cells ?? []).map(({ id, name, organizationName }) => ({
            value: id,
            label: `${name}, ${organizationName}`,
          })),
        ]}
      />
      <TextInput
        label={t('assignment.office')}
        description={t('assignment.officeHint')}
        maxLength={200}
        value={office}
        onChange={(event) => setOffice(event.currentTarget.value)}
      />
    </FormWindow>
  );
}

function PersonField({
  chosen,
  fault,
  onChoose,
}: {
  readonly chosen: Person | null;
  readonly fault: string | null;
  readonly onChoose: (person: Person | null) => void;
}) {
  const { t } = useTranslation('oversight');
  const [typed, setTyped] = useState('');
  const [name] = useDebouncedValue(typed.trim(), 300);
  return (
    <Stack gap="xs">
      <TextInput
        label={t('assignment.person')}
        description={t('assignment.personHint')}
        required
        error={fault}
        value={typed}
        autoComplete="off"
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          onChoose(null);
        }}
      />
      {name.length >= least && <Found name={name} chosen={chosen} onChoose={onChoose} />}
    </Stack>
  );
}

function Found({
  name,
  chosen,
  onChoose,
}: {
  readonly name: string;
  readonly chosen: Person | null;
  readonly onChoose: (person: Person | null) => void;
}) {
  const { t } = useTranslation('oversight');
  const { data, error } = useRoute('assignable', { query: { name } });
  if (error) return <RefusalNotice message={error.message} />;
  if (!data) return <Loader size="sm" aria-label={t('assignment.choose')} />;
  if (data.people.length === 0) return <Text role="status">{t('assignment.nobody', { name })}</Text>;
  return (
    <Radio.Group
      label={t('assignment.choose')}
      value={chosen?.personId ?? ''}
      onChange={(value) => onChoose(data.people.find(({ personId }) => personId === value) ?? null)}
    >
      <Stack gap="xs" mt="xs">
        {/* Once one is chosen the others make room for the rest of the form; typing brings them back. */}
        {(chosen === null ? data.people : [chosen]).map((person) => {
          const { personId, birthYear, office, cellName } = person;
          const more = [office, cellName].filter((part) => part !== null && part !== '').join(' · ');
          const label = birthYear === null ? person.name : `${person.name} (${birthYear})`;
          return <Radio key={personId} size="md" value={personId} label={label} description={more} />;
        })}
      </Stack>
    </Radio.Group>
  );
}
