import type { MemberView, OrganizationView, RouteAnswer } from '@diemcau/shared/protocol/http.ts';
import { NativeSelect, Radio, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormWindow } from '../../components/form-window.tsx';
import { Loading, RefusalNotice } from '../../components/states.tsx';
import { useRoute, useWrite } from '../../hooks/use-route.ts';

type Duty = 'superior' | 'administrator';
const duties: readonly Duty[] = ['superior', 'administrator'];

interface DutyProps {
  readonly member: MemberView;
  readonly onClose: () => void;
}

/** Makes a member a superior over cells, or an administrator of a subtree. */
export function DutyForm({ member, onClose }: DutyProps) {
  const administration = useRoute('administration', {});
  if (administration.isPending) return <Loading />;
  if (administration.data === undefined)
    return <RefusalNotice message={administration.error?.message ?? ''} />;
  return <DutyFields member={member} places={administration.data} onClose={onClose} />;
}

function DutyFields({
  member,
  places,
  onClose,
}: DutyProps & { readonly places: RouteAnswer<'administration'> }) {
  const { t } = useTranslation('admin');
  const { write, busy } = useWrite();
  const [duty, setDuty] = useState<Duty>('superior');
  const [where, setWhere] = useState<string>(places.organizations[0]?.id ?? '');
  const [office, setOffice] = useState('');
  const organization: OrganizationView | undefined = places.organizations.find(({ id }) => id === where);
  const cell = places.cells.find(({ id }) => id === where);

  const give = () => {
    const { personId } = member;
    if (duty === 'administrator') {
      const params = organization && { organizationId: organization.id };
      return params ? write('appointAdministrator', { params, body: { personId } }) : null;
    }
    const title = office.trim() === '' ? {} : { title: office.trim() };
    if (cell) return write('assignSuperior', { body: { personId, cellId: cell.id, ...title } });
    if (!organization) return null;
    return write('assignSuperior', { body: { personId, organizationId: organization.id, ...title } });
  };

  const save = async () => {
    const answer = await give();
    if (answer?.ok) notifications.show({ message: t('duty.done', { name: member.name }), color: 'green' });
    return answer;
  };

  return (
    <FormWindow title={t('duty.title', { name: member.name })} busy={busy} save={save} onClose={onClose}>
      <Radio.Group
        label={t('duty.kind')}
        value={duty}
        onChange={(value) => {
          setDuty(value === 'administrator' ? 'administrator' : 'superior');
          setWhere(places.organizations[0]?.id ?? '');
        }}
      >
        <Stack gap="sm" mt="xs">
          {duties.map((kind) => (
            <Radio
              key={kind}
              size="md"
              value={kind}
              label={t(`duty.kinds.${kind}`)}
              description={t(`duty.hints.${kind}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      <NativeSelect
        label={t('duty.where')}
        value={where}
        onChange={(event) => setWhere(event.currentTarget.value)}
        data={[
          ...places.organizations.map(({ id, name }) => ({ value: id, label: t('duty.all', { name }) })),
          ...(duty === 'superior' ? places.cells.map(({ id, name }) => ({ value: id, label: name })) : []),
        ]}
      />
      {duty === 'superior' && (
        <TextInput
          label={t('duty.office')}
          description={t('duty.officeExample')}
          value={office}
          onChange={(event) => setOffice(event.currentTarget.value)}
        />
      )}
    </FormWindow>
  );
}
