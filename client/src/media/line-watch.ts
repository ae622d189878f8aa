import { countersOf, type LineCounters, reportOf, SteadyLevel, standingTracks } from './line-figures.ts';
import type { LineReport, LineState } from './media-state.ts';

/** Milliseconds between two looks; one word covers three of them, one report to the server five. */
const lookEvery = 2_000;
const wordCovers = 3;
const reportCovers = 5;
/** A picture that hasn't moved for so many looks stands still. */
const standsAfter = 2;

export interface LineWatchParts {
  readonly statistics: () => Promise<readonly RTCStatsReport[]>;
  /** Ids of the tracks whose pictures run now. */
  readonly running: () => ReadonlySet<string>;
  readonly tell: (line: LineState) => void;
  readonly stands: (tracks: ReadonlySet<string>) => void;
  /** Sends the report to the server: at most one in ten seconds. */
  readonly report: (report: LineReport) => void;
}

interface Look {
  readonly counters: LineCounters;
  readonly running: ReadonlySet<string>;
}

/** Looks at one link's statistics again and again, and says in words how the line is. */
export class LineWatch {
  readonly #parts: LineWatchParts;
  readonly #level = new SteadyLevel();
  readonly #timer: ReturnType<typeof setInterval>;
  /** The last looks, oldest first. */
  #looks: Look[] = [];
  #untilReport = reportCovers;
  #looking = false;
  #closed = false;

  constructor(parts: LineWatchParts) {
    this.#parts = parts;
    this.#timer = setInterval(() => void this.#look(), lookEvery);
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      const running = this.#parts.running();
      const counters = countersOf(await this.#parts.statistics());
      if (!this.#closed) this.#take({ counters, running });
    } catch {
      // The link is gone; whoever made the watch closes it.
    } finally {
      this.#looking = false;
    }
  }

  #take(now: Look): void {
    this.#looks = [...this.#looks, now].slice(-reportCovers - 1);
    if (this.#looks.length <= standsAfter) return;
    const figures = this.#over(wordCovers, now, reportOf);
    this.#parts.tell({ level: this.#level.look(figures), figures });
    this.#parts.stands(this.#over(standsAfter, now, standingTracks));
    this.#untilReport -= 1;
    if (this.#untilReport > 0) return;
    this.#untilReport = reportCovers;
    this.#parts.report(this.#over(reportCovers, now, reportOf));
  }

  /** Compares the latest look with the one so many looks before it. */
  #over<T>(
    looks: number,
    now: Look,
    compare: (before: LineCounters, after: LineCounters, running: ReadonlySet<string>) => T,
  ): T {
    const covered = this.#looks.slice(-looks - 1);
    const [first = now] = covered;
    const always = [...first.running].filter((track) => covered.every(({ running }) => running.has(track)));
    return compare(first.counters, now.counters, new Set(always));
  }
}
