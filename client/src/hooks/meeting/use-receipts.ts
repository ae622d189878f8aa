import type { Choice } from '@diemcau/shared/domain/vote-types.ts';
import type { VoteId } from '@diemcau/shared/ids.ts';
import type { Receipt } from '@diemcau/shared/protocol/socket.ts';
import { useState } from 'react';
import { type LogReading, readLog } from './log-reading.ts';
import { type KeptReceipt, keptReceipts, markedVotes } from './receipts.ts';
import { useMyself, useRoom } from './room.ts';
import { useKeepReceipts } from './use-keep-receipts.ts';

/** How a receipt stands against the log, once it has been compared. */
export type ReceiptCheck = 'unchecked' | 'good' | 'replaced' | 'missing';

export interface MyReceipt {
  readonly vote: VoteId;
  /** Null where this device has none: the mark was made elsewhere. */
  readonly receipt: Receipt | null;
  readonly choice: Choice | null;
  readonly check: ReceiptCheck;
}

export interface MyReceipts {
  readonly receipts: readonly MyReceipt[];
  readonly reading: LogReading | null;
  readonly refusal: string | null;
  readonly busy: boolean;
  readonly check: () => Promise<void>;
}

function checkOf(reading: LogReading | null, { seq, hash, vote }: KeptReceipt): ReceiptCheck {
  if (reading === null) return 'unchecked';
  const mark = reading.marks.find((logged) => logged.seq === seq);
  if (reading.hashes.get(seq) !== hash || mark?.vote !== vote) return 'missing';
  return reading.marks.some((later) => later.vote === vote && later.seq > seq) ? 'replaced' : 'good';
}

/** @returns the viewer's own receipts, and a way to hold them against the log as the server gives it. */
export function useMyReceipts(): MyReceipts {
  const { state, recordFile } = useRoom();
  const person = useMyself();
  const [reading, setReading] = useState<LogReading | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useKeepReceipts();
  const meetingId = state.facts?.meetingId;
  if (person === null || meetingId === undefined) {
    return { receipts: [], reading: null, refusal: null, busy: false, check: async () => undefined };
  }
  const kept = keptReceipts(meetingId, person);
  const own = kept.map((receipt): MyReceipt => {
    const logged = reading?.marks.find(({ seq }) => seq === receipt.seq)?.choice;
    const last = kept.findLast(({ vote }) => vote === receipt.vote) === receipt;
    const choice = logged ?? (last ? (state.votes[receipt.vote]?.choices[person] ?? null) : null);
    return { vote: receipt.vote, receipt, choice, check: checkOf(reading, receipt) };
  });
  const elsewhere = markedVotes(state, person)
    .filter((vote) => !kept.some((receipt) => receipt.vote === vote))
    .map((vote): MyReceipt => {
      const logged = reading?.marks.findLast((mark) => mark.vote === vote);
      const choice = logged?.choice ?? state.votes[vote]?.choices[person] ?? null;
      return {
        vote,
        receipt: logged ? { seq: logged.seq, hash: logged.hash } : null,
        choice,
        check: logged ? 'good' : 'unchecked',
      };
    });
  return {
    receipts: [...own, ...elsewhere],
    reading,
    refusal,
    busy,
    check: async () => {
      setBusy(true);
      const file = await recordFile('log');
      setRefusal(file.ok ? null : file.message);
      if (file.ok) setReading(await readLog(await file.value.content.text(), person));
      setBusy(false);
    },
  };
}
