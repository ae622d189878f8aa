import '../../i18n/oversight-texts.ts';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { Head } from '@diemcau/shared/protocol/socket.ts';
import { Button } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useObservations } from '../../hooks/oversight/use-observations.ts';
import { useSession } from '../../hooks/use-app.ts';
import { ObservationLine } from './observation-line.tsx';
import { ObservationNote } from './observation-note.tsx';
import classes from './oversight.module.css';
import { useObservationQuestions } from './use-observation-questions.tsx';

/** @returns the person who is signed in; null at a terminal. */
function useReader() {
  const session = useSession();
  return session.kind === 'signedIn' && session.session.kind === 'person' ? session.session.personId : null;
}

/** A superior's own observations of one meeting, with the line to write another. */
export function OwnObservations({
  meetingId,
  moment,
}: {
  readonly meetingId: MeetingId;
  readonly moment: () => Head;
}) {
  const { t } = useTranslation('oversight');
  const { all } = useObservations(meetingId);
  const me = useReader();
  const { send } = useObservationQuestions();
  const own = all.filter(({ author }) => author.personId === me).toReversed();
  const open = own.filter(({ sentAt }) => sentAt === null);
  return (
    <section className={classes.panel} data-testid="own-observations">
      <ObservationLine meetingId={meetingId} moment={moment} />
      <div className={classes.noteHead}>
        <h3 className={classes.heading}>{t('note.mine')}</h3>
        {open.length > 1 && (
          <Button
            variant="default"
            leftSection={<IconSend size={20} aria-hidden />}
            onClick={() => send(open)}
            data-testid="send-all"
          >
            {t('note.sendAll', { count: open.length })}
          </Button>
        )}
      </div>
      {own.length === 0 && <p className={classes.hint}>{t('note.none')}</p>}
      <ul className={classes.list}>
        {own.map((observation) => (
          <ObservationNote key={observation.id} observation={observation} reader="author" />
        ))}
      </ul>
    </section>
  );
}

/** What superiors have sent to the cell about a meeting; nothing where nothing was sent. */
export function SentObservations({
  meetingId,
  className = '',
}: {
  readonly meetingId: MeetingId;
  readonly className?: string | undefined;
}) {
  const { t } = useTranslation('oversight');
  const { all } = useObservations(meetingId);
  const sent = all.filter(({ sentAt }) => sentAt !== null);
  if (sent.length === 0) return null;
  return (
    <section className={className} data-testid="sent-observations">
      <h2>{t('note.ofCell')}</h2>
      <p className={classes.hint}>{t('note.ofCellHint')}</p>
      <ul className={classes.list}>
        {sent.map((observation) => (
          <ObservationNote key={observation.id} observation={observation} reader="cell" />
        ))}
      </ul>
    </section>
  );
}
