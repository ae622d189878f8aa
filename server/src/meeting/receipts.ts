import { type ActorRef, actorKey } from '@diemcau/shared/domain/actor.ts';
import type { LoggedEvent } from '@diemcau/shared/domain/events.ts';
import type { CommandId } from '@diemcau/shared/ids.ts';
import type { Receipt } from '@diemcau/shared/protocol/socket.ts';

/** Names a command among all of a meeting: its own id and whose it is. */
export function commandKey(by: ActorRef, id: CommandId): string {
  return `${actorKey(by)} ${id}`;
}

/** How many commands without effect are remembered of each person or terminal; a line that comes back repeats a handful. */
const rememberedOfEach = 100;

/** A written receipt: the number of its event, then the hash. */
const seqBytes = 6;
const hashBytes = 32;
const receiptBytes = seqBytes + hashBytes;

/** Receipts of the accepted commands, read out of the events that they caused; so they outlive the process. */
export class Receipts {
  /** Where each command's receipt stands among the written ones: asked for when somebody gives a command again, which is seldom. */
  readonly #byCommand = new Map<string, number>();
  #written = Buffer.alloc(0);
  #used = 0;
  /** Of commands that changed nothing, by whose they are; the newest stay, so that nobody fills the memory with them. */
  readonly #withoutEvents = new Map<string, Map<string, Receipt>>();

  /** A command's receipt is its last event's; events of refused commands name no cause and leave none. */
  note({ seq, hash, data }: LoggedEvent): void {
    if (data?.cause) this.#byCommand.set(commandKey(data.by, data.cause), this.#write({ seq, hash }));
  }

  /** For a command that changed nothing: no event keeps its receipt, so it is known until the process ends, or many more came. */
  remember(key: string, receipt: Receipt): void {
    const owner = ownerOf(key);
    const own = this.#withoutEvents.get(owner) ?? new Map<string, Receipt>();
    this.#withoutEvents.set(owner, own);
    own.set(key, receipt);
    const [oldest] = own.keys();
    if (own.size > rememberedOfEach && oldest !== undefined) own.delete(oldest);
  }

  find(key: string): Receipt | undefined {
    const at = this.#byCommand.get(key);
    return at === undefined ? this.#withoutEvents.get(ownerOf(key))?.get(key) : this.#read(at);
  }

  /** @returns where it stands. */
  #write({ seq, hash }: Receipt): number {
    const at = this.#used;
    this.#used += receiptBytes;
    if (this.#used > this.#written.length) {
      const larger = Buffer.allocUnsafeSlow(Math.ceil(this.#used * 1.5));
      this.#written.copy(larger);
      this.#written = larger;
    }
    this.#written.writeUIntBE(seq, at, seqBytes);
    this.#written.write(hash, at + seqBytes, hashBytes, 'hex');
    return at;
  }

  #read(at: number): Receipt {
    const hashAt = at + seqBytes;
    return {
      seq: this.#written.readUIntBE(at, seqBytes),
      hash: this.#written.toString('hex', hashAt, hashAt + hashBytes),
    };
  }
}

function ownerOf(key: string): string {
  return key.slice(0, key.lastIndexOf(' '));
}
