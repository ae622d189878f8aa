import type { MeetingState } from './state.ts';

/** @returns whether nothing more can happen in the meeting. */
export function isOver(state: Pick<MeetingState, 'phase'>): boolean {
  return state.phase === 'closed' || state.phase === 'sealed' || state.phase === 'cancelled';
}

/** @returns whether people may be in the meeting's room: from summoning on until it ends. */
export function isLive(state: MeetingState): boolean {
  return state.phase === 'summoned' || state.phase === 'open' || state.phase === 'suspended';
}

const vietnamOffset = 7 * 3_600_000;
const day = 86_400_000;

/** @returns whether both moments (milliseconds since 1970) fall on the same day in Vietnam. */
export function isSameDay(a: number, b: number): boolean {
  return Math.floor((a + vietnamOffset) / day) === Math.floor((b + vietnamOffset) / day);
}
