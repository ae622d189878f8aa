import type { CommandId } from '@diemcau/shared/ids.ts';
import type { Receipt } from '@diemcau/shared/protocol/socket.ts';
import { verifyChain, webDigest } from '@diemcau/shared/record/verify.ts';
import { PostgresEventLog } from '../../server/src/meeting/log/postgres-event-log.ts';
import type { Attendant } from './members.ts';

const choices = ['inFavour', 'against', 'noOpinion'] as const;

/** What people who voted again and again were told. */
export interface Marks {
  readonly receipts: ReadonlyMap<CommandId, Receipt>;
  readonly refused: readonly string[];
}

/** Everybody changes their mark again and again until `over` resolves. The clients carry each mark through whatever happens. */
export async function keepVoting(people: readonly Attendant[], over: Promise<unknown>): Promise<Marks> {
  const receipts = new Map<CommandId, Receipt>();
  const refused: string[] = [];
  let ended = false;
  void over.finally(() => {
    ended = true;
  });
  await Promise.all(
    people.map(async ({ client }) => {
      for (let turn = 0; !ended; turn += 1) {
        const vote = client.state.get()?.openVote;
        if (!vote) throw new Error('no vote is open');
        const choice = choices[turn % 3] ?? 'noOpinion';
        const { id, answer } = client.command({ type: 'castMark', vote, choice });
        const said = await answer;
        if (said.ok) receipts.set(id, said.value);
        else refused.push(said.code);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }),
  );
  return { receipts, refused };
}

/** What a meeting's log says of these marks, read from the database. */
export async function checkMarks(databaseUrl: string, meetingId: string, { receipts }: Marks) {
  const log = new PostgresEventLog(databaseUrl);
  await log.open();
  const stored = await log.read(meetingId as never, 0, Number.MAX_SAFE_INTEGER);
  await log.close();
  const records = stored.map((record) => ({ ...record, data: JSON.parse(record.data) }));
  const { holds } = await verifyChain(records, webDigest);
  const counted = new Map<string, number>();
  for (const { type, data } of records) {
    if (type === 'choiceRecorded') counted.set(data.cause, (counted.get(data.cause) ?? 0) + 1);
  }
  const lost = [...receipts].filter(([id, { seq, hash }]) => {
    const record = records[seq - 1];
    return record?.hash !== hash || record?.data.cause !== id;
  });
  const doubled = [...counted.values()].filter((times) => times > 1);
  return {
    chain: holds ? 'holds' : 'broken',
    acknowledged: receipts.size,
    lost: lost.length,
    doubled: doubled.length,
  };
}
