import type { CellId } from '@diemcau/shared/ids.ts';
import { type MemberImport, memberTemplatePath } from '@diemcau/shared/protocol/http.ts';
import { Anchor, Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading, RefusalNotice } from '../../components/states.tsx';
import { useApp } from '../../hooks/use-app.ts';
import { ImportFaults, ImportPreview } from './import-preview.tsx';

type Step =
  | { readonly kind: 'choose' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'checked'; readonly file: File; readonly found: MemberImport };

/** A list from XLSX or CSV: first looked at, then, when it has no fault, written. */
export function ImportTab({
  cellId,
  onWritten,
}: {
  readonly cellId: CellId;
  readonly onWritten: () => void;
}) {
  const { t } = useTranslation('admin');
  const { session } = useApp();
  const queries = useQueryClient();
  const [step, setStep] = useState<Step>({ kind: 'choose' });

  const send = (file: File, mode: 'preview' | 'commit') =>
    session.upload('importMembers', { params: { cellId }, query: { mode } }, file);

  const check = async (file: File | null) => {
    if (file === null) return;
    setStep({ kind: 'busy' });
    const answer = await send(file, 'preview');
    setStep(
      answer.ok
        ? { kind: 'checked', file, found: answer.value }
        : { kind: 'refused', message: answer.message },
    );
  };

  const write = async (file: File) => {
    setStep({ kind: 'busy' });
    const answer = await send(file, 'commit');
    if (!answer.ok) {
      setStep({ kind: 'refused', message: answer.message });
      return;
    }
    await queries.invalidateQueries();
    notifications.show({ message: t('import.written', { count: answer.value.written }), color: 'green' });
    onWritten();
  };

  const checked = step.kind === 'checked' ? step : null;
  return (
    <Stack gap="md">
      <Text>{t('import.text')}</Text>
      <Anchor href={memberTemplatePath} download py="xs">
        {t('import.template')}
      </Anchor>
      <Group>
        <FileButton accept=".xlsx,.csv" onChange={(file) => void check(file)}>
          {(props) => (
            <Button {...props} variant={checked ? 'default' : 'filled'} disabled={step.kind === 'busy'}>
              {t(checked ? 'import.another' : 'import.choose')}
            </Button>
          )}
        </FileButton>
        {checked && <Text c="dimmed">{checked.file.name}</Text>}
      </Group>
      {step.kind === 'busy' && <Loading />}
      {step.kind === 'refused' && <RefusalNotice message={step.message} />}
      {checked && checked.found.faults.length > 0 && <ImportFaults faults={checked.found.faults} />}
      {checked && checked.found.faults.length === 0 && (
        <ImportPreview members={checked.found.members} onWrite={() => void write(checked.file)} />
      )}
    </Stack>
  );
}
