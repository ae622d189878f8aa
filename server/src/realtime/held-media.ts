import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { MediaClosedReason, MediaNotice } from '@diemcau/shared/protocol/media.ts';
import type { Seat } from './seat.ts';

/** The media of one seat, which may go on in another one when their device comes back on a new line. */
export interface HeldMedia {
  seat: Seat;
  notify: (notice: MediaNotice) => void;
  /** The transport that receives; null until it is there, and for who only sends. */
  transportId: string | null;
  /** Why the engine has ended them; null while they stand. */
  closed: MediaClosedReason | null;
}

interface Keepable {
  readonly seat: Pick<Seat, 'meetingId' | 'peerId'>;
}

/** Media whose line is gone, as long as they wait for their device. */
export class KeptMedia<H extends Keepable = HeldMedia> {
  readonly #patience: number;
  readonly #byMeeting = new Map<
    MeetingId,
    Map<string, { readonly held: H; readonly timer: NodeJS.Timeout }>
  >();

  /** @param patience milliseconds. */
  constructor(patience: number) {
    this.#patience = patience;
  }

  /** @param expired is called when the device has not come in time. */
  keep(held: H, expired: () => void): void {
    const { meetingId, peerId } = held.seat;
    this.drop(held);
    const timer = setTimeout(() => {
      this.drop(held);
      expired();
    }, this.#patience);
    timer.unref();
    const kept = this.#byMeeting.get(meetingId) ?? new Map();
    kept.set(peerId, { held, timer });
    this.#byMeeting.set(meetingId, kept);
  }

  drop({ seat: { meetingId, peerId } }: H): void {
    const kept = this.#byMeeting.get(meetingId);
    clearTimeout(kept?.get(peerId)?.timer);
    kept?.delete(peerId);
    if (kept?.size === 0) this.#byMeeting.delete(meetingId);
  }

  of(meetingId: MeetingId): readonly H[] {
    return Array.from(this.#byMeeting.get(meetingId)?.values() ?? [], ({ held }) => held);
  }

  all(): readonly H[] {
    return [...this.#byMeeting.keys()].flatMap((meetingId) => this.of(meetingId));
  }
}
