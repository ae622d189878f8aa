import type { PersonId } from '../ids.ts';
import type { Command } from './commands.ts';
import { keysOf } from './evolution.ts';
import { isOver } from './phase.ts';
import type { MeetingState } from './state.ts';

/** @returns commands that time itself gives now (milliseconds since 1970): ends of grace, an empty meeting (ATT2, MEET3). */
export function commandsDue(state: MeetingState, now: number): readonly Command[] {
  if (isOver(state)) return [];
  const commands: Command[] = [];
  const over: PersonId[] = [];
  // Every meeting is asked every second: keys alone are a fraction of what entries cost.
  for (const person of keysOf(state.attendance)) {
    const presence = state.attendance[person]?.presence;
    if (presence?.mode === 'reconnecting' && presence.graceEndsAt <= now) over.push(person);
  }
  for (const person of keysOf(state.superiors)) {
    const graceEndsAt = state.superiors[person]?.graceEndsAt ?? null;
    if (graceEndsAt !== null && graceEndsAt <= now) over.push(person);
  }
  if (over.length > 0) commands.push({ type: 'endGrace', persons: over });
  const limit = (state.facts?.rules.emptyLimit ?? 0) * 60_000;
  if (state.emptySince !== null && now - state.emptySince >= limit) {
    commands.push({ type: 'interruptMeeting', reason: 'Không còn ai dự họp' });
  }
  return commands;
}
