import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { PersonId } from '@diemcau/shared/ids.ts';
import type { ClientCommand } from '@diemcau/shared/protocol/commands.ts';
import type { Answer, Receipt } from '@diemcau/shared/protocol/socket.ts';
import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';
import { late } from '../../late.tsx';
import { AbsenceAnswer } from './absence-answer.tsx';

const AbsenceForm = late(async () => (await import('./absence-form.tsx')).AbsenceForm);

interface OwnAbsenceProps {
  readonly state: MeetingState;
  readonly person: PersonId;
  readonly give: (command: ClientCommand) => Promise<Answer<Receipt>>;
}

/** A member's own absence from a meeting that comes: announced with a reason, and how it was answered (ATT7). */
export function OwnAbsence({ state, person, give }: OwnAbsenceProps) {
  const t = useConductText();
  const [again, setAgain] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const announced = state.announced[person];
  const send = async (reason: string) => {
    const answer = await give({ type: 'announceAbsence', reason });
    setRefusal(answer.ok ? null : answer.message);
    if (answer.ok) setAgain(false);
    return answer.ok;
  };
  const open = state.phase === 'summoned';
  return (
    <Stack gap="sm" data-testid="own-absence">
      {announced && (
        <div>
          <Text>{t('absence.mine', { reason: announced.reason })}</Text>
          <AbsenceAnswer answer={announced.answer} />
          {announced.answer === 'refused' && <Text c="dimmed">{t('absence.refusedHint')}</Text>}
        </div>
      )}
      {!open && <Text>{t('absence.noLonger')}</Text>}
      {open && (!announced || again) && <AbsenceForm label={t('absence.send')} onSend={send} />}
      {open && announced && !again && (
        <Button variant="default" mih={48} onClick={() => setAgain(true)}>
          {t('absence.again')}
        </Button>
      )}
      {refusal !== null && <Text role="alert">{refusal}</Text>}
    </Stack>
  );
}
