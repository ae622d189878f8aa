import type { LoggedEvent } from '@diemcau/shared/domain/events.ts';
import type { CommandId, MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import type { ClientCommand } from '@diemcau/shared/protocol/commands.ts';
import type { Answer, Head, Receipt } from '@diemcau/shared/protocol/socket.ts';
import type { RefusalCode } from '@diemcau/shared/result.ts';
import { monotonicNow } from './seeded.ts';

/** A command as the bot that gave it remembers it. Times in monotonic nanoseconds. */
export interface GivenCommand {
  readonly id: CommandId;
  readonly meetingId: MeetingId;
  readonly person: PersonId;
  readonly command: ClientCommand;
  readonly firstSentAt: number;
  /** How often it was put on a line, duplicates and repetitions together. */
  sendings: number;
  readonly receipts: { readonly at: number; readonly receipt: Receipt }[];
  readonly refusals: { readonly at: number; readonly code: RefusalCode }[];
}

/** An event that some screen was shown. */
export interface Sighting extends Head {
  readonly meetingId: MeetingId;
  /** When it was first seen, monotonic nanoseconds. */
  readonly at: number;
}

/** Answers that say nothing of the command itself: the same id is sent again. */
const passing: ReadonlySet<RefusalCode> = new Set([
  'tryAgain',
  'notJoined',
  'livesElsewhere',
  'tooManyRequests',
  'unauthenticated',
  'internal',
]);

export function isPassing(code: RefusalCode): boolean {
  return passing.has(code);
}

/** All that the bots were told, kept outside the product: what the checker holds the log against. */
export class Ledger {
  readonly given: GivenCommand[] = [];
  readonly #sightings = new Map<string, Sighting>();
  /** Sentences about what can't be right whatever the log says. */
  readonly contradictions: string[] = [];

  begin(about: Pick<GivenCommand, 'id' | 'meetingId' | 'person' | 'command'>): GivenCommand {
    const given = { ...about, firstSentAt: monotonicNow(), sendings: 0, receipts: [], refusals: [] };
    this.given.push(given);
    return given;
  }

  answered(given: GivenCommand, answer: Answer<Receipt>): void {
    const at = monotonicNow();
    if (answer.ok) given.receipts.push({ at, receipt: answer.value });
    else given.refusals.push({ at, code: answer.code });
  }

  saw(meetingId: MeetingId, events: readonly Pick<LoggedEvent, 'seq' | 'hash'>[]): void {
    const at = monotonicNow();
    for (const { seq, hash } of events) {
      if (seq === 0) continue;
      const key = `${meetingId} ${seq}`;
      const before = this.#sightings.get(key);
      if (!before) this.#sightings.set(key, { meetingId, seq, hash, at });
      else if (before.hash !== hash) {
        this.contradictions.push(`meeting ${meetingId}: event ${seq} was shown with two hashes`);
      }
    }
  }

  get sightings(): readonly Sighting[] {
    return [...this.#sightings.values()];
  }

  /** What was known at a moment, in monotonic nanoseconds: as if nothing had been heard since. */
  until(moment: number): Pick<Ledger, 'given' | 'sightings' | 'contradictions'> {
    const given = this.given
      .filter(({ firstSentAt }) => firstSentAt <= moment)
      .map((command) => ({
        ...command,
        receipts: command.receipts.filter(({ at }) => at <= moment),
        refusals: command.refusals.filter(({ at }) => at <= moment),
      }));
    return {
      given,
      sightings: this.sightings.filter(({ at }) => at <= moment),
      contradictions: this.contradictions,
    };
  }
}
