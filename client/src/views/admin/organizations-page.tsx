import '../../i18n/oversight-texts.ts';
import '../../i18n/admin-texts.ts';
import type { CellView, OrganizationView } from '@diemcau/shared/protocol/http.ts';
import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconUserStar } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Card } from '../../components/card.tsx';
import { Empty, Loading, RefusalNotice } from '../../components/states.tsx';
import { useDocumentTitle } from '../../hooks/use-document-title.ts';
import { useRoute } from '../../hooks/use-route.ts';
import { CellForm } from './cell-form.tsx';
import { OrganizationForm } from './organization-form.tsx';
import { OrganizationMenu } from './organization-menu.tsx';
import { type Branch, branchesOf } from './organization-tree.ts';
import classes from './organizations.module.css';

/** What is being written down in a window above the tree. */
type Writing =
  | { readonly kind: 'newOrganization'; readonly below: OrganizationView }
  | { readonly kind: 'organization'; readonly organization: OrganizationView }
  | { readonly kind: 'newCell'; readonly below: OrganizationView };

/** The tree of organizations and cells that the administrator looks after. */
export function Component() {
  const { t } = useTranslation('admin');
  const { t: oversight } = useTranslation('oversight');
  useDocumentTitle(t('title'));
  const administration = useRoute('administration', {});
  const [writing, setWriting] = useState<Writing | null>(null);
  const data = administration.data;
  const branches = useMemo(() => (data ? branchesOf(data.organizations, data.cells) : []), [data]);
  if (administration.isPending) return <Loading />;
  if (data === undefined) {
    return (
      <RefusalNotice
        message={administration.error?.message ?? ''}
        onRetry={() => void administration.refetch()}
      />
    );
  }
  const close = () => setWriting(null);
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-end">
        <Title order={1}>{t('title')}</Title>
        <Button
          component={Link}
          to="/quan-tri/cap-tren"
          variant="default"
          leftSection={<IconUserStar size={22} aria-hidden />}
        >
          {oversight('assignment.open')}
        </Button>
      </Group>
      <Title order={2}>{t('tree.title')}</Title>
      {branches.length === 0 && <Empty>{t('tree.empty')}</Empty>}
      {branches.map((branch) => (
        <BranchView key={branch.organization.id} branch={branch} onWrite={setWriting} />
      ))}
      {writing?.kind === 'newCell' && <CellForm below={writing.below} onClose={close} />}
      {writing?.kind === 'newOrganization' && (
        <OrganizationForm about={{ kind: 'new', below: writing.below }} onClose={close} />
      )}
      {writing?.kind === 'organization' && (
        <OrganizationForm about={{ kind: 'present', organization: writing.organization }} onClose={close} />
      )}
    </Stack>
  );
}

function BranchView({
  branch,
  onWrite,
}: {
  readonly branch: Branch;
  readonly onWrite: (writing: Writing) => void;
}) {
  const { t } = useTranslation('admin');
  const { organization } = branch;
  return (
    <Card>
      <div className={classes.head}>
        <div>
          <Title order={3}>{organization.name}</Title>
          <Text c="dimmed">
            {organization.committeeName} · {t(`organization.kinds.${organization.kind}`)}
          </Text>
        </div>
        <OrganizationMenu
          organization={organization}
          onAddOrganization={() => onWrite({ kind: 'newOrganization', below: organization })}
          onAddCell={() => onWrite({ kind: 'newCell', below: organization })}
          onEdit={() => onWrite({ kind: 'organization', organization })}
        />
      </div>
      {branch.cells.length > 0 && <Cells cells={branch.cells} />}
      {branch.below.length > 0 && (
        <div className={classes.below}>
          {branch.below.map((lower) => (
            <BranchView key={lower.organization.id} branch={lower} onWrite={onWrite} />
          ))}
        </div>
      )}
    </Card>
  );
}

function Cells({ cells }: { readonly cells: readonly CellView[] }) {
  const { t } = useTranslation('admin');
  return (
    <ul className={classes.cells}>
      {cells.map((cell) => (
        <li key={cell.id} className={classes.cell}>
          <Anchor
            component={Link}
            to={`/quan-tri/chi-bo/${cell.id}`}
            aria-label={t('tree.open', { name: cell.name })}
            className={classes.link}
          >
            {cell.name}
          </Anchor>
          <Text span c="dimmed">
            {t(`cell.types.${cell.type}`)}
          </Text>
        </li>
      ))}
    </ul>
  );
}
