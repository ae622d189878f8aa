import { type ActorRef, actorKey } from '@diemcau/shared/domain/actor.ts';
import type { LoggedEvent } from '@diemcau/shared/domain/events.ts';
import type { CommandId } from '@diemcau/shared/ids.ts';
import type { Receipt } from '@diemcau/shared/protocol/socket.ts';

/** Names a command among all of a meeting: its own id and whose it is. */
export function commandKey(by: ActorRef, id: CommandId): string {
  return `${actorKey(by)} ${id}`;
}

/** Receipts of the accepted commands, read out of the events that they caused; so they outlive the process. */
export class Receipts {
  readonly #byCommand = new Map<string, Receipt>();

  /** A command's receipt is its last event's; events of refused commands name no cause and leave none. */
  note({ seq, hash, data }: LoggedEvent): void {
    if (data?.cause) this.#byCommand.set(commandKey(data.by, data.cause), { seq, hash });
  }

  /** For a command that changed nothing: no event keeps its receipt, so it is known until the process ends. */
  remember(key: string, receipt: Receipt): void {
    this.#byCommand.set(key, receipt);
  }

  find(key: string): Receipt | undefined {
    return this.#byCommand.get(key);
  }
}
