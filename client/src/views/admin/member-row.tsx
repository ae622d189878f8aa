import type { CellDetails, MemberView } from '@diemcau/shared/protocol/http.ts';
import { ActionIcon, Menu, Text } from '@mantine/core';
import { IconDotsVertical } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import classes from './members.module.css';
import { useRemoval } from './use-removal.tsx';

/** One member of the roll in two lines, and what can be done. */
export function MemberRow({
  cell,
  member,
  onEdit,
  onDuty,
}: {
  readonly cell: CellDetails;
  readonly member: MemberView;
  readonly onEdit: () => void;
  readonly onDuty: () => void;
}) {
  const { t } = useTranslation('admin');
  const [, setSearch] = useSearchParams();
  const remove = useRemoval();
  const { personId, name } = member;
  const standing = [
    t(`member.standings.${member.standing}`),
    ...(member.office === null ? [] : [t(`member.offices.${member.office}`)]),
    ...(member.partyGroup === null ? [] : [member.partyGroup]),
  ];
  const contact = [
    ...(member.phone === null ? [] : [member.phone]),
    `${t('member.account')}: ${t(`member.accounts.${member.account}`).toLocaleLowerCase('vi')}`,
  ];
  return (
    <li className={classes.row}>
      <div className={classes.person}>
        <div>
          <Text fw={600}>
            {name}
            {member.birthYear === null ? '' : ` (${member.birthYear})`}
          </Text>
          <Text c="dimmed">{standing.join(' · ')}</Text>
        </div>
        <Text c="dimmed">{contact.join(' · ')}</Text>
      </div>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('member.actions', { name })}>
            <IconDotsVertical aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item mih="3rem" onClick={onEdit}>
            {t('member.edit')}
          </Menu.Item>
          <Menu.Item mih="3rem" onClick={() => setSearch({ muc: 'codes', nguoi: personId })}>
            {t('member.code')}
          </Menu.Item>
          {cell.may.includes('administer') && (
            <Menu.Item mih="3rem" onClick={onDuty}>
              {t('member.duty')}
            </Menu.Item>
          )}
          <Menu.Item
            mih="3rem"
            color="red"
            onClick={() =>
              remove({
                question: t('member.removeSure', { name }),
                doIt: (write) => write('removeMember', { params: { cellId: cell.id, personId } }),
              })
            }
          >
            {t('tree.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}
