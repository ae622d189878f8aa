import type { EventData, EventType, LoggedEvent } from '@diemcau/shared/domain/events.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import { recordFilePaths } from '@diemcau/shared/protocol/http.ts';
import { checkLog } from '@diemcau/shared/record/check-log.ts';
import { webDigest } from '@diemcau/shared/record/verify.ts';

/** A downloaded log that has been checked offline: what it says, and what it folds to. */
export interface DownloadedLog {
  readonly state: MeetingState;
  /** Data of the events of this type that the reader may read, in order. */
  of<T extends EventType>(type: T): readonly EventData[T][];
  /** Types of the events from this number on, in order. */
  typesAfter(seq: number): readonly EventType[];
}

/** Downloads the meeting's log as its reader gets it, and checks it as anybody can. @throws where it does not hold. */
export async function downloadLog(url: string, token: string, meetingId: MeetingId): Promise<DownloadedLog> {
  const answer = await fetch(url + recordFilePaths.log.replace(':meetingId', meetingId), {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!answer.ok) throw new Error(`log: ${answer.status} ${await answer.text()}`);
  const lines = (await answer.text()).trimEnd().split('\n');
  const verdict = await checkLog(each(lines), webDigest);
  if (!verdict.holds) throw new Error(`line ${verdict.line}: ${verdict.fault} ${verdict.detail}`);
  const events = lines.slice(1).map((line): LoggedEvent => JSON.parse(line));
  return {
    state: verdict.state,
    // The fold has read each event's data as what its type has.
    of: <T extends EventType>(type: T) =>
      events.flatMap((event) =>
        event.type === type && event.data ? [event.data as unknown as EventData[T]] : [],
      ),
    typesAfter: (seq) => events.filter((event) => event.seq > seq).map(({ type }) => type),
  };
}

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}
