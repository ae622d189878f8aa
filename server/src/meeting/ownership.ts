import type { MeetingId } from '@diemcau/shared/ids.ts';

/** Where a meeting lives: on this server, or at the address of another. */
export type Home = { readonly kind: 'here' } | { readonly kind: 'elsewhere'; readonly address: string };

/** Which server of several may write a meeting. What it says is a promise of now; that of the log's epoch is for good. */
export interface Ownership {
  /**
   * Asks for a meeting, which must be loaded here when the answer is `here`.
   * `wanted`: `here` for a meeting that has just been made; `anywhere` leaves the choice to the cluster.
   * Rejects with LogUnavailable while nothing can be placed.
   */
  claim(meetingId: MeetingId, wanted: 'here' | 'anywhere'): Promise<Home>;
  /** Where one would be asked for that nobody has heard of: strangers learn nothing from the difference. */
  wouldLive(meetingId: MeetingId): Home;
  /** The meeting has left this server's memory and may live anywhere from now on. */
  forget(meetingId: MeetingId): void;
}

/** The meeting is another server's; whoever asks must go there. */
export class LivesElsewhere extends Error {
  readonly address: string;
  constructor(address: string) {
    super(`the meeting lives at ${address}`);
    this.name = 'LivesElsewhere';
    this.address = address;
  }
}
