import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import { logFileHeader } from '@diemcau/shared/record/log-file.ts';
import type { Finding } from './findings.ts';
import type { StoredLog } from './stored.ts';
import { countVotes } from './votes.ts';

/** A meeting's record as somebody has downloaded it. */
export interface MinutesInHand {
  readonly meetingId: MeetingId;
  readonly docx: Buffer;
  readonly log: Buffer;
}

const verifyLog = fileURLToPath(new URL('../../../scripts/verify-log.ts', import.meta.url));

/** The downloaded log is the stored one, the minutes say what it gives, and their figures are those counted here anew. */
export async function checkMinutes(log: StoredLog, hand: MinutesInHand): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const say = (detail: string) =>
    findings.push({ promise: 'minutes agree', detail: `meeting ${hand.meetingId}: ${detail}` });
  const { head, figures } = logFileHeader.parse(
    JSON.parse(hand.log.toString('utf8').split('\n', 1)[0] ?? ''),
  );
  const events = (log.events.get(hand.meetingId) ?? []).slice(0, head.seq);
  if (events.at(-1)?.hash !== head.hash) say('the downloaded log ends with an event that is not stored');
  const counted = countVotes(events).filter(({ phase }) => phase === 'announced');
  const ours = counted.map(({ id, total }) => JSON.stringify([id, total]));
  const theirs = figures.decisions.map(({ id, inFavour, against, noOpinion, notVoted }) =>
    JSON.stringify([id, { inFavour, against, noOpinion, notVoted }]),
  );
  if (ours.join() !== theirs.join()) say('the figures are not those of the stored marks');
  const verdict = await verified(hand);
  if (verdict !== null) say(verdict);
  return findings;
}

/** @returns what the product's own offline check says against them; null for nothing. */
async function verified({ docx, log }: MinutesInHand): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'diemcau-minutes-'));
  try {
    const [logPath, docxPath] = [join(folder, 'log.jsonl'), join(folder, 'minutes.docx')];
    await writeFile(logPath, log);
    await writeFile(docxPath, docx);
    const child = spawn(process.execPath, [verifyLog, logPath, '--minutes', docxPath]);
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => said.push(String(text)));
    const [code] = await once(child, 'close');
    return code === 0 ? null : said.join('');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
