import { isLive } from '@diemcau/shared/domain/phase.ts';
import type { CellId, MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import type { MeetingRegistry } from '../meeting/registry.ts';
import type { MeetingRoom } from '../meeting/room.ts';
import type { SuperiorDirectory } from './superiors.ts';
import type { Posted, WallBoard } from './wall-board.ts';
import type { ExchangeEars, WallExchange } from './wall-exchange.ts';
import type { WallFocus } from './wall-focus.ts';
import type { WallFollowers } from './wall-followers.ts';
import type { Wall } from './wall-seats.ts';
import type { SuperiorActor, WallView } from './wall-view.ts';

export type MakeExchange = (ears: ExchangeEars) => WallExchange;

export interface NeighbourParts {
  readonly exchange: MakeExchange;
  readonly board: WallBoard;
  readonly followers: WallFollowers;
  readonly focus: () => WallFocus;
  readonly registry: MeetingRegistry;
  readonly superiors: Pick<SuperiorDirectory, 'among'>;
  readonly now: () => number;
  readonly watched: ReadonlyMap<PersonId, { readonly view: WallView; readonly walls: ReadonlySet<Wall> }>;
  /** Brings the board up to date. */
  readonly takeIn: () => void;
  /** Something is to be sent with the next batch. */
  readonly schedule: () => void;
}

/** The walls' part in what several servers tell each other. */
export class WallNeighbours {
  readonly #parts: NeighbourParts;
  readonly #exchange: WallExchange;
  /** Whether the cells that are watched here differ from what the other servers were told. */
  #cells: 'told' | 'changed' = 'told';

  constructor(parts: NeighbourParts) {
    this.#parts = parts;
    this.#exchange = parts.exchange({
      onWatched: (cells) => this.#export(cells),
      onSummaries: (summaries) => {
        for (const summary of summaries) parts.board.receive(summary, parts.now());
        parts.schedule();
      },
      onShown: (actor) => this.#follow(actor),
      onFocused: (person) => parts.focus().yield(person),
      onNames: () => this.cellsChanged(),
    });
  }

  /** Whether there is anything to send with the next batch, or may soon be. */
  get isBusy(): boolean {
    return this.#cells === 'changed' || this.#exchange.isListenedTo;
  }

  /** What is watched here may be something else from now on. */
  cellsChanged(): void {
    this.#cells = 'changed';
    this.#parts.schedule();
  }

  focused(person: PersonId): void {
    this.#exchange.focused(person);
  }

  /** A meeting has changed on the board. */
  note(posted: Posted): void {
    if (this.#parts.board.isOwn(posted.meetingId)) this.#exchange.note(posted);
  }

  /** A meeting has come here: who has its figures on a screen elsewhere still follows it. */
  arrive(room: MeetingRoom): void {
    for (const { actor, meetings } of this.#exchange.shownElsewhere()) {
      if (meetings.has(room.meetingId)) void this.#follow(actor).catch(() => undefined);
    }
  }

  /** Sends what has changed since the last batch. @returns whether a meeting has. */
  flush(): boolean {
    const changed = this.#exchange.flush();
    if (this.#cells === 'changed') {
      this.#cells = 'told';
      this.#exchange.watch(this.#watchedCells());
    }
    return changed;
  }

  /** What a superior's screens at other servers show. */
  shownElsewhere(person: PersonId): readonly MeetingId[] {
    return this.#exchange
      .shownElsewhere()
      .flatMap(({ actor, meetings }) => (actor.person === person ? [...meetings] : []));
  }

  /** Has the other servers tell their cells who follows. @returns whether all have been told. */
  show(actor: SuperiorActor): Promise<boolean> {
    const far = this.#shownHere(actor.person).filter((id) => !this.#parts.board.isOwn(id));
    return this.#exchange.show(actor, far);
  }

  /** Ends what those follow here from elsewhere who have no right any more. `person`: whose; null for anybody's. */
  async rightsChanged(person: PersonId | null): Promise<void> {
    const { board, followers, superiors } = this.#parts;
    for (const { actor, meetings } of this.#exchange.shownElsewhere()) {
      if (person !== null && actor.person !== person) continue;
      const own = [...meetings].filter((id) => board.isOwn(id));
      const cells = new Set(own.flatMap((id) => board.cellOf(id) ?? []));
      const still = await superiors.among(actor.person, [...cells]);
      for (const id of own) {
        const cell = board.cellOf(id);
        if (cell !== null && !still.has(cell)) followers.end(actor.person, id);
      }
    }
  }

  #shownHere(person: PersonId): readonly MeetingId[] {
    const walls = this.#parts.watched.get(person)?.walls ?? [];
    return [...new Set([...walls].flatMap(({ shown }) => [...shown]))];
  }

  /** Tells cells of this server who follows them at another. */
  async #follow(actor: SuperiorActor): Promise<void> {
    const { registry, followers, now } = this.#parts;
    const { person } = actor;
    const shown = new Set(this.shownElsewhere(person));
    const rooms = [...shown].flatMap((id) => registry.held(id) ?? []).filter(({ state }) => isLive(state));
    await Promise.all(rooms.map((room) => followers.show(room, actor)));
    followers.keepOnly(person, new Set([...this.#shownHere(person), ...this.shownElsewhere(person)]), now());
  }

  #export(cells: ReadonlySet<CellId>): void {
    const { board, takeIn, schedule } = this.#parts;
    takeIn();
    for (const cell of cells) for (const posted of board.ofCell(cell)) this.note(posted);
    schedule();
  }

  /** Cells of whole walls: one that only attends here is told by its own server. */
  #watchedCells(): readonly CellId[] {
    const cells = new Set<CellId>();
    for (const { view, walls } of this.#parts.watched.values()) {
      if (![...walls].some(({ part }) => part === 'whole')) continue;
      for (const cell of view.cells.keys()) cells.add(cell);
    }
    return [...cells];
  }
}
