import type { MeetingSummary } from '@diemcau/shared/domain/summary-types.ts';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { WallBoard } from './wall-board.ts';
import type { Wall } from './wall-seats.ts';

/** Which meetings are on which wall's screen, and whose summaries go out with a wall's next batch. */
export class WallScreens {
  readonly #board: WallBoard;
  readonly #shownBy = new Map<MeetingId, Set<Wall>>();

  constructor(board: WallBoard) {
    this.#board = board;
  }

  /** @returns walls that show the meeting. */
  of(meetingId: MeetingId): Iterable<Wall> {
    return this.#shownBy.get(meetingId) ?? [];
  }

  /** Puts these meetings on the wall's screen in place of those before. */
  set(wall: Wall, shown: ReadonlySet<MeetingId>): void {
    for (const id of wall.shown) {
      if (shown.has(id)) continue;
      const walls = this.#shownBy.get(id);
      walls?.delete(wall);
      if (walls?.size === 0) this.#shownBy.delete(id);
      wall.renewed.delete(id);
    }
    for (const id of shown) this.#shownBy.set(id, (this.#shownBy.get(id) ?? new Set()).add(wall));
    wall.shown = shown;
  }

  /** @returns the summaries that the wall's next batch brings; nothing is left to be sent. */
  take(wall: Wall): readonly MeetingSummary[] {
    const { renewed } = wall;
    if (renewed.size > 0) wall.renewed = new Set();
    return this.#summariesOf(renewed);
  }

  /** @returns the newest summaries of these meetings as far as they are on the wall's screen; they need not be sent once more. */
  answer(wall: Wall, meetings: readonly MeetingId[]): readonly MeetingSummary[] {
    const shown = meetings.filter((id) => wall.shown.has(id));
    for (const id of shown) wall.renewed.delete(id);
    return this.#summariesOf(shown);
  }

  #summariesOf(meetings: Iterable<MeetingId>): readonly MeetingSummary[] {
    const summaries: MeetingSummary[] = [];
    for (const id of meetings) {
      const posted = this.#board.get(id);
      if (posted) summaries.push(posted.summary);
    }
    return summaries;
  }
}
