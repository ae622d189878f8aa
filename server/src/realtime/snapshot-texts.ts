import type { Viewer } from '@diemcau/shared/domain/audience.ts';
import { entriesOf } from '@diemcau/shared/domain/evolution.ts';
import { openOfMeeting, openOfVote, ownOfMeeting, ownOfVote } from '@diemcau/shared/domain/redact.ts';
import type { MeetingState, VoteState } from '@diemcau/shared/domain/state.ts';
import { joined } from './written.ts';

/** Milliseconds for which a text is kept: those whose arrival became durable at once are answered within it. */
const lifetime = 20;
/** Texts kept at most, some kilobytes each. */
const most = 1_000;

/**
 * Snapshots as JSON. What is the same for everybody is written once, however many come at once; what somebody sees
 * their own way is written for each.
 */
export class SnapshotTexts {
  /**
   * Made for those who come at once, and dropped after them. One that waited for them would be old to the collector of garbage by then,
   * and all that is put into it as old as it, also when it was cleared: as much as a meeting for everybody who enters.
   */
  #open: Map<MeetingState | VoteState, string> | null = null;

  /** @returns the text of what `redact` gives this viewer. */
  of(state: MeetingState, viewer: Viewer): string {
    const open = this.#kept(state, () => JSON.stringify(openOfMeeting(state)));
    const votes = entriesOf(state.votes).map(([id, vote]) => {
      const ofAll = this.#kept(vote, () => JSON.stringify(openOfVote(vote)));
      return `${JSON.stringify(id)}:${joined(ofAll, JSON.stringify(ownOfVote(vote, viewer)))}`;
    });
    const own = JSON.stringify(ownOfMeeting(state, viewer));
    return joined(joined(open, own), `{"votes":{${votes.join(',')}}}`);
  }

  #kept(part: MeetingState | VoteState, write: () => string): string {
    const kept = this.#open ?? this.#begin();
    const known = kept.get(part);
    if (known !== undefined) return known;
    const text = write();
    if (kept.size < most) kept.set(part, text);
    return text;
  }

  #begin(): Map<MeetingState | VoteState, string> {
    const begun = new Map<MeetingState | VoteState, string>();
    this.#open = begun;
    setTimeout(() => {
      this.#open = null;
    }, lifetime).unref();
    return begun;
  }
}
