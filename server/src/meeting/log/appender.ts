import type { AppendAnswer, Batch, EventLog } from './event-log.ts';

/** What became of one meeting's records. */
export type Appended = 'appended' | 'conflict' | 'notWritten' | 'unknown';

interface Waiting {
  readonly batch: Batch;
  readonly settle: (outcome: Appended) => void;
}

/**
 * One append is in flight at a time; what arrives meanwhile forms the next, so that many meetings share one fsync.
 * A meeting hands in its next batch only after the last was answered.
 */
export class Appender {
  readonly #log: Pick<EventLog, 'append'>;
  readonly #onFailure: (cause: Error) => void;
  #arrived: Waiting[] = [];
  #inFlight: Promise<void> | null = null;

  constructor(log: Pick<EventLog, 'append'>, onFailure: (cause: Error) => void) {
    this.#log = log;
    this.#onFailure = onFailure;
  }

  append(batch: Batch): Promise<Appended> {
    return new Promise((settle) => {
      this.#arrived.push({ batch, settle });
      this.#inFlight ??= this.#drain();
    });
  }

  /** Resolves when nothing is on its way any more. */
  async idle(): Promise<void> {
    await this.#inFlight;
  }

  async #drain(): Promise<void> {
    // Whoever arrives within this turn of the event loop still rides along.
    await Promise.resolve();
    while (this.#arrived.length > 0) {
      const riding = this.#arrived;
      this.#arrived = [];
      const answer = await this.#attempt(riding);
      riding.forEach(({ settle }, index) => {
        settle(outcomeOf(answer, index));
      });
    }
    this.#inFlight = null;
  }

  async #attempt(riding: readonly Waiting[]): Promise<AppendAnswer> {
    const answer = await this.#log.append(riding.map(({ batch }) => batch));
    if (answer.status === 'failed') this.#onFailure(answer.cause);
    return answer;
  }
}

function outcomeOf(answer: AppendAnswer, index: number): Appended {
  if (answer.status === 'failed') return answer.written === 'no' ? 'notWritten' : 'unknown';
  return answer.outcomes[index] ?? 'unknown';
}
