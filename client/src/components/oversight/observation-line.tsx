import '../../i18n/oversight-texts.ts';
import { type ObservationKind, observationKinds } from '@diemcau/shared/domain/observations.ts';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { Head } from '@diemcau/shared/protocol/socket.ts';
import { Button, TextInput } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useObservations } from '../../hooks/oversight/use-observations.ts';
import { kindIcons } from './kinds.tsx';
import classes from './oversight.module.css';

/**
 * One line to note an observation while watching (SUP2). The text goes with Enter as the kind chosen last, or with a kind's
 * own button or key.
 */
export function ObservationLine({
  meetingId,
  moment,
}: {
  readonly meetingId: MeetingId;
  /** The last event of the meeting's log that is on the screen, asked for at the moment of writing. */
  readonly moment: () => Head;
}) {
  const { t } = useTranslation('oversight');
  const { write, busy, mayWrite } = useObservations(meetingId);
  const [text, setText] = useState('');
  const [kind, setKind] = useState<ObservationKind>('goodPractice');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [written, setWritten] = useState<ObservationKind | null>(null);
  if (mayWrite === 'no') return <p className={classes.hint}>{t('line.notNow')}</p>;

  const note = async (as: ObservationKind) => {
    setKind(as);
    setWritten(null);
    setRefusal(null);
    const line = text.trim();
    if (line === '' || busy) return;
    const answer = await write(as, line, moment());
    if (!answer.ok) return setRefusal(answer.message);
    setText('');
    setWritten(as);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // The digit by its place on the keyboard: with Alt many layouts give another sign.
    const chosen = event.altKey
      ? observationKinds[Number(/^Digit([1-3])$/.exec(event.code)?.[1]) - 1]
      : undefined;
    const wanted = chosen ?? (event.key === 'Enter' && !event.nativeEvent.isComposing ? kind : undefined);
    if (wanted === undefined) return;
    event.preventDefault();
    void note(wanted);
  };
  return (
    <div className={classes.line} data-testid="observation-line">
      <TextInput
        label={t('line.label')}
        placeholder={t('line.placeholder')}
        value={text}
        maxLength={2000}
        error={refusal}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        autoComplete="off"
      />
      <div className={classes.kinds}>
        {observationKinds.map((name) => {
          const Icon = kindIcons[name];
          return (
            <Button
              key={name}
              variant={name === kind ? 'light' : 'default'}
              px={4}
              py="xs"
              h="auto"
              loading={busy && name === kind}
              aria-label={t('line.as', { kind: t(`kind.${name}`) })}
              aria-pressed={name === kind}
              onClick={() => void note(name)}
            >
              <span className={classes.kindButton}>
                <Icon size={20} aria-hidden />
                {t(`kind.${name}`)}
              </span>
            </Button>
          );
        })}
      </div>
      <p className={classes.hint} role={written === null ? undefined : 'status'}>
        {written === null ? t('line.hint') : t('line.written', { kind: t(`kind.${written}`) })}
      </p>
    </div>
  );
}
