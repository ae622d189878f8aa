import '../../i18n/oversight-texts.ts';
import type { Observation } from '@diemcau/shared/protocol/http.ts';
import { Button } from '@mantine/core';
import { IconPencil, IconSend, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDates } from '../../hooks/use-dates.ts';
import { KindLabel } from './kinds.tsx';
import { ObservationEdit } from './observation-edit.tsx';
import classes from './oversight.module.css';
import { useObservationQuestions } from './use-observation-questions.tsx';

/** One observation: kind, text, moment. Its author may change, delete or send it until it is sent. */
export function ObservationNote({
  observation,
  reader,
}: {
  readonly observation: Observation;
  readonly reader: 'author' | 'cell';
}) {
  const { t } = useTranslation('oversight');
  const { hour } = useDates();
  const [editing, setEditing] = useState(false);
  const { send, remove } = useObservationQuestions();
  const { kind, text, author, moment, sentAt } = observation;
  const where = [
    t('note.at', { time: hour(moment.at) }),
    ...(moment.item === null ? [] : [t('note.during', { item: moment.item })]),
    t('note.event', { seq: moment.seq }),
  ].join(' · ');
  return (
    <li className={classes.note} data-testid="observation">
      <div className={classes.noteHead}>
        <KindLabel kind={kind} />
        {reader === 'author' && (
          <span className={classes.dim}>
            {sentAt === null ? t('note.private') : t('note.sentAt', { time: hour(sentAt) })}
          </span>
        )}
      </div>
      <p className={classes.noteText}>{text}</p>
      {reader === 'cell' && <span>{t('note.by', author)}</span>}
      <span className={classes.dim}>{where}</span>
      {reader === 'author' && sentAt === null && (
        <div className={`${classes.actions} no-print`}>
          <Button
            variant="default"
            leftSection={<IconSend size={20} aria-hidden />}
            aria-label={t('note.sendNamed', { text })}
            onClick={() => send([observation])}
          >
            {t('note.send')}
          </Button>
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconPencil size={20} aria-hidden />}
            aria-label={t('note.editNamed', { text })}
            onClick={() => setEditing(true)}
          >
            {t('note.edit')}
          </Button>
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconTrash size={20} aria-hidden />}
            aria-label={t('note.removeNamed', { text })}
            onClick={() => remove(observation)}
          >
            {t('note.remove')}
          </Button>
        </div>
      )}
      {editing && <ObservationEdit observation={observation} onClose={() => setEditing(false)} />}
    </li>
  );
}
