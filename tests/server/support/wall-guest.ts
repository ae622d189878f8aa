import type { MeetingSummary } from '@diemcau/shared/domain/summary-types.ts';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { Answer } from '@diemcau/shared/protocol/socket.ts';
import type {
  WallAlarm,
  WallAnswers,
  WallBatch,
  WallEntry,
  WallRequestData,
  WallSums,
} from '@diemcau/shared/protocol/wall.ts';
import type { Guest } from './door.ts';
import { newCommandId } from './material.ts';

/** A superior's screen made of what the socket brings, and nothing else. */
export class WallGuest {
  readonly guest: Guest;
  readonly batches: { readonly batch: WallBatch; readonly at: number }[] = [];
  readonly entries = new Map<MeetingId, WallEntry>();
  readonly alarms = new Map<MeetingId, readonly WallAlarm[]>();
  readonly summaries = new Map<MeetingId, MeetingSummary>();
  readonly gone: MeetingId[] = [];
  sums: WallSums | null = null;

  constructor(guest: Guest) {
    this.guest = guest;
    guest.socket.on('wall', (batch: WallBatch) => {
      this.batches.push({ batch, at: performance.now() });
      this.#take(batch);
    });
  }

  #take({ sums, summaries, alarms, entries, gone }: Partial<WallBatch>): void {
    if (sums) this.sums = sums;
    for (const summary of summaries ?? []) this.summaries.set(summary.meetingId, summary);
    for (const { meetingId, alarms: list } of alarms ?? []) this.alarms.set(meetingId, list);
    for (const entry of entries ?? []) this.entries.set(entry.meetingId, entry);
    for (const meetingId of gone ?? []) {
      this.entries.delete(meetingId);
      this.gone.push(meetingId);
    }
  }

  ask<N extends keyof WallAnswers>(name: N, data: WallRequestData<N>): Promise<Answer<WallAnswers[N]>> {
    return this.guest.socket.timeout(5_000).emitWithAck(name, data);
  }

  async watch(): Promise<Answer<WallAnswers['watchWall']>> {
    const answer = await this.ask('watchWall', {});
    if (answer.ok) this.#take(answer.value);
    return answer;
  }

  async show(...meetings: MeetingId[]): Promise<Answer<WallAnswers['showTiles']>> {
    const answer = await this.ask('showTiles', { meetings });
    if (answer.ok) this.#take(answer.value);
    return answer;
  }

  attend(...meetings: MeetingId[]) {
    return this.ask('attendMeetings', { id: newCommandId(), meetings });
  }

  leave(...meetings: MeetingId[]) {
    return this.ask('leaveMeetings', { id: newCommandId(), meetings });
  }

  focus(meeting: MeetingId | null) {
    return this.ask('focusMeeting', { meeting });
  }
}
