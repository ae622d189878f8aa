import type { CellId } from '@diemcau/shared/ids.ts';
import { cellOffices, groupOffices, type MemberView, standings } from '@diemcau/shared/protocol/http.ts';
import { Checkbox, NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { FormWindow } from '../../components/form-window.tsx';
import { useWrite } from '../../hooks/use-route.ts';

/** What the cell keeps of one member. */
export function MemberForm({
  cellId,
  member,
  onClose,
}: {
  readonly cellId: CellId;
  readonly member: MemberView | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('admin');
  const { write, busy } = useWrite();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: {
      name: member?.name ?? '',
      birthYear: member?.birthYear?.toString() ?? '',
      phone: member?.phone ?? '',
      standing: member?.standing ?? 'official',
      office: member?.office ?? '',
      isClerk: member?.isClerk ?? false,
      partyGroup: member?.partyGroup ?? '',
      groupOffice: member?.groupOffice ?? '',
      specialDuty: member?.specialDuty ?? false,
      detained: member?.detained ?? false,
    },
    validate: {
      name: (value) => (value.trim() === '' ? t('member.missing') : null),
      birthYear: (value) =>
        /^(|19\d\d|20\d\d)$/.test(value.trim()) ? null : t('import.faultKinds.notAYear'),
    },
  });

  const save = () => {
    if (form.validate().hasErrors) return null;
    const values = form.getValues();
    const orNull = (value: string) => (value.trim() === '' ? null : value.trim());
    const body = {
      ...values,
      birthYear: values.birthYear.trim() === '' ? null : Number(values.birthYear),
      phone: orNull(values.phone),
      partyGroup: orNull(values.partyGroup),
      office: cellOffices.find((office) => office === values.office) ?? null,
      groupOffice: groupOffices.find((office) => office === values.groupOffice) ?? null,
    };
    return member === null
      ? write('addMember', { params: { cellId }, body })
      : write('updateMember', { params: { cellId, personId: member.personId }, body });
  };

  return (
    <FormWindow
      title={t(member === null ? 'member.add' : 'member.edit')}
      busy={busy}
      save={save}
      onClose={onClose}
    >
      <TextInput
        key={form.key('name')}
        {...form.getInputProps('name')}
        label={t('member.name')}
        data-autofocus
        required
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          key={form.key('birthYear')}
          {...form.getInputProps('birthYear')}
          label={t('member.birthYear')}
          inputMode="numeric"
        />
        <TextInput
          key={form.key('phone')}
          {...form.getInputProps('phone')}
          label={t('member.phone')}
          inputMode="tel"
        />
        <NativeSelect
          key={form.key('standing')}
          {...form.getInputProps('standing')}
          label={t('member.standing')}
          data={standings.map((standing) => ({ value: standing, label: t(`member.standings.${standing}`) }))}
        />
        <NativeSelect
          key={form.key('office')}
          {...form.getInputProps('office')}
          label={t('member.office')}
          data={[
            { value: '', label: t('member.offices.none') },
            ...cellOffices.map((office) => ({ value: office, label: t(`member.offices.${office}`) })),
          ]}
        />
        <TextInput
          key={form.key('partyGroup')}
          {...form.getInputProps('partyGroup')}
          label={t('member.partyGroup')}
        />
        <NativeSelect
          key={form.key('groupOffice')}
          {...form.getInputProps('groupOffice')}
          label={t('member.groupOffice')}
          data={[
            { value: '', label: t('member.groupOffices.none') },
            ...groupOffices.map((office) => ({ value: office, label: t(`member.groupOffices.${office}`) })),
          ]}
        />
      </SimpleGrid>
      {(['isClerk', 'specialDuty', 'detained'] as const).map((name) => (
        <Checkbox
          key={form.key(name)}
          {...form.getInputProps(name, { type: 'checkbox' })}
          size="md"
          label={t(`member.${name}`)}
        />
      ))}
    </FormWindow>
  );
}
