import type { CellDetails } from '@diemcau/shared/protocol/http.ts';
import { Checkbox, NativeSelect, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Draft, SiteDraft } from './meeting-draft.ts';

/** Which sites take part, how each votes (VOTE5) and under whom it opens (SITE3). */
export function SiteChoices({
  cell,
  people,
  draft,
  onChange,
}: {
  readonly cell: CellDetails;
  readonly people: readonly { readonly value: string; readonly label: string }[];
  readonly draft: Draft;
  readonly onChange: (sites: readonly SiteDraft[]) => void;
}) {
  const { t } = useTranslation('home');
  const change = (siteId: string, changes: Partial<SiteDraft>) =>
    onChange(draft.sites.map((site) => (site.siteId === siteId ? { ...site, ...changes } : site)));
  return (
    <Stack gap="sm" component="fieldset" m={0} p={0} bd="none">
      <Text component="legend" fw={600} p={0}>
        {t('form.sites')}
      </Text>
      <Text c="dimmed">{cell.sites.length === 0 ? t('form.noSites') : t('form.sitesHint')}</Text>
      {cell.sites.map((site) => {
        const chosen = draft.sites.find(({ siteId }) => siteId === site.id);
        return (
          <Stack key={site.id} gap="xs">
            <Checkbox
              size="md"
              label={site.isMain ? `${site.name} (${t('form.mainSite')})` : site.name}
              checked={chosen !== undefined}
              onChange={(event) =>
                onChange(
                  event.currentTarget.checked
                    ? [...draft.sites, { siteId: site.id, method: 'byName', responsibleId: null }]
                    : draft.sites.filter(({ siteId }) => siteId !== site.id),
                )
              }
            />
            {chosen && (
              <SimpleGrid cols={{ base: 1, sm: 2 }} ps={{ base: 0, sm: 'xl' }}>
                <NativeSelect
                  label={t('form.method')}
                  aria-label={`${t('form.method')}: ${site.name}`}
                  value={chosen.method}
                  onChange={(event) =>
                    change(site.id, {
                      method: event.currentTarget.value === 'byTeller' ? 'byTeller' : 'byName',
                    })
                  }
                  data={[
                    { value: 'byName', label: t('form.byName') },
                    { value: 'byTeller', label: t('form.byTeller') },
                  ]}
                />
                <NativeSelect
                  label={t('form.responsible')}
                  aria-label={`${t('form.responsible')}: ${site.name}`}
                  value={chosen.responsibleId ?? ''}
                  onChange={(event) => {
                    const person = cell.members.find(
                      ({ personId }) => personId === event.currentTarget.value,
                    );
                    change(site.id, { responsibleId: person?.personId ?? null });
                  }}
                  data={[...people]}
                />
              </SimpleGrid>
            )}
          </Stack>
        );
      })}
    </Stack>
  );
}
