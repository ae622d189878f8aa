import { setImmediate } from 'node:timers/promises';
import { isLive } from '@diemcau/shared/domain/phase.ts';
import type { MeetingSummary } from '@diemcau/shared/domain/summary-types.ts';
import type { CellId, MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import type { WallAnswers } from '@diemcau/shared/protocol/wall.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { AlarmAcknowledgements, AlarmOccurrence } from '../directory/alarm-acknowledgements.ts';
import type { RoomLog, Source } from '../meeting/ports.ts';
import type { Departure, MeetingRegistry } from '../meeting/registry.ts';
import type { MeetingRoom, Publication } from '../meeting/room.ts';
import type { DoorSocket } from './server.ts';
import type { SuperiorDirectory } from './superiors.ts';
import { WallBoard } from './wall-board.ts';
import { WallFocus } from './wall-focus.ts';
import { WallFollowers } from './wall-followers.ts';
import type { WallMedia } from './wall-media-port.ts';
import { type MakeExchange, WallNeighbours } from './wall-neighbours.ts';
import { WallScreens } from './wall-screens.ts';
import { attends, type Wall, WallSeats } from './wall-seats.ts';
import { type SuperiorActor, WallView } from './wall-view.ts';

/** Shortest time between two batches, milliseconds. */
const batchEvery = 250;

export interface WallParts {
  readonly registry: MeetingRegistry;
  readonly superiors: SuperiorDirectory;
  readonly acknowledgements: AlarmAcknowledgements;
  readonly wallMedia: WallMedia | null;
  readonly source: Source;
  readonly log: RoomLog;
  /** Of one of several servers; null for one that is alone. */
  readonly exchange?: MakeExchange;
}

interface Watched {
  readonly view: WallView;
  readonly walls: Set<Wall>;
}

/**
 * The walls of all superiors: who watches what, and one batch of changes to each, at most every quarter of a second and none
 * when nothing has changed. Rights were looked up by who calls; a change of rights acts here at once.
 */
export class Walls {
  readonly seats: WallSeats;
  readonly focus: WallFocus;
  readonly #parts: WallParts;
  readonly #board = new WallBoard();
  readonly #followers = new WallFollowers();
  readonly #watched = new Map<PersonId, Watched>();
  readonly #viewsOf = new Map<CellId, Set<WallView>>();
  readonly #screens = new WallScreens(this.#board);
  readonly #neighbours: WallNeighbours | null;
  #timer: NodeJS.Timeout | null = null;
  #sentAt = Number.NEGATIVE_INFINITY;
  #changes: Promise<void> = Promise.resolve();
  /** A review of everybody's rights waits already: changes in a row are seen to at once. */
  #allToReview = false;

  constructor(parts: WallParts) {
    this.#parts = parts;
    this.seats = new WallSeats(parts.wallMedia, parts.source.elapsed);
    this.focus = new WallFocus(parts.wallMedia, (person) => this.#neighbours?.focused(person));
    const { exchange } = parts;
    this.#neighbours = exchange
      ? new WallNeighbours({
          ...parts,
          exchange,
          board: this.#board,
          followers: this.#followers,
          focus: () => this.focus,
          now: parts.source.now,
          watched: this.#watched,
          takeIn: () => this.#takeIn(),
          schedule: () => this.#schedule(),
        })
      : null;
    for (const room of parts.registry.rooms()) {
      this.#board.note(room);
      this.#followers.adopt(room, parts.source.now());
    }
  }

  /** The cell of a meeting that goes on; null for one that nobody has heard of. */
  cellOf(meetingId: MeetingId): CellId | null {
    return this.#board.cellOf(meetingId);
  }

  /** Whether another server has told of the meeting. */
  isFar(meetingId: MeetingId): boolean {
    return this.#board.get(meetingId) !== undefined && !this.#board.isOwn(meetingId);
  }

  /** Takes in what has become durable. */
  note(publication: Publication): void {
    this.#board.note(publication.room);
    for (const wall of this.seats.of(publication.room.meetingId)) {
      if (!attends(publication.after, wall)) this.focus.end(wall, publication.room.meetingId);
    }
    this.seats.evict(publication);
    this.#schedule();
  }

  /** A meeting has come from another server, or is to be told of by this one from now on. */
  arrive(room: MeetingRoom): void {
    this.#board.note(room);
    this.#followers.adopt(room, this.#parts.source.now());
    this.#neighbours?.arrive(room);
    this.#schedule();
  }

  /** The meeting is another server's from now on. */
  depart({ room, to }: Departure): void {
    const { meetingId } = room;
    for (const wall of [...this.seats.of(meetingId)]) {
      this.focus.drop(wall, meetingId);
      this.seats.release(wall, meetingId);
      wall.socket.emit('moved', { meetingId, to });
    }
    this.#followers.drop(meetingId);
    this.#board.depart(meetingId);
    this.#schedule();
  }

  /** What a second brings: figures that were put away, alarms that time brings. */
  tick(): void {
    const now = this.#parts.source.now();
    this.#followers.tick(now);
    this.focus.tick(now);
    this.#schedule();
  }

  /** Begins to watch, or begins anew. Attendances that stand are taken up again. */
  async watch(
    socket: DoorSocket,
    actor: SuperiorActor,
    part: Wall['part'],
  ): Promise<Result<WallAnswers['watchWall']>> {
    const { superiors, acknowledgements, source } = this.#parts;
    const [cells, acknowledged] = await Promise.all([
      superiors.cellsOf(actor.person),
      acknowledgements.of(actor.person),
    ]);
    if (cells.length === 0) return refused('notAllowed');
    if (!socket.connected) return refused('tryAgain');
    this.unwatch(socket);
    this.#takeIn();
    const known = this.#watched.get(actor.person);
    const watched = known ?? {
      view: new WallView(actor.person, this.#board, acknowledged),
      walls: new Set(),
    };
    this.#watched.set(actor.person, watched);
    const { view, walls } = watched;
    this.#setCells(view, cells);
    // The answer holds all of a new view: none of it is a change.
    if (!known) view.take();
    const wall: Wall = {
      kind: 'wall',
      part,
      socketId: socket.id,
      socket,
      view,
      actor,
      shown: new Set(),
      seats: new Map(),
      renewed: new Set(),
    };
    walls.add(wall);
    socket.data.wall = wall;
    this.#resume(wall);
    this.#neighbours?.cellsChanged();
    const [entries, alarms] = part === 'whole' ? [view.entries(), view.alarms()] : [[], []];
    return ok({ now: source.now(), entries, sums: view.sums(), alarms });
  }

  /** Ends a wall at its own wish. Figures stay followed for the damping's time, attendances for the grace. */
  unwatch(socket: DoorSocket): void {
    const { wall } = socket.data;
    if (!wall) return;
    this.focus.end(wall, null);
    this.#remove(wall);
  }

  /** The connection is lost. */
  lost(socket: DoorSocket): void {
    const { wall } = socket.data;
    if (!wall) return;
    this.focus.lost(wall, this.#parts.source.now());
    this.#remove(wall);
  }

  /** Says what is on the screen; the cells have been told when it resolves (SUP7). */
  async show(
    wall: Wall,
    rooms: readonly MeetingRoom[],
    far: readonly MeetingId[] = [],
  ): Promise<readonly MeetingSummary[]> {
    const own = rooms.map(({ meetingId }) => meetingId);
    this.#setShown(wall, new Set([...own, ...far]));
    const [told] = await Promise.all([
      this.#neighbours?.show(wall.actor) ?? true,
      ...rooms.filter(({ state }) => isLive(state)).map((room) => this.#followers.show(room, wall.actor)),
    ]);
    this.#takeIn();
    // Of a cell that could not be told nothing is shown (SUP7).
    // The screen may have changed while the cells were told.
    return this.#screens.answer(wall, [...own, ...(told ? far : [])]);
  }

  async acknowledge(wall: Wall, alarm: AlarmOccurrence): Promise<void> {
    const { acknowledgements, source } = this.#parts;
    this.#takeIn();
    const stands = this.#board
      .get(alarm.meetingId)
      ?.summary.alarms.some(({ key, since }) => key === alarm.key && since === alarm.since);
    // One that has ended meanwhile needs no eye any more.
    if (!stands) return;
    await acknowledgements.add(wall.actor.person, alarm, source.now());
    wall.view.acknowledge(alarm);
    this.#schedule();
  }

  /** Rights have changed: what no longer stands ends at once. Resolves when it has been seen to. */
  rightsChanged(person: PersonId | null): Promise<void> {
    if (person === null && this.#allToReview) return this.#changes;
    if (person === null) this.#allToReview = true;
    this.#changes = this.#changes.then(async () => {
      if (person === null) this.#allToReview = false;
      await this.#neighbours?.rightsChanged(person).catch((error: unknown) => {
        this.#parts.log.error({ error }, 'rights could not be looked up');
      });
      for (const watched of [...this.#watched.values()]) {
        if (person !== null && watched.view.person !== person) continue;
        // Large subtrees take their time: what else is to be done goes on between them.
        await setImmediate();
        try {
          await this.#review(watched);
        } catch (error) {
          this.#parts.log.error({ error }, 'rights could not be looked up');
        }
      }
    });
    return this.#changes;
  }

  /** Looks the rights up of who attends or follows by them, in case that they ended without a word. */
  async recheck(): Promise<void> {
    for (const watched of [...this.#watched.values()]) {
      const cells = new Set<CellId>();
      for (const { shown, seats } of watched.walls) {
        for (const id of [...shown, ...seats.keys()]) {
          const cell = this.cellOf(id);
          if (cell) cells.add(cell);
        }
      }
      const { person } = watched.view;
      const still = await this.#parts.superiors.among(person, [...cells]);
      if (still.size < cells.size) await this.rightsChanged(person);
    }
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#watched.clear();
  }

  /** Takes the wall's seats in the meetings that its superior attends already. */
  #resume(wall: Wall): void {
    for (const cellId of wall.view.cells.keys()) {
      for (const { meetingId } of this.#board.ofCell(cellId)) {
        const room = this.#parts.registry.held(meetingId);
        if (room && attends(room.state, wall)) this.seats.take(wall, room);
      }
    }
  }

  async #review(watched: Watched): Promise<void> {
    const { view, walls } = watched;
    const { superiors } = this.#parts;
    const [cells, announced] = await Promise.all([
      superiors.cellsOf(view.person),
      superiors.announced(view.person),
    ]);
    const lost = this.#setCells(view, cells);
    const meetings = new Set(lost.flatMap((cell) => this.#board.ofCell(cell).map((one) => one.meetingId)));
    for (const wall of walls) {
      if (announced) wall.actor = { ...wall.actor, name: announced.name, office: announced.office };
      const shown = new Set([...wall.shown].filter((id) => !meetings.has(id)));
      if (shown.size < wall.shown.size) this.#setShown(wall, shown);
    }
    for (const meetingId of meetings) this.#expel(watched, meetingId);
    this.#schedule();
    if (cells.length > 0) return;
    this.#send(watched);
    for (const wall of [...walls]) this.#remove(wall);
  }

  /** The superior has no right over the meeting any more: media, figures and attendance end. */
  #expel({ view, walls }: Watched, meetingId: MeetingId): void {
    this.#followers.end(view.person, meetingId);
    const room = this.#parts.registry.held(meetingId);
    const [first] = walls;
    for (const wall of walls) {
      this.focus.end(wall, meetingId);
      this.seats.release(wall, meetingId);
    }
    if (room && first && attends(room.state, first))
      void room.submit(first.actor, null, { type: 'leaveAsSuperior' });
  }

  #remove(wall: Wall): void {
    this.#setShown(wall, new Set());
    this.seats.releaseAll(wall);
    const { view, socket } = wall;
    if (socket.data.wall === wall) socket.data.wall = null;
    const watched = this.#watched.get(view.person);
    watched?.walls.delete(wall);
    if (watched?.walls.size !== 0) return;
    this.#watched.delete(view.person);
    this.#setCells(view, []);
  }

  #setCells(view: WallView, cells: Parameters<WallView['setCells']>[0]): readonly CellId[] {
    const lost = view.setCells(cells);
    for (const cell of lost) {
      const views = this.#viewsOf.get(cell);
      views?.delete(view);
      if (views?.size === 0) this.#viewsOf.delete(cell);
    }
    this.#neighbours?.cellsChanged();
    for (const { id } of cells) this.#viewsOf.set(id, (this.#viewsOf.get(id) ?? new Set()).add(view));
    return lost;
  }

  #setShown(wall: Wall, shown: ReadonlySet<MeetingId>): void {
    const before = wall.shown;
    this.#screens.set(wall, shown);
    const { person } = wall.actor;
    const onScreens = new Set<MeetingId>(this.#neighbours?.shownElsewhere(person));
    for (const { shown: ids } of this.#watched.get(person)?.walls ?? [])
      for (const id of ids) onScreens.add(id);
    this.#followers.keepOnly(person, onScreens, this.#parts.source.now());
    if (shown.size < before.size) void this.#neighbours?.show(wall.actor);
  }

  #schedule(): void {
    if (this.#timer || (this.#watched.size === 0 && !this.#neighbours?.isBusy)) return;
    const wait = Math.max(0, this.#sentAt + batchEvery - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      try {
        this.#flush();
      } catch (error) {
        this.#parts.log.error({ error }, 'a batch for the walls failed');
      }
    }, wait);
  }

  /** Brings board and views up to date; what it finds goes out with the next batch. */
  #takeIn(): void {
    for (const change of this.#board.refresh(this.#parts.source.now())) {
      const { meetingId, cellId, summary } = change.posted;
      this.#neighbours?.note(change.posted);
      for (const view of this.#viewsOf.get(cellId) ?? []) view.apply(change);
      for (const wall of this.#screens.of(meetingId)) {
        if (change.summary) wall.renewed.add(meetingId);
        // It goes on, or goes on again: only now can the cell be told who follows it.
        const room = change.entry ? this.#parts.registry.held(summary.meetingId) : null;
        if (room && isLive(room.state)) void this.#followers.show(room, wall.actor);
      }
    }
  }

  #flush(): void {
    this.#takeIn();
    for (const watched of this.#watched.values()) this.#send(watched);
    if (this.#neighbours?.flush()) this.#sentAt = performance.now();
  }

  #send({ view, walls }: Watched): void {
    const changes = view.take();
    const at = this.#parts.source.now();
    const quiet = Object.keys(changes).length === 0;
    for (const wall of walls) {
      const summaries = this.#screens.take(wall);
      if (wall.part === 'attending') continue;
      if (quiet && summaries.length === 0) continue;
      this.#sentAt = performance.now();
      wall.socket.emit('wall', { at, ...changes, ...(summaries.length > 0 ? { summaries } : {}) });
    }
  }
}
