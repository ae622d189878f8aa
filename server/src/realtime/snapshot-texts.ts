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
  /** Replaced and never cleared: a map that was cleared keeps what it held from being collected as long as it is old itself. */
  #open = new Map<MeetingState | VoteState, string>();
  #expiry: NodeJS.Timeout | null = null;

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
    const known = this.#open.get(part);
    if (known !== undefined) return known;
    if (this.#open.size >= most) this.#open = new Map();
    const text = write();
    this.#open.set(part, text);
    this.#expiry ??= setTimeout(() => {
      this.#open = new Map();
      this.#expiry = null;
    }, lifetime).unref();
    return text;
  }
}
