import type { MeetingId } from '@diemcau/shared/ids.ts';
import { verifyChain, webDigest } from '@diemcau/shared/record/verify.ts';
import type { Finding } from './findings.ts';
import type { StoredLog } from './stored.ts';

/** Each meeting's events are one unbroken chain that ends where its head says. */
export async function checkChains(log: StoredLog): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const broken = (meetingId: MeetingId, detail: string) =>
    findings.push({ promise: 'the chain holds', detail: `meeting ${meetingId}: ${detail}` });
  for (const [meetingId, { seq, hash }] of log.heads) {
    const events = log.events.get(meetingId) ?? [];
    const verdict = await verifyChain(events, webDigest);
    if (!verdict.holds) broken(meetingId, `event ${verdict.seq}: ${verdict.fault}`);
    else if (verdict.head.seq !== seq || (seq > 0 && verdict.head.hash !== hash)) {
      broken(meetingId, `the head says ${seq}, the events end at ${verdict.head.seq}`);
    }
  }
  for (const meetingId of log.events.keys()) {
    if (!log.heads.has(meetingId)) broken(meetingId, 'events without a head');
  }
  return findings;
}
