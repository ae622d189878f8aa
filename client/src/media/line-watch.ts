import type { LineReport } from '@diemcau/shared/protocol/line-quality.ts';
import { countersOf, type LineCounters, reportOf, SteadyLevel, standingTracks } from './line-figures.ts';
import type { LineState } from './media-state.ts';

/** Milliseconds between two looks; one word covers three of them, one report to the server five. */
const lookEvery = 2_000;
const wordCovers = 3;
const reportCovers = 5;
/** A picture that hasn't moved for so many looks stands still. */
const standsAfter = 2;

export interface LineWatchParts {
  readonly statistics: () => Promise<readonly RTCStatsReport[]>;
  readonly tell: (line: LineState) => void;
  readonly stands: (tracks: ReadonlySet<string>) => void;
  /** Sends the report to the server: at most one in ten seconds. */
  readonly report: (report: LineReport) => void;
}

/** Looks at one link's statistics again and again, and says in words how the line is. */
export class LineWatch {
  readonly #parts: LineWatchParts;
  readonly #level = new SteadyLevel();
  readonly #timer: ReturnType<typeof setInterval>;
  /** The last looks, oldest first. */
  #looks: LineCounters[] = [];
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
      const now = countersOf(await this.#parts.statistics());
      if (!this.#closed) this.#take(now);
    } catch {
      // The link is gone; whoever made the watch closes it.
    } finally {
      this.#looking = false;
    }
  }

  #take(now: LineCounters): void {
    this.#looks = [...this.#looks, now].slice(-reportCovers - 1);
    const since = (looks: number) => this.#looks.at(-looks - 1) ?? this.#looks[0] ?? now;
    if (this.#looks.length <= standsAfter) return;
    const figures = reportOf(since(wordCovers), now);
    this.#parts.tell({ level: this.#level.look(figures), figures });
    this.#parts.stands(standingTracks(since(standsAfter), now));
    this.#untilReport -= 1;
    if (this.#untilReport > 0) return;
    this.#untilReport = reportCovers;
    this.#parts.report(reportOf(since(reportCovers), now));
  }
}
