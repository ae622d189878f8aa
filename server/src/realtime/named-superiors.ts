import type { Actor } from '@diemcau/shared/domain/actor.ts';
import { mayCommand } from '@diemcau/shared/domain/permissions.ts';
import type { ClientCommand } from '@diemcau/shared/protocol/commands.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { MeetingRoom } from '../meeting/room.ts';
import type { SuperiorLookup } from './admission.ts';

/** A command that registers somebody's account as a superior in a hall. */
type Registration = Extract<ClientCommand, { type: 'registerSuperior' }>;

/** @returns the account that the command registers; null for every other command. */
export function registeredAccount(command: ClientCommand): Registration['person'] {
  return command.type === 'registerSuperior' ? command.person : null;
}

/**
 * SUP9: an account that the clerk names must be a superior's of this cell, and stands by the name and office that the
 * directory has, whatever was typed. One of the roll is left to the domain, which says why not.
 */
export async function superiorNamed(
  { state }: MeetingRoom,
  actor: Actor,
  command: ClientCommand,
  superiors: SuperiorLookup,
): Promise<Result<ClientCommand>> {
  if (command.type !== 'registerSuperior' || command.person === null) return ok(command);
  // Who may not register anybody learns nothing about whose account is a superior's.
  if (!state.facts || !mayCommand(state, actor, command.type) || state.roll[command.person])
    return ok(command);
  const found = await superiors.superiorOf(command.person, state.facts.cellId);
  if (!found) return refused('notASuperior');
  return ok({ ...command, name: found.name, office: found.office === '' ? command.office : found.office });
}
