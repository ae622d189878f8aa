import { cellTypes, type OrganizationView } from '@diemcau/shared/protocol/http.ts';
import { NativeSelect, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { FormWindow } from '../../components/form-window.tsx';
import { useWrite } from '../../hooks/use-route.ts';

type CellKind = (typeof cellTypes)[number];

/** A new cell of an organization. */
export function CellForm({
  below,
  onClose,
}: {
  readonly below: OrganizationView;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('admin');
  const { write, busy } = useWrite();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', type: 'rural' as CellKind },
    validate: { name: (value) => (value.trim() === '' ? t('member.missing') : null) },
  });
  const save = () =>
    form.validate().hasErrors
      ? null
      : write('createCell', { body: { organizationId: below.id, ...form.getValues() } });
  return (
    <FormWindow title={`${t('tree.addCell')}: ${below.name}`} busy={busy} save={save} onClose={onClose}>
      <TextInput
        key={form.key('name')}
        {...form.getInputProps('name')}
        label={t('cell.name')}
        data-autofocus
        required
      />
      <NativeSelect
        key={form.key('type')}
        {...form.getInputProps('type')}
        label={t('cell.type')}
        data={cellTypes.map((type) => ({ value: type, label: t(`cell.types.${type}`) }))}
      />
    </FormWindow>
  );
}
