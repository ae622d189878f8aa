import { join } from 'node:path';
import { asId, type MeetingId } from '@diemcau/shared/ids.ts';
import { canonicalText } from '@diemcau/shared/record/json.ts';
import { seal } from '@diemcau/shared/record/record.ts';
import { keepSecrets } from '../../../server/src/auth/secrets.ts';
import { openDirectoryDatabase } from '../../../server/src/directory/sqlite.ts';
import { digest } from '../../../server/src/meeting/log/digest.ts';
import type { EventLog, LogRecord } from '../../../server/src/meeting/log/event-log.ts';
import { SqliteEventLog } from '../../../server/src/meeting/log/sqlite-event-log.ts';

/** Appends so many events to a meeting's log, as its owner. */
export async function appendEvents(log: EventLog, meeting: string, count: number): Promise<void> {
  const meetingId = asId<MeetingId>(meeting);
  const head = await log.raiseEpoch(meetingId);
  const records: LogRecord[] = [];
  let previous = head.hash;
  for (let seq = head.seq + 1; seq <= head.seq + count; seq += 1) {
    const data = canonicalText({ note: `sự kiện ${seq}` });
    const salt = String(seq).padStart(32, '0');
    const unsealed = { meetingId, seq, type: 'sample', at: 1_000 + seq, salt, canonicalData: data };
    const { dataHash, hash } = seal(previous, unsealed, digest);
    records.push({ meetingId, seq, type: 'sample', at: 1_000 + seq, data, salt, dataHash, hash });
    previous = hash;
  }
  const batch = {
    meetingId,
    epoch: head.epoch,
    expectedSeq: head.seq,
    expectedHash: head.hash,
    records,
  };
  const answer = await log.append([batch]);
  if (answer.status !== 'done' || answer.outcomes[0] !== 'appended') throw new Error('not appended');
}

/** Fills a folder as a server does: directory, secrets, and a log of two meetings with so many events each. */
export async function sampleData(dataDir: string, events: number): Promise<void> {
  await (await openDirectoryDatabase(dataDir)).destroy();
  keepSecrets(dataDir);
  const log = new SqliteEventLog(join(dataDir, 'events.sqlite'));
  await log.open();
  for (const meeting of ['buoi-a', 'buoi-b']) await appendEvents(log, meeting, events);
  await log.close();
}
