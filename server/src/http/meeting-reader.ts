import type { Actor } from '@diemcau/shared/domain/actor.ts';
import { isLive } from '@diemcau/shared/domain/phase.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import { admit } from '../realtime/admission.ts';
import type { RouteParts } from './parts.ts';

/** A meeting at this moment, and who reads of it. */
export interface MeetingReader {
  readonly state: MeetingState;
  readonly actor: Extract<Actor, { kind: 'person' | 'superior' }>;
}

/**
 * Who may read what belongs to a meeting's record: who may enter the meeting; a superior no live one that they don't attend
 * openly, from afar or in a hall (SUP1). A meeting that isn't and one out of reach answer alike.
 */
export async function readerOf(
  { records }: Pick<RouteParts, 'records'>,
  meetingId: MeetingId,
  personId: PersonId,
): Promise<Result<MeetingReader>> {
  const state = (await records.registry.read(meetingId))?.state;
  if (!state) return refused('notOfThisMeeting');
  const admission = await admit({ kind: 'person', sid: '', personId }, state, records.superiors);
  if (!admission.ok) return admission;
  const { actor } = admission.value;
  if (actor.kind === 'terminal') return refused('notAllowed');
  const inHall = Object.values(state.onSiteSuperiors).some(({ person }) => person === personId);
  const unseen = actor.kind === 'superior' && isLive(state) && !state.superiors[personId] && !inHall;
  return unseen ? refused('notJoined') : ok({ state, actor });
}
