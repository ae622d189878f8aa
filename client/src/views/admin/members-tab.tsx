import type { CellDetails, MemberView } from '@diemcau/shared/protocol/http.ts';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconSearch, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../components/states.tsx';
import { byGivenName, plain } from '../../hooks/vietnamese.ts';
import { DutyForm } from './duty-form.tsx';
import { MemberForm } from './member-form.tsx';
import { MemberRow } from './member-row.tsx';
import classes from './members.module.css';

/** The roll of the cell, in the order of Vietnamese lists. */
export function MembersTab({ cell }: { readonly cell: CellDetails }) {
  const { t } = useTranslation('admin');
  const [wanted, setWanted] = useState('');
  const [open, setOpen] = useState<MemberView | 'new' | null>(null);
  const [duty, setDuty] = useState<MemberView | null>(null);
  const found = cell.members
    .filter(({ name }) => plain(name).includes(plain(wanted.trim())))
    .sort(byGivenName);
  return (
    <Stack gap="md">
      <Group align="flex-end">
        <Button leftSection={<IconUserPlus size={22} aria-hidden />} onClick={() => setOpen('new')}>
          {t('member.add')}
        </Button>
        {cell.members.length > 0 && (
          <TextInput
            flex="1 1 14rem"
            maw="24rem"
            aria-label={t('member.search')}
            placeholder={t('member.search')}
            leftSection={<IconSearch size={20} aria-hidden />}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
        )}
        <Text c="dimmed" role="status">
          {t('member.count', { count: found.length })}
        </Text>
      </Group>
      {cell.members.length === 0 && <Empty>{t('member.empty')}</Empty>}
      {cell.members.length > 0 && found.length === 0 && <Empty>{t('member.noMatch')}</Empty>}
      {found.length > 0 && (
        <ul className={classes.list}>
          {found.map((member) => (
            <MemberRow
              key={member.personId}
              cell={cell}
              member={member}
              onEdit={() => setOpen(member)}
              onDuty={() => setDuty(member)}
            />
          ))}
        </ul>
      )}
      {duty !== null && <DutyForm member={duty} onClose={() => setDuty(null)} />}
      {open !== null && (
        <MemberForm cellId={cell.id} member={open === 'new' ? null : open} onClose={() => setOpen(null)} />
      )}
    </Stack>
  );
}
