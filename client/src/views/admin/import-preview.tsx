import type { MemberImport } from '@diemcau/shared/protocol/http.ts';
import { Alert, Button, Stack, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../components/states.tsx';
import classes from './import.module.css';

/** What is wrong in the file, by row and column. */
export function ImportFaults({ faults }: { readonly faults: MemberImport['faults'] }) {
  const { t } = useTranslation('admin');
  return (
    <Stack gap="sm">
      <Alert role="alert" color="son" variant="light" title={t('import.faults', { count: faults.length })}>
        {t('import.faultsText')}
      </Alert>
      <Table.ScrollContainer minWidth={320}>
        <Table withTableBorder verticalSpacing="sm" fz="md">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col" className={classes.heading}>
                {t('import.row')}
              </Table.Th>
              <Table.Th scope="col" className={classes.heading}>
                {t('import.column')}
              </Table.Th>
              <Table.Th scope="col" className={classes.heading}>
                {t('import.fault')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {faults.map(({ row, column, fault }) => (
              <Table.Tr key={`${row} ${column} ${fault}`}>
                <Table.Td>{row}</Table.Td>
                <Table.Td>{column}</Table.Td>
                <Table.Td>{t(`import.faultKinds.${fault}`)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}

/** Whom the file would add; nothing is written yet. */
export function ImportPreview({
  members,
  onWrite,
}: {
  readonly members: MemberImport['members'];
  readonly onWrite: () => void;
}) {
  const { t } = useTranslation('admin');
  if (members.length === 0) return <Empty>{t('import.nothing')}</Empty>;
  return (
    <Stack gap="sm" align="flex-start">
      <Text role="status">{t('import.good', { count: members.length })}</Text>
      <Title order={3}>{t('import.preview')}</Title>
      <Table.ScrollContainer minWidth={520} w="100%">
        <Table withTableBorder verticalSpacing="sm" fz="md">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col" className={classes.heading}>
                {t('import.row')}
              </Table.Th>
              <Table.Th scope="col" className={classes.heading}>
                {t('member.name')}
              </Table.Th>
              <Table.Th scope="col" className={classes.heading}>
                {t('member.birthYear')}
              </Table.Th>
              <Table.Th scope="col" className={classes.heading}>
                {t('member.phone')}
              </Table.Th>
              <Table.Th scope="col" className={classes.heading}>
                {t('member.standing')}
              </Table.Th>
              <Table.Th scope="col" className={classes.heading}>
                {t('member.office')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {members.map(({ row, member }) => (
              <Table.Tr key={row}>
                <Table.Td>{row}</Table.Td>
                <Table.Td>{member.name}</Table.Td>
                <Table.Td>{member.birthYear ?? ''}</Table.Td>
                <Table.Td>{member.phone ?? ''}</Table.Td>
                <Table.Td>{t(`member.standings.${member.standing}`)}</Table.Td>
                <Table.Td>{t(`member.offices.${member.office ?? 'none'}`)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Button onClick={onWrite}>{t('import.write', { count: members.length })}</Button>
    </Stack>
  );
}
