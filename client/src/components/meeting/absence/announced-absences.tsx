import { permissions, rolesOf } from '@diemcau/shared/domain/permissions.ts';
import { isExcluded } from '@diemcau/shared/domain/presence.ts';
import { nameOf, rollByName } from '@diemcau/shared/domain/selectors.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { PersonId } from '@diemcau/shared/ids.ts';
import type { ClientCommand } from '@diemcau/shared/protocol/commands.ts';
import type { Answer, Receipt } from '@diemcau/shared/protocol/socket.ts';
import { Button, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { titleOf } from '../../../hooks/meeting/names.ts';
import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';
import classes from './absence.module.css';
import { AbsenceAnswer } from './absence-answer.tsx';
import { AbsenceForm } from './absence-form.tsx';

interface AnnouncedAbsencesProps {
  readonly state: MeetingState;
  readonly person: PersonId;
  readonly give: (command: ClientCommand) => Promise<Answer<Receipt>>;
}

/** Records an absence for who has no device (ATT11). */
function RecordFor({ state, onSend }: { readonly state: MeetingState; readonly onSend: Send }) {
  const t = useConductText();
  const [person, setPerson] = useState('');
  const people = rollByName(state).filter((entry) => !isExcluded(entry) && !state.announced[entry.person]);
  return (
    <details>
      <summary className={classes.summary}>{t('absence.recordFor')}</summary>
      <Stack gap="sm">
        <NativeSelect
          label={t('absence.who')}
          description={t('absence.recordHint')}
          value={person}
          onChange={(event) => setPerson(event.currentTarget.value)}
          data={[
            { value: '', label: t('absence.choose') },
            ...people.map((entry) => ({
              value: entry.person as string,
              label: titleOf(state, entry.person),
            })),
          ]}
        />
        {person !== '' && (
          <AbsenceForm
            label={t('absence.record')}
            onSend={async (reason) => {
              const done = await onSend({ type: 'announceAbsence', reason, person: person as PersonId });
              if (done) setPerson('');
              return done;
            }}
          />
        )}
      </Stack>
    </details>
  );
}

type Send = (command: ClientCommand) => Promise<boolean>;

/** The absences announced before the meeting, for who answers them. */
export function AnnouncedAbsences({ state, person, give }: AnnouncedAbsencesProps) {
  const t = useConductText();
  const [refusal, setRefusal] = useState<string | null>(null);
  const roles = rolesOf(state, { kind: 'person', person });
  const mayAnswer = permissions.answerAbsence.some((role) => roles.has(role)) && state.endedAt === null;
  const announced = Object.entries(state.announced) as [PersonId, MeetingState['announced'][PersonId]][];
  const send: Send = async (command) => {
    const answer = await give(command);
    setRefusal(answer.ok ? null : answer.message);
    return answer.ok;
  };
  if (announced.length === 0 && state.phase !== 'summoned') return null;
  return (
    <section className={classes.panel} aria-label={t('absence.list')} data-testid="announced-absences">
      <h3 className={classes.heading}>{t('absence.list')}</h3>
      {announced.length === 0 && <p className={classes.detail}>{t('absence.listNone')}</p>}
      <ul className={classes.list}>
        {announced.map(([who, absence]) => {
          if (!absence) return null;
          const name = nameOf(state, who);
          return (
            <li key={who} className={classes.row} data-testid="announced-absence">
              <div className={classes.text}>
                <span className={classes.name}>{titleOf(state, who)}</span>
                <p className={classes.detail}>{absence.reason}</p>
                <AbsenceAnswer answer={absence.answer} />
              </div>
              {mayAnswer && (
                <div className={classes.actions}>
                  {absence.answer !== 'accepted' && (
                    <Button
                      mih={48}
                      aria-label={t('absence.acceptFor', { name })}
                      onClick={() => void send({ type: 'answerAbsence', person: who, answer: 'accepted' })}
                    >
                      {t('absence.accept')}
                    </Button>
                  )}
                  {absence.answer !== 'refused' && (
                    <Button
                      mih={48}
                      variant="default"
                      aria-label={t('absence.refuseFor', { name })}
                      onClick={() => void send({ type: 'answerAbsence', person: who, answer: 'refused' })}
                    >
                      {t('absence.refuse')}
                    </Button>
                  )}
                </div>
              )}
            </li>
          );
        })}
      </ul>
      {refusal !== null && <Text role="alert">{refusal}</Text>}
      {state.phase === 'summoned' && <RecordFor state={state} onSend={send} />}
    </section>
  );
}
