import { resultSentence } from '@diemcau/shared/minutes/votes-part.ts';
import { titleOf, unitName } from '../../../hooks/meeting/names.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useRecordText } from '../../../hooks/meeting/use-record-text.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import classes from './ballot.module.css';

/** Secret ballots held in the room: figures of each box, who certified it, and the result as it is worded. */
export function BallotList() {
  const { state } = useRoom();
  const t = useRecordText();
  const room = useText();
  if (state.ballots.length === 0) return null;
  return (
    <section data-testid="ballots">
      <h3>{t('ballot.list')}</h3>
      {state.ballots.map((ballot) => (
        <article key={ballot.ballot} className={classes.box}>
          <strong>{ballot.question}</strong>
          <p className={classes.outcome} data-testid="ballot-sentence">
            {resultSentence(ballot.rule, ballot.candidate, ballot.result)}
          </p>
          {ballot.boxes.map((box) => (
            <p key={box.site} className={classes.hint}>
              {t('ballot.boxLine', {
                site: unitName(state, box.site, room),
                issued: box.issued,
                returned: box.returned,
                invalid: box.invalid,
                inFavour: box.inFavour,
                against: box.against,
                noOpinion: box.noOpinion,
                name: titleOf(state, box.certifiedBy),
              })}
            </p>
          ))}
        </article>
      ))}
    </section>
  );
}
