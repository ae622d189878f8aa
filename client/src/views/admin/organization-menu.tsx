import type { OrganizationView } from '@diemcau/shared/protocol/http.ts';
import { ActionIcon, Menu } from '@mantine/core';
import { IconDotsVertical } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRemoval } from './use-removal.tsx';

/** What can be done with an organization. */
export function OrganizationMenu({
  organization,
  onAddOrganization,
  onAddCell,
  onEdit,
}: {
  readonly organization: OrganizationView;
  readonly onAddOrganization: () => void;
  readonly onAddCell: () => void;
  readonly onEdit: () => void;
}) {
  const { t } = useTranslation('admin');
  const remove = useRemoval();
  const { id: organizationId, name } = organization;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('tree.actions', { name })}>
          <IconDotsVertical aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item mih="3rem" onClick={onAddCell}>
          {t('tree.addCell')}
        </Menu.Item>
        <Menu.Item mih="3rem" onClick={onAddOrganization}>
          {t('tree.addOrganization')}
        </Menu.Item>
        <Menu.Item mih="3rem" onClick={onEdit}>
          {t('tree.edit')}
        </Menu.Item>
        {organization.parentId !== null && (
          <Menu.Item
            mih="3rem"
            color="red"
            onClick={() =>
              remove({
                question: t('tree.removeSure', { name }),
                text: t('tree.removeText'),
                doIt: (write) => write('removeOrganization', { params: { organizationId } }),
              })
            }
          >
            {t('tree.remove')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
