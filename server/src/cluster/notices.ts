import type { Sessions } from '../auth/sessions.ts';
import type { DirectoryDatabase } from '../directory/database.ts';
import { onRightsChange, rightsChanged } from '../directory/rights-changes.ts';
import type { WordLine } from './words.ts';

/** What ends on one node ends on all: rights over cells, and sessions. @returns a function that stops it. */
export function shareNotices(
  line: WordLine,
  { db, sessions }: { readonly db: DirectoryDatabase; readonly sessions: Sessions },
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
