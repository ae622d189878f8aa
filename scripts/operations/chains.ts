import { createHash } from 'node:crypto';
import type { JsonObject } from '@diemcau/shared/record/json.ts';
import { firstHash } from '@diemcau/shared/record/record.ts';
import { type ChainStart, verifyChain } from '@diemcau/shared/record/verify.ts';
import { digest } from '../../server/src/meeting/log/digest.ts';
import type { Head, LogRecord } from '../../server/src/meeting/log/event-log.ts';
import type { LogFigures } from './manifest.ts';
import { OperationRefused } from './say.ts';

/** An event log that is only read: a copy in a file, or a database as of one moment. */
export interface LogReader {
  /** In the order of their ids. */
  heads(): Promise<readonly Head[]>;
  read(meetingId: string, afterSeq: number, limit: number): Promise<readonly LogRecord[]>;
  /** How many events it holds in all. */
  count(): Promise<number>;
}

const page = 500;

/**
 * Recomputes the hash chain of every meeting, and holds it against the heads.
 * @throws OperationRefused that names the first meeting that does not hold.
 */
export async function checkChains(log: LogReader): Promise<LogFigures> {
  const heads = await log.heads();
  const sum = createHash('sha256');
  let events = 0;
  for (const head of heads) {
    const last = await checkChain(log, head);
    events += last.seq;
    sum.update(`${head.meetingId} ${head.seq} ${head.hash}\n`);
  }
  const held = await log.count();
  if (held !== events) {
    throw new OperationRefused(
      `Nhật ký có ${held} sự kiện, nhưng các buổi sinh hoạt chỉ có ${events}.`,
      `The log holds ${held} events, but its meetings account for ${events}.`,
    );
  }
  return { meetings: heads.length, events, heads: sum.digest('hex') };
}

async function checkChain(log: LogReader, head: Head): Promise<ChainStart> {
  let last: ChainStart = { seq: 0, hash: firstHash, at: 0 };
  for (;;) {
    const stored = await log.read(head.meetingId, last.seq, page);
    if (stored.length === 0) break;
    const records = stored.map((record) => ({ ...record, data: parsed(record, head) }));
    const verdict = await verifyChain(records, async (text) => digest(text), last);
    if (!verdict.holds) throw broken(head, verdict.seq, verdict.fault);
    last = stored.at(-1) ?? last;
  }
  if (last.seq !== head.seq || last.hash !== head.hash) throw broken(head, last.seq, 'head');
  return last;
}

function parsed(record: LogRecord, head: Head): JsonObject {
  try {
    return JSON.parse(record.data);
  } catch {
    throw broken(head, record.seq, 'data');
  }
}

function broken({ meetingId }: Head, seq: number, fault: string): OperationRefused {
  return new OperationRefused(
    `Chuỗi mã băm của buổi sinh hoạt ${meetingId} không khớp tại sự kiện số ${seq} (${fault}).`,
    `The hash chain of meeting ${meetingId} does not hold at event ${seq} (${fault}).`,
  );
}
