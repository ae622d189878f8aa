import type { MeetingSummary } from '@diemcau/shared/domain/summary-types.ts';
import type { CellId, MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import type { WordLine } from '../cluster/words.ts';
import type { Posted } from './wall-board.ts';
import type { SuperiorActor } from './wall-view.ts';

/** Summaries in one message between servers; each is about a kilobyte. */
const portion = 100;

/** This server among several, as its walls need it. */
export interface Neighbours {
  readonly name: string;
  /** Names of the servers that live. */
  readonly names: () => readonly string[];
  /** Told when servers have come or gone, or Redis has come back. */
  readonly onNames: (listener: () => void) => void;
}

interface Shown {
  readonly actor: SuperiorActor;
  readonly meetings: ReadonlySet<MeetingId>;
}

/** What the exchange tells the walls of its own server. */
export interface ExchangeEars {
  /** Another server watches these cells anew: what is known of their meetings here is to be exported. */
  readonly onWatched: (cells: ReadonlySet<CellId>) => void;
  readonly onSummaries: (summaries: readonly MeetingSummary[]) => void;
  /** A superior's screen on another server shows other meetings than before; resolves when their cells have been told. */
  readonly onShown: (actor: SuperiorActor) => Promise<void>;
  /** The superior has a meeting of another server in focus. */
  readonly onFocused: (person: PersonId) => void;
  /** What this server watches must be said anew. */
  readonly onNames: () => void;
}

/**
 * What the walls of several servers tell each other: who watches which cells, the summaries of what is watched and of nothing
 * else, who has figures on a screen, and whose focus went elsewhere.
 */
export class WallExchange {
  readonly #words: WordLine;
  readonly #neighbours: Neighbours;
  readonly #watchedBy = new Map<string, ReadonlySet<CellId>>();
  readonly #shownBy = new Map<string, Map<PersonId, Shown>>();
  /** Replaced, not cleared: one that was cleared can keep what it held until the next full collection of garbage. */
  #leaving = new Map<MeetingId, MeetingSummary>();

  constructor(words: WordLine, neighbours: Neighbours, ears: ExchangeEars) {
    this.#words = words;
    this.#neighbours = neighbours;
    words.hear('watching', (from, cells) => {
      const before = this.#watchedBy.get(from);
      this.#watchedBy.set(from, new Set(cells));
      ears.onWatched(new Set(cells.filter((cell) => !before?.has(cell))));
    });
    words.hear('watchAnew', () => ears.onNames());
    words.hear('summaries', (summaries) => ears.onSummaries(summaries));
    words.hear('shown', (from, actor, meetings, done) => {
      this.#note(from, actor, meetings);
      ears.onShown(actor).then(
        () => done('told'),
        () => done('failed'),
      );
    });
    words.hear('focused', (person) => ears.onFocused(person));
    neighbours.onNames(() => {
      const names = new Set(neighbours.names());
      // Words may have been missed: whoever watches says so anew, and gets all of it.
      this.#watchedBy.clear();
      words.say('watchAnew');
      for (const [name, shown] of this.#shownBy) {
        if (names.has(name)) continue;
        this.#shownBy.delete(name);
        for (const { actor } of shown.values()) void ears.onShown(actor).catch(() => undefined);
      }
      ears.onNames();
    });
  }

  /** Whether any other server watches anything. */
  get isListenedTo(): boolean {
    return Array.from(this.#watchedBy.values()).some(({ size }) => size > 0);
  }

  /** A meeting of this server has changed. */
  note({ cellId, meetingId, summary }: Posted): void {
    for (const cells of this.#watchedBy.values()) {
      if (!cells.has(cellId)) continue;
      this.#leaving.set(meetingId, summary);
      return;
    }
  }

  /** Sends what has changed since the last time. @returns whether anything has. */
  flush(): boolean {
    if (this.#leaving.size === 0) return false;
    const summaries = [...this.#leaving.values()];
    this.#leaving = new Map();
    for (let from = 0; from < summaries.length; from += portion) {
      this.#words.say('summaries', summaries.slice(from, from + portion));
    }
    return true;
  }

  /** Says which cells are watched here. */
  watch(cells: readonly CellId[]): void {
    this.#words.say('watching', this.#neighbours.name, cells);
  }

  /** Says what a superior's screens here show of other servers' meetings. @returns whether their cells have been told. */
  async show(actor: SuperiorActor, meetings: readonly MeetingId[]): Promise<boolean> {
    if (this.#neighbours.names().length < 2) return meetings.length === 0;
    const answers = await this.#words.ask('shown', this.#neighbours.name, actor, meetings);
    return answers?.every((answer) => answer === 'told') ?? false;
  }

  focused(person: PersonId): void {
    this.#words.say('focused', person);
  }

  /** Superiors who have a meeting on a screen at another server. */
  shownElsewhere(): readonly Shown[] {
    return Array.from(this.#shownBy.values(), (shown) => [...shown.values()]).flat();
  }

  #note(from: string, actor: SuperiorActor, meetings: readonly MeetingId[]): void {
    const shown = this.#shownBy.get(from) ?? new Map<PersonId, Shown>();
    if (meetings.length === 0) shown.delete(actor.person);
    else shown.set(actor.person, { actor, meetings: new Set(meetings) });
    this.#shownBy.set(from, shown);
  }
}
