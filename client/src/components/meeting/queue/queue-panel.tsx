import { notYetSpoken } from '@diemcau/shared/domain/selectors.ts';
import { Button, NativeSelect } from '@mantine/core';
import { IconPlayerStop, IconUsersGroup, IconUserUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useMay, useRoles, useRoom } from '../../../hooks/meeting/room.ts';
import { clock } from '../../../hooks/meeting/time.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { SpeechClock } from '../stage/speech-clock.tsx';
import { AskToSpeak } from './ask-to-speak.tsx';
import classes from './queue.module.css';
import { QueueRow } from './queue-row.tsx';
import { WriteOpinion } from './write-opinion.tsx';
import { WrittenText } from './written-text.tsx';

const lengths = [3, 5, 7, 10, 15];

/** The chair's hands on the floor. */
function ChairControls({ seconds }: { readonly seconds: number | null }) {
  const { state } = useRoom();
  const t = useText();
  const { give, busy } = useGive();
  const { speech, queue, freeDiscussion } = state.speaking;
  const first = queue.find(({ kind }) => kind !== 'written');
  return (
    <div className={classes.controls}>
      {speech && (
        <Button
          variant="default"
          mih={48}
          loading={busy}
          leftSection={<IconPlayerStop size={20} />}
          onClick={() => void give({ type: 'endSpeech', request: speech.request.id })}
        >
          {t('queue.end')}
        </Button>
      )}
      {first && (
        <Button
          mih={48}
          loading={busy}
          leftSection={<IconUserUp size={20} />}
          onClick={() => void give({ type: 'grantFloor', request: first.id, seconds })}
          data-testid="grant-next"
        >
          {t('queue.next')}
        </Button>
      )}
      <Button
        variant={freeDiscussion === 'on' ? 'filled' : 'default'}
        mih={48}
        leftSection={<IconUsersGroup size={20} />}
        aria-pressed={freeDiscussion === 'on'}
        onClick={() =>
          void give({ type: 'setFreeDiscussion', state: freeDiscussion === 'on' ? 'off' : 'on' })
        }
      >
        {t(freeDiscussion === 'on' ? 'queue.freeOff' : 'queue.freeOn')}
      </Button>
    </div>
  );
}

/** The one queue for hall and remote, with who speaks and who has spoken (SPK1, SPK5). */
export function QueuePanel() {
  const { state } = useRoom();
  const t = useText();
  const may = useMay();
  const roles = useRoles();
  const [minutes, setMinutes] = useState('5');
  const { queue, given, freeDiscussion } = state.speaking;
  const chairing = may('grantFloor') && state.phase === 'open';
  const seconds = minutes === 'none' ? null : Number(minutes) * 60;
  const silent = notYetSpoken(state);
  return (
    <div className={classes.panel}>
      <SpeechClock />
      {freeDiscussion === 'on' && <p className={classes.note}>{t('queue.freeState')}</p>}
      {!roles.has('terminal') && (
        <>
          <AskToSpeak />
          <WriteOpinion />
        </>
      )}
      {chairing && (
        <>
          <NativeSelect
            label={t('queue.minutes')}
            value={minutes}
            onChange={(event) => setMinutes(event.currentTarget.value)}
            data={[
              ...lengths.map((count) => ({
                value: String(count),
                label: t('queue.minutesN', { count }),
              })),
              { value: 'none', label: t('queue.noLimit') },
            ]}
          />
          <ChairControls seconds={seconds} />
        </>
      )}
      <h3 className={classes.heading}>{t('queue.title')}</h3>
      {queue.length === 0 ? (
        <p className={classes.note}>{t('queue.empty')}</p>
      ) : (
        <ol className={classes.list} data-testid="queue">
          {queue.map((request, index) => (
            <QueueRow key={request.id} request={request} place={index + 1} seconds={seconds} />
          ))}
        </ol>
      )}
      {given.length > 0 && (
        <details>
          <summary className={classes.summary}>{t('queue.given')}</summary>
          <ul className={classes.given}>
            {given.map((speech) => (
              <li key={speech.request}>
                {state.roll[speech.person]?.name ?? state.superiors[speech.person]?.name} ·{' '}
                {speech.text === null ? (
                  clock(speech.endedAt - speech.startedAt)
                ) : (
                  <WrittenText text={speech.text} />
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
      {chairing && silent.length > 0 && (
        <details>
          <summary className={classes.summary}>{t('queue.notSpoken', { count: silent.length })}</summary>
          <p className={classes.note} data-testid="not-spoken">
            {silent.map((entry) => entry.name).join(', ')}
          </p>
        </details>
      )}
    </div>
  );
}
