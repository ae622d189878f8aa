import { useEffect } from 'react';
import { type KeptReceipt, keepReceipts } from './receipts.ts';
import { useRoom } from './room.ts';

/** Keeps each receipt that this device gets, so that it can be seen and checked again later (VOTE11). */
export function useKeepReceipts(): void {
  const { state, commands, as } = useRoom();
  const meetingId = state.facts?.meetingId;
  const person = as.kind === 'member' ? as.person : null;
  useEffect(() => {
    if (person === null || meetingId === undefined) return;
    const fresh = commands.flatMap(({ command, progress }): readonly KeptReceipt[] =>
      command.type === 'castMark' && command.person === undefined && progress.phase === 'recorded'
        ? [{ ...progress.receipt, vote: command.vote }]
        : [],
    );
    if (fresh.length > 0) keepReceipts(meetingId, person, fresh);
  }, [commands, meetingId, person]);
}
