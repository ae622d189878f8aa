import type { Auth } from '../auth/auth.ts';
import type { DirectoryDatabase } from '../directory/database.ts';
import { onRightsChange, rightsChanged } from '../directory/rights-changes.ts';
import type { WordLine } from './words.ts';

/** What ends on one node ends on all, rights over cells and sessions; and who guesses wrongly on one has done so on all. @returns a function that stops it. */
export function shareNotices(
  line: WordLine,
  { db, sessions, guesses }: { readonly db: DirectoryDatabase } & Pick<Auth, 'sessions' | 'guesses'>,
): () => void {
  // What was heard is told here and said to nobody again; listeners are called within the call.
  let from: 'here' | 'elsewhere' = 'here';
  const heard = (tell: () => void) => {
    from = 'elsewhere';
    try {
      tell();
    } finally {
      from = 'here';
    }
  };
  line.hear('rights', (person) => heard(() => rightsChanged(db, person)));
  line.hear('sessionEnded', (sid) => heard(() => sessions.noteEnded(sid)));
  line.hear('guess', (outcome) => guesses.note(outcome));
  guesses.onOutcome((outcome) => line.say('guess', outcome));
  const stops = [
    onRightsChange(db, (person) => {
      if (from === 'here') line.say('rights', person);
    }),
    sessions.onEnded((sid) => {
      if (from === 'here') line.say('sessionEnded', sid);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
