import { type OrganizationView, organizationKinds } from '@diemcau/shared/protocol/http.ts';
import { NativeSelect, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { FormWindow } from '../../components/form-window.tsx';
import { useWrite } from '../../hooks/use-route.ts';

type Kind = (typeof organizationKinds)[number];

/** Name, committee and level of an organization. */
export function OrganizationForm({
  about,
  onClose,
}: {
  readonly about:
    | { readonly kind: 'new'; readonly below: OrganizationView }
    | { readonly kind: 'present'; readonly organization: OrganizationView };
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('admin');
  const { write, busy } = useWrite();
  const present = about.kind === 'present' ? about.organization : null;
  const required = (value: string) => (value.trim() === '' ? t('member.missing') : null);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: {
      name: present?.name ?? '',
      committeeName: present?.committeeName ?? '',
      kind: (present?.kind ?? 'commune') as Kind,
    },
    validate: { name: required, committeeName: required },
  });
  const save = () => {
    if (form.validate().hasErrors) return null;
    const body = form.getValues();
    return about.kind === 'new'
      ? write('createOrganization', { body: { parentId: about.below.id, ...body } })
      : write('updateOrganization', { params: { organizationId: about.organization.id }, body });
  };
  return (
    <FormWindow
      title={about.kind === 'new' ? `${t('tree.addOrganization')}: ${about.below.name}` : t('tree.edit')}
      busy={busy}
      save={save}
      onClose={onClose}
    >
      <TextInput
        key={form.key('name')}
        {...form.getInputProps('name')}
        label={t('organization.name')}
        data-autofocus
        required
      />
      <TextInput
        key={form.key('committeeName')}
        {...form.getInputProps('committeeName')}
        label={t('organization.committee')}
        required
      />
      <NativeSelect
        key={form.key('kind')}
        {...form.getInputProps('kind')}
        label={t('organization.kind')}
        data={organizationKinds.map((kind) => ({ value: kind, label: t(`organization.kinds.${kind}`) }))}
      />
    </FormWindow>
  );
}
