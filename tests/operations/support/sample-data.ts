import { join } from 'node:path';
import { asId, type MeetingId } from '@diemcau/shared/ids.ts';
import { keepSecrets } from '../../../server/src/auth/secrets.ts';
import { openDirectoryDatabase } from '../../../server/src/directory/sqlite.ts';
import type { EventLog } from '../../../server/src/meeting/log/event-log.ts';
import { SqliteEventLog } from '../../../server/src/meeting/log/sqlite-event-log.ts';
import { batchAfter } from '../../contract/chain.ts';

/** Appends so many events to a meeting's log, as its owner. */
export async function appendEvents(log: EventLog, meeting: string, count: number): Promise<void> {
  const head = await log.raiseEpoch(asId<MeetingId>(meeting));
  const contents = Array.from({ length: count }, (_, index) => ({ note: `sự kiện ${head.seq + index + 1}` }));
  const answer = await log.append([batchAfter(head, contents)]);
  if (answer.status !== 'done' || answer.outcomes[0] !== 'appended') throw new Error('not appended');
}

/** Fills a folder as a server does: directory, secrets, and a log of two meetings with so many events each. */
export async function sampleData(dataDir: string, events: number): Promise<void> {
  await (await openDirectoryDatabase(dataDir)).destroy();
  keepSecrets(dataDir);
  await addEvents(dataDir, events);
}

/** Lets both meetings of {@link sampleData} go on by so many events each. */
export async function addEvents(dataDir: string, events: number): Promise<void> {
  const log = new SqliteEventLog(join(dataDir, 'events.sqlite'));
  await log.open();
  for (const meeting of ['buoi-a', 'buoi-b']) await appendEvents(log, meeting, events);
  await log.close();
}
