import type { CellDetails, SiteView } from '@diemcau/shared/protocol/http.ts';
import { Badge, Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../components/card.tsx';
import { FormWindow } from '../../components/form-window.tsx';
import { Empty } from '../../components/states.tsx';
import { useWrite } from '../../hooks/use-route.ts';
import { useRemoval } from './use-removal.tsx';

/** The places where the cell meets. */
export function SitesTab({ cell }: { readonly cell: CellDetails }) {
  const { t } = useTranslation('admin');
  const remove = useRemoval();
  const [open, setOpen] = useState<SiteView | 'new' | null>(null);
  return (
    <Stack gap="md">
      <Group>
        <Button onClick={() => setOpen('new')}>{t('site.add')}</Button>
      </Group>
      {cell.sites.length === 0 && <Empty>{t('site.empty')}</Empty>}
      {cell.sites.map((site) => (
        <Card key={site.id}>
          <Group justify="space-between">
            <div>
              <Group gap="xs">
                <Text fw={600}>{site.name}</Text>
                {site.isMain && <Badge variant="default">{t('site.mainBadge')}</Badge>}
              </Group>
              {site.address !== '' && <Text c="dimmed">{site.address}</Text>}
            </div>
            <Group gap="xs">
              <Button
                variant="default"
                aria-label={`${t('tree.edit')}: ${site.name}`}
                onClick={() => setOpen(site)}
              >
                {t('tree.edit')}
              </Button>
              <Button
                variant="subtle"
                aria-label={`${t('tree.remove')}: ${site.name}`}
                onClick={() =>
                  remove({
                    question: t('site.removeSure', { name: site.name }),
                    doIt: (write) => write('removeSite', { params: { siteId: site.id } }),
                  })
                }
              >
                {t('tree.remove')}
              </Button>
            </Group>
          </Group>
        </Card>
      ))}
      {open !== null && (
        <SiteForm cell={cell} site={open === 'new' ? null : open} onClose={() => setOpen(null)} />
      )}
    </Stack>
  );
}

function SiteForm({
  cell,
  site,
  onClose,
}: {
  readonly cell: CellDetails;
  readonly site: SiteView | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('admin');
  const { write, busy } = useWrite();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: {
      name: site?.name ?? '',
      address: site?.address ?? '',
      isMain: site?.isMain ?? cell.sites.length === 0,
    },
    validate: { name: (value) => (value.trim() === '' ? t('member.missing') : null) },
  });
  const save = () => {
    if (form.validate().hasErrors) return null;
    const body = form.getValues();
    return site === null
      ? write('createSite', { params: { cellId: cell.id }, body })
      : write('updateSite', { params: { siteId: site.id }, body });
  };
  return (
    <FormWindow title={t(site === null ? 'site.add' : 'site.edit')} busy={busy} save={save} onClose={onClose}>
      <TextInput
        key={form.key('name')}
        {...form.getInputProps('name')}
        label={t('site.name')}
        description={t('site.nameExample')}
        data-autofocus
        required
      />
      <TextInput key={form.key('address')} {...form.getInputProps('address')} label={t('site.address')} />
      <Checkbox
        key={form.key('isMain')}
        {...form.getInputProps('isMain', { type: 'checkbox' })}
        size="md"
        label={t('site.main')}
      />
    </FormWindow>
  );
}
