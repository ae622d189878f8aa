import type { Actor } from '@diemcau/shared/domain/actor.ts';
import { attendanceOf } from '@diemcau/shared/domain/presence.ts';
import type { CommandId, SiteId } from '@diemcau/shared/ids.ts';
import type { ClientCommand } from '@diemcau/shared/protocol/commands.ts';
import type { Proof, SiteCodeProof } from '@diemcau/shared/protocol/requests.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { Pins } from '../auth/pins.ts';
import type { PresenceCodes } from '../auth/presence-codes.ts';
import type { MeetingRoom } from '../meeting/room.ts';

/** Who knows whether a proof holds. */
export interface ProofChecks {
  readonly presenceCodes: PresenceCodes;
  readonly pins: Pick<Pins, 'verify'>;
}

interface Given {
  readonly room: MeetingRoom;
  /** Whose connection it is. */
  readonly actor: Actor;
  readonly id: CommandId;
  readonly command: ClientCommand;
}

const misplaced = refused('malformed', { field: 'proof' });

/** @returns as whom the command is given once its proof holds; each kind of proof goes with one kind of command. */
export async function actorProven(given: Given, proof: Proof, checks: ProofChecks): Promise<Result<Actor>> {
  switch (proof.kind) {
    case 'siteCode':
      return actorAtSite(given, proof, checks.presenceCodes);
    case 'pin': {
      // The hall's laptop and a colleague's device may be handed over; a superior's has no part in a count.
      if (given.command.type !== 'confirmCount') return misplaced;
      if (given.actor.kind !== 'person' && given.actor.kind !== 'terminal') return refused('notAllowed');
      const { personId, pin } = proof;
      const verified = await checks.pins.verify(personId, pin);
      return verified.ok ? ok({ kind: 'person', person: personId }) : verified;
    }
    default: {
      const never: never = proof;
      throw new Error(`unknown proof ${JSON.stringify(never)}`);
    }
  }
}

/** @returns the person with the site at which the code proves them to stand (ATT4). */
export function actorAtSite(
  { room, actor, id, command }: Given,
  { code }: SiteCodeProof,
  codes: PresenceCodes,
): Result<Actor> {
  if (command.type !== 'checkIn' || command.place.mode !== 'onSite') return misplaced;
  if (actor.kind !== 'person') return misplaced;
  const { site } = command.place;
  // A device that comes back says again what was recorded long ago, with the code of that time.
  if (room.isRecorded(actor, id) || isAt(room, actor, site)) return ok(actor);
  const claim = { meetingId: room.meetingId, siteId: site, personId: actor.person, commandId: id };
  const used = codes.use(code, claim);
  return used.ok ? ok({ ...actor, provenAt: site }) : used;
}

function isAt({ state }: MeetingRoom, { person }: Extract<Actor, { kind: 'person' }>, site: SiteId): boolean {
  const { presence } = attendanceOf(state, person);
  return presence.mode === 'onSite' && presence.site === site;
}
