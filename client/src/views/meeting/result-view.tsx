import '../../i18n/oversight-texts.ts';
import { attendanceOf } from '@diemcau/shared/domain/presence.ts';
import { nameOf, rollByName } from '@diemcau/shared/domain/selectors.ts';
import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ControlPanel } from '../../components/meeting/control/control-panel.tsx';
import { Figures } from '../../components/meeting/people/people-list.tsx';
import { MinutesPaper } from '../../components/meeting/record/minutes-paper.tsx';
import { MyReceipts } from '../../components/meeting/record/my-receipts.tsx';
import { RecordFiles } from '../../components/meeting/record/record-files.tsx';
import { BallotList } from '../../components/meeting/vote/ballot-list.tsx';
import { QuestionHead } from '../../components/meeting/vote/question-head.tsx';
import { ResultWords } from '../../components/meeting/vote/result-words.tsx';
import { OwnObservations, SentObservations } from '../../components/oversight/meeting-observations.tsx';
import { namesOf } from '../../hooks/meeting/names.ts';
import { useMay, useRoom } from '../../hooks/meeting/room.ts';
import { clock, timeOfDay } from '../../hooks/meeting/time.ts';
import { useMinutes } from '../../hooks/meeting/use-minutes.ts';
import { useRecordText } from '../../hooks/meeting/use-record-text.ts';
import { useLocale, useText } from '../../hooks/meeting/use-text.ts';
import classes from './room.module.css';

function AttendanceResult() {
  const { state } = useRoom();
  const t = useText();
  const locale = useLocale();
  const absent = (mode: 'absentExcused' | 'absentUnexcused') =>
    rollByName(state)
      .map((entry) => entry.person)
      .filter((person) => attendanceOf(state, person).presence.mode === mode);
  const excused = absent('absentExcused');
  const unexcused = absent('absentUnexcused');
  const { t: words } = useTranslation('oversight');
  const attended = [
    ...state.superiorsBefore.map((superior) => ({ ...superior, how: words('hall.remote') })),
    ...Object.values(state.superiors).map((superior) => ({
      ...superior,
      from: superior.since,
      to: state.endedAt ?? superior.since,
      how: words('hall.remote'),
    })),
    ...Object.values(state.onSiteSuperiors).map(({ name, office, site, from, to }) => {
      const hall = site === null ? undefined : state.sites[site]?.name;
      const how = hall === undefined ? words('hall.here') : words('hall.at', { site: hall });
      return { name, office, from, to: to ?? state.endedAt ?? from, how };
    }),
  ].toSorted((a, b) => a.from - b.from);
  return (
    <section className={classes.card}>
      <h2>{t('result.attendance')}</h2>
      <Figures />
      {excused.length > 0 && <p>{t('result.absentExcused', { names: namesOf(state, excused, t, 100) })}</p>}
      {unexcused.length > 0 && (
        <p>{t('result.absentUnexcused', { names: namesOf(state, unexcused, t, 100) })}</p>
      )}
      {attended.length > 0 && (
        <>
          <h3>{t('result.superiors')}</h3>
          <ul className={classes.list}>
            {attended.map(({ name, office, from, to, how }) => (
              <li key={`${name}:${from}`}>
                {name}, {office} · {how} ·{' '}
                {t('result.from', { from: timeOfDay(from, locale), to: timeOfDay(to, locale) })}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** The minutes and their files; under them what only the reader may see: the own receipts. */
function MinutesResult() {
  const { state, as } = useRoom();
  const t = useRecordText();
  const minutes = useMinutes();
  const [reading, setReading] = useState(false);
  if (minutes === null || as.kind === 'terminal' || state.phase === 'cancelled') return null;
  return (
    <section className={classes.card} data-testid="result-minutes">
      <h2>
        {t('minutes.title')} · {t(`minutes.status.${minutes.status}`)}
      </h2>
      <RecordFiles />
      <Button
        variant="default"
        mih={48}
        mt="md"
        aria-expanded={reading}
        onClick={() => setReading(!reading)}
        data-testid="read-minutes"
      >
        {t(reading ? 'minutes.fold' : 'minutes.read')}
      </Button>
      {reading && <MinutesPaper minutes={minutes} hand="reads" />}
      {as.kind === 'member' && (
        <>
          <h2>{t('receipts.title')}</h2>
          <MyReceipts />
        </>
      )}
    </section>
  );
}

/** What superiors sent to the cell; and for one who attended, their own with a line to add to it. */
function ObservationsResult() {
  const { state, as, hash } = useRoom();
  const meetingId = state.facts?.meetingId;
  if (meetingId === undefined || as.kind === 'terminal' || state.phase === 'cancelled') return null;
  return (
    <>
      <SentObservations meetingId={meetingId} className={classes.card} />
      {as.kind === 'superior' && (
        <section className={classes.card}>
          <OwnObservations meetingId={meetingId} moment={() => ({ seq: state.seq, hash })} />
        </section>
      )}
    </>
  );
}

/** What came of the meeting: votes, attendance by mode, who spoke, and the record's last hash. */
export function ResultView() {
  const { state, hash, exit } = useRoom();
  const t = useText();
  const locale = useLocale();
  const may = useMay();
  const { facts, openedAt, endedAt, phase } = state;
  const votes = state.voteOrder.flatMap((id) => state.votes[id] ?? []);
  const { given } = state.speaking;
  return (
    <main className={classes.result} data-testid="result">
      <div className={classes.resultHead}>
        <div>
          <h1>{t('result.title')}</h1>
          <p>
            {facts?.cellName} · {facts?.title} · {t(`phase.${phase}`)}
            {openedAt !== null && endedAt !== null && (
              <>
                <br />
                {t('result.from', { from: timeOfDay(openedAt, locale), to: timeOfDay(endedAt, locale) })} ·{' '}
                {t('result.duration', { time: clock(endedAt - openedAt) })}
              </>
            )}
          </p>
        </div>
        <Button variant="default" leftSection={<IconArrowLeft size={20} />} onClick={exit}>
          {t('result.back')}
        </Button>
      </div>
      {phase === 'closed' && may('sealRecord') && (
        <section className={classes.card}>
          <ControlPanel />
        </section>
      )}
      <section>
        <h2>{t('result.votes')}</h2>
        {votes.length === 0 && <p>{t('result.noVotes')}</p>}
        <div className={classes.cards}>
          {votes.map((vote) => (
            <article key={vote.opening.vote} className={classes.card}>
              <QuestionHead vote={vote} />
              {vote.phase === 'annulled' ? (
                <p>{t('vote.annulled', { reason: vote.annulledFor ?? '' })}</p>
              ) : (
                <ResultWords vote={vote} />
              )}
            </article>
          ))}
        </div>
      </section>
      {state.ballots.length > 0 && (
        <section className={classes.card}>
          <BallotList />
        </section>
      )}
      <AttendanceResult />
      <section className={classes.card}>
        <h2>{t('result.speakers')}</h2>
        {given.length === 0 ? (
          <p>{t('result.noSpeakers')}</p>
        ) : (
          <ul className={classes.list}>
            {given.map((speech) => (
              <li key={speech.request}>
                {t('result.speech', {
                  name: nameOf(state, speech.person),
                  time: clock(speech.endedAt - speech.startedAt),
                })}
                {' · '}
                {state.agenda.find(({ id }) => id === speech.item)?.title}
              </li>
            ))}
          </ul>
        )}
      </section>
      <ObservationsResult />
      <MinutesResult />
      <p className={classes.hash} data-testid="record-hash">
        {t('result.record', { seq: state.seq, hash })}
      </p>
    </main>
  );
}
