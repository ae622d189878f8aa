import type { Actor } from '@diemcau/shared/domain/actor.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { CellId, PersonId } from '@diemcau/shared/ids.ts';
import type { JoinedAs } from '@diemcau/shared/protocol/socket.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { Session } from '../auth/sessions.ts';

/** What the door asks of the directory. */
export interface SuperiorLookup {
  /** @returns by what name and office the person is announced to the cell; null for who is not a superior of it now. */
  superiorOf(
    person: PersonId,
    cell: CellId,
  ): Promise<{ readonly name: string; readonly office: string } | null>;
}

/** Somebody's part in a meeting, as the directory and the meeting say it at this moment. */
export interface Admission {
  readonly actor: Exclude<Actor, { kind: 'system' }>;
  readonly as: JoinedAs;
}

/**
 * Who may enter: a person of the meeting's roll, a superior of its cell, the terminal of one of its sites. To administer
 * the cell is no way in.
 */
export async function admit(
  session: Session,
  state: MeetingState,
  superiors: SuperiorLookup,
): Promise<Result<Admission>> {
  if (!state.facts) return refused('notFound');
  if (session.kind === 'terminal') return admitTerminal(session, state);
  const person = session.personId;
  const entry = state.roll[person];
  if (entry) {
    if (entry.standing === 'suspended' || entry.standing === 'temporaryOut') return refused('personExcluded');
    return ok({ actor: { kind: 'person', person }, as: { kind: 'member', person, name: entry.name } });
  }
  const superior = await superiors.superiorOf(person, state.facts.cellId);
  if (!superior) return refused('notOfThisMeeting');
  const { name, office } = superior;
  return ok({
    actor: { kind: 'superior', person, name, office },
    as: { kind: 'superior', person, name, office },
  });
}

function admitTerminal(
  session: Extract<Session, { kind: 'terminal' }>,
  state: MeetingState,
): Result<Admission> {
  const site = state.sites[session.siteId];
  if (session.meetingId !== state.facts?.meetingId) return refused('notOfThisMeeting');
  if (!site) return refused('siteUnknown');
  const { sid: terminal, responsibleId: responsible } = session;
  return ok({
    actor: { kind: 'terminal', site: site.id, terminal, responsible },
    as: { kind: 'terminal', site: site.id, responsible, name: site.name },
  });
}
