import type { CellDetails, PrintedCode } from '@diemcau/shared/protocol/http.ts';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Empty, RefusalNotice } from '../../components/states.tsx';
import { useDates } from '../../hooks/use-dates.ts';
import { useWrite } from '../../hooks/use-route.ts';
import classes from './codes.module.css';

/** One-time codes on paper, with which members activate their accounts. */
export function CodesTab({ cell }: { readonly cell: CellDetails }) {
  const { t } = useTranslation('admin');
  const [search] = useSearchParams();
  const { write, busy } = useWrite();
  const [codes, setCodes] = useState<readonly PrintedCode[] | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const named = cell.members.find(({ personId }) => personId === search.get('nguoi'));

  const issue = async (personIds?: PrintedCode['personId'][]) => {
    setRefusal(null);
    const answer = await write('issueCodes', {
      params: { cellId: cell.id },
      body: personIds === undefined ? {} : { personIds },
    });
    if (answer.ok) setCodes(answer.value.codes);
    else setRefusal(answer.message);
  };

  return (
    <Stack gap="md">
      <Text className="no-print">{t('codes.text')}</Text>
      <Group className="no-print">
        {named && (
          <Button loading={busy} onClick={() => void issue([named.personId])}>
            {t('member.code')}: {named.name}
          </Button>
        )}
        <Button loading={busy} variant={named ? 'default' : 'filled'} onClick={() => void issue()}>
          {t('codes.issue')}
        </Button>
        {codes !== null && codes.length > 0 && (
          <Button
            variant="default"
            leftSection={<IconPrinter size={22} aria-hidden />}
            onClick={() => window.print()}
          >
            {t('codes.print')}
          </Button>
        )}
      </Group>
      {refusal !== null && <RefusalNotice message={refusal} />}
      {codes !== null && codes.length === 0 && <Empty>{t('codes.none')}</Empty>}
      {codes !== null && codes.length > 0 && <PrintedCodes cellName={cell.name} codes={codes} />}
    </Stack>
  );
}

function PrintedCodes({
  cellName,
  codes,
}: {
  readonly cellName: string;
  readonly codes: readonly PrintedCode[];
}) {
  const { t } = useTranslation('admin');
  const { when } = useDates();
  return (
    <section aria-labelledby="codes-title">
      <Title order={2} id="codes-title">
        {t('codes.issued', { cell: cellName })}
      </Title>
      <ul className={classes.slips}>
        {codes.map((code) => (
          <li key={code.personId} className={classes.slip}>
            <Text fw={600}>{code.name}</Text>
            {code.birthYear !== null && <Text c="dimmed">{t('codes.born', { year: code.birthYear })}</Text>}
            <Text className={classes.code}>{code.code}</Text>
            <Text>{t('codes.how', { address: `${window.location.origin}/kich-hoat` })}</Text>
            <Text c="dimmed">{t('codes.until', { when: when(code.expiresAt) })}</Text>
          </li>
        ))}
      </ul>
    </section>
  );
}
