import '../../i18n/oversight-texts.ts';
import { type ObservationKind, observationKinds } from '@diemcau/shared/domain/observations.ts';
import type { Observation } from '@diemcau/shared/protocol/http.ts';
import { Group, Radio, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useObservationHand } from '../../hooks/oversight/use-observations.ts';
import { FormWindow } from '../form-window.tsx';

/** Changes what has not been sent. */
export function ObservationEdit({
  observation,
  onClose,
}: {
  readonly observation: Observation;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('oversight');
  const { edit, busy } = useObservationHand();
  const [kind, setKind] = useState<ObservationKind>(observation.kind);
  const [text, setText] = useState(observation.text);
  return (
    <FormWindow
      title={t('note.editTitle')}
      busy={busy}
      save={() => (text.trim() === '' ? null : edit(observation.id, kind, text.trim()))}
      onClose={onClose}
    >
      <Radio.Group
        label={t('note.kind')}
        value={kind}
        onChange={(value) => setKind(observationKinds.find((name) => name === value) ?? kind)}
      >
        <Group gap="md" mt="xs">
          {observationKinds.map((name) => (
            <Radio key={name} size="md" value={name} label={t(`kind.${name}`)} />
          ))}
        </Group>
      </Radio.Group>
      <Textarea
        label={t('note.text')}
        autosize
        minRows={2}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </FormWindow>
  );
}
