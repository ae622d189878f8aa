import type { ObservationKind } from '@diemcau/shared/domain/observations.ts';
import type { MeetingId, ObservationId } from '@diemcau/shared/ids.ts';
import type { Observation } from '@diemcau/shared/protocol/http.ts';
import type { Answer, Head } from '@diemcau/shared/protocol/socket.ts';
import { useRoute, useWrite } from '../use-route.ts';

/** A superior's hand on observations (SUP2). Each call resolves with the server's answer: a refusal has its sentence. */
export interface ObservationHand {
  readonly edit: (id: ObservationId, kind: ObservationKind, text: string) => Promise<Answer<unknown>>;
  readonly remove: (id: ObservationId) => Promise<Answer<unknown>>;
  /** Gives them to their cells, all or none; nobody changes them afterwards. */
  readonly send: (ids: readonly ObservationId[]) => Promise<Answer<{ readonly sent: number }>>;
  readonly busy: boolean;
}

export function useObservationHand(): ObservationHand {
  const { write, busy } = useWrite();
  return {
    busy,
    edit: (observationId, kind, text) =>
      write('editObservation', { params: { observationId }, body: { kind, text } }),
    remove: (observationId) => write('deleteObservation', { params: { observationId } }),
    send: (ids) => write('sendObservations', { body: { observationIds: [...ids] } }),
  };
}

/** The observations of one meeting, as far as the person who is signed in may read them. */
export interface MeetingObservations {
  /** What was sent to the cell, and one's own; in the order of writing. */
  readonly all: readonly Observation[];
  readonly mayWrite: 'yes' | 'no' | 'unknown';
  /** @param moment number and hash of the last event of the log that the author has seen. */
  readonly write: (kind: ObservationKind, text: string, moment: Head) => Promise<Answer<Observation>>;
  readonly busy: boolean;
}

export function useObservations(meetingId: MeetingId): MeetingObservations {
  const { data } = useRoute('meetingObservations', { params: { meetingId } });
  const { write, busy } = useWrite();
  return {
    all: data?.observations ?? [],
    mayWrite: data?.mayWrite ?? 'unknown',
    busy,
    write: (kind, text, { seq, hash }) =>
      write('writeObservation', { params: { meetingId }, body: { kind, text, seq, hash } }),
  };
}
