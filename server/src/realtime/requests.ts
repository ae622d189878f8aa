import { eventFor, type Viewer } from '@diemcau/shared/domain/audience.ts';
import type { LoggedEvent } from '@diemcau/shared/domain/events.ts';
import { isLive, isOver } from '@diemcau/shared/domain/phase.ts';
import { redact } from '@diemcau/shared/domain/redact.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import { asId, type CommandId, type MeetingId, type PersonId } from '@diemcau/shared/ids.ts';
import { type MediaNotice, type MediaResume, mediaRequests } from '@diemcau/shared/protocol/media.ts';
import type { Known, socketRequests } from '@diemcau/shared/protocol/requests.ts';
import type { CatchUpAnswer, Entrance, Receipt, SiteCodeAnswer } from '@diemcau/shared/protocol/socket.ts';
import { ok, type RefusalCode, type Result, refused } from '@diemcau/shared/result.ts';
import type { z } from 'zod';
import { LogUnavailable } from '../meeting/log/event-log.ts';
import { LivesElsewhere } from '../meeting/ownership.ts';
import type { Source } from '../meeting/ports.ts';
import type { Departure, MeetingRegistry } from '../meeting/registry.ts';
import type { MeetingRoom, Publication } from '../meeting/room.ts';
import { type Admission, admit, type SuperiorLookup } from './admission.ts';
import { say } from './answers.ts';
import { mediaOwnerOf } from './entitlement.ts';
import type { LineQuality } from './line-quality.ts';
import type { MediaSeats } from './media-seats.ts';
import { registeredAccount, superiorNamed } from './named-superiors.ts';
import { actorAtSite, actorProven, type ProofChecks } from './proofs.ts';
import { meetingRoom } from './publisher.ts';
import { lineOwnerOf, type Seat, type Seats, viewerFor } from './seat.ts';
import type { DoorServer, DoorSocket } from './server.ts';
import { SnapshotTexts } from './snapshot-texts.ts';
import type { FocusHolder, WallFocus } from './wall-focus.ts';
import { joined, Written } from './written.ts';

type TerminalActor = Extract<Admission['actor'], { kind: 'terminal' }>;
type Request<N extends keyof typeof socketRequests> = z.output<(typeof socketRequests)[N]>;

export interface RequestParts {
  readonly registry: MeetingRegistry;
  readonly superiors: SuperiorLookup;
  readonly media: MediaSeats;
  readonly lineQuality: LineQuality;
  readonly seats: Seats;
  readonly focus: WallFocus;
  readonly io: DoorServer;
  readonly source: Source;
  readonly proofs: ProofChecks;
}

/** What each request of a connection does, once it is parsed. */
export class Requests {
  readonly #parts: RequestParts;
  readonly #snapshots = new SnapshotTexts();

  constructor(parts: RequestParts) {
    this.#parts = parts;
  }

  /** @returns a `JoinAnswer` or `ReturnAnswer`, written. */
  async join(socket: DoorSocket, request: Request<'join'>): Promise<Result<Written>> {
    const { meetingId, checkIn } = request;
    const room = await this.#roomOf(meetingId);
    if (!room.ok) return room;
    const admission = await admit(socket.data.session, room.value.state, this.#parts.superiors);
    if (!admission.ok) return admission;
    const arrived = await this.#arrive(room.value, admission.value, checkIn);
    if (arrived) return arrived;
    if (!socket.connected) return refused('notJoined');
    const resume = request.media === 'wanted' ? (request.resume ?? null) : null;
    const seat = this.#take(socket, room.value, admission.value, resume);
    const media = await this.#mediaOf(socket, seat, request.media, resume);
    // From here to the answer nothing is awaited: the snapshot and the events that follow it leave no gap between them.
    if (socket.data.seats.get(meetingId) !== seat) return refused('notJoined');
    socket.join(meetingRoom(meetingId));
    this.#parts.seats.add(seat);
    const { state, head } = room.value;
    const viewer = viewerFor(seat, state);
    const entrance: Entrance = {
      as: admission.value.as,
      viewer,
      head,
      epoch: room.value.epoch,
      now: this.#parts.source.now(),
      ...media,
    };
    const lacking = request.known ? lackedBy(request.known, room.value, viewer) : null;
    const past = lacking
      ? JSON.stringify({ events: lacking })
      : `{"snapshot":${this.#snapshots.of(state, viewer)}}`;
    return ok(new Written(joined(past, JSON.stringify(entrance))));
  }

  leave(socket: DoorSocket, meetingId: MeetingId): Result<Record<never, never>> {
    const seat = socket.data.seats.get(meetingId);
    if (seat) this.vacate(socket, seat);
    return ok({});
  }

  command(
    socket: DoorSocket,
    { meetingId, id, command, proof }: Request<'command'>,
    answer: (result: Result<Receipt>) => void,
  ): void | Promise<void> {
    const seat = this.#seatOf(socket, meetingId);
    if (!seat.ok) return answer(seat);
    const { room, admission } = seat.value;
    const { actor } = admission;
    if (registeredAccount(command) !== null) {
      return superiorNamed(room, actor, command, this.#parts.superiors).then((named) => {
        if (named.ok) room.submitThen(actor, id, named.value, answer);
        else answer(named);
      });
    }
    if (!proof) return room.submitThen(actor, id, command, answer);
    return actorProven({ room, actor, id, command }, proof, this.#parts.proofs).then((proven) => {
      if (proven.ok) room.submitThen(proven.value, id, command, answer);
      else answer(proven);
    });
  }

  /** What the site's terminal shows for those who stand before it (ATT4). */
  siteCode(socket: DoorSocket, meetingId: MeetingId): Result<SiteCodeAnswer> {
    const seat = this.#seatOf(socket, meetingId);
    if (!seat.ok) return seat;
    const { admission, room } = seat.value;
    if (admission.actor.kind !== 'terminal') return refused('notAllowed');
    if (!isLive(room.state)) return refused(isOver(room.state) ? 'meetingOver' : 'meetingNotOpen');
    return ok(this.#parts.proofs.presenceCodes.current(meetingId, admission.actor.site));
  }

  catchUp(socket: DoorSocket, { meetingId, after }: Request<'catchUp'>): Result<CatchUpAnswer> {
    const seat = this.#seatOf(socket, meetingId);
    if (!seat.ok) return seat;
    const { room } = seat.value;
    const viewer = viewerFor(seat.value, room.state);
    const events = room.eventsSince(after);
    if (events) return ok({ kind: 'events', events: events.map((event) => eventFor(event, viewer)) });
    return ok({ kind: 'snapshot', snapshot: redact(room.state, viewer), head: room.head, viewer });
  }

  async media(socket: DoorSocket, { meetingId, name, data }: Request<'media'>): Promise<Result<unknown>> {
    const seat = this.#seatOf(socket, meetingId);
    if (!seat.ok) return seat;
    if (name === 'open') return this.#openMedia(socket, seat.value);
    if (name === 'quality') return this.#noteQuality(seat.value, data);
    if (name === 'openSending') return this.#openSending(socket, seat.value);
    return this.#parts.media.request(seat.value, name, data);
  }

  /**
   * The connection is no longer in the meeting; presence is the domain's affair, some seconds later. `kept`: its line is
   * gone, and its device may come back for its media.
   */
  vacate(socket: DoorSocket, seat: Seat, media: 'ended' | 'kept' = 'ended'): void {
    if (socket.data.seats.get(seat.meetingId) !== seat) return;
    socket.data.seats.delete(seat.meetingId);
    socket.leave(meetingRoom(seat.meetingId));
    this.#parts.seats.remove(seat);
    if (media === 'kept') this.#parts.media.keep(seat);
    else this.#parts.media.close(seat);
    const holder = focusHolderOf(seat);
    if (holder) this.#parts.focus.lost(holder, this.#parts.source.now());
    seat.room.lines.down(lineOwnerOf(seat.admission), this.#parts.source.elapsed());
  }

  /** The meeting is another server's from now on: whoever is in it is told, and goes there. */
  depart({ room, to }: Departure): void {
    const { meetingId } = room;
    for (const seat of [...this.#parts.seats.of(meetingId)]) {
      const socket = this.#parts.io.of('/').sockets.get(seat.socketId);
      if (!socket) continue;
      this.vacate(socket, seat);
      socket.emit('moved', { meetingId, to });
    }
    this.#parts.media.forget(meetingId);
  }

  /** Who has no part in the meeting any more after these events leaves its room: a superior who left, a replaced terminal. */
  evict({ room, after }: Publication): void {
    for (const seat of [...this.#parts.seats.of(room.meetingId)]) {
      if (hasPart(after, seat.admission)) continue;
      const socket = this.#parts.io.of('/').sockets.get(seat.socketId);
      if (!socket) continue;
      this.vacate(socket, seat);
      if (seat.admission.actor.kind === 'terminal') endConnection(socket, 'sessionEnded');
    }
  }

  /** Ends the attendance of superiors whose assignment has ended since they came. `person`: whose; null for everybody's. */
  async recheckSuperiors(person: PersonId | null): Promise<void> {
    // Of who is away for a moment picture and sound go on, by the same rights.
    const seats = [...this.#parts.seats.all(), ...this.#parts.media.kept()];
    for (const { room, admission } of seats) {
      const { actor } = admission;
      const cell = room.state.facts?.cellId;
      if (actor.kind !== 'superior' || !cell || !room.state.superiors[actor.person]) continue;
      if (person !== null && actor.person !== person) continue;
      if (await this.#parts.superiors.superiorOf(actor.person, cell)) continue;
      await room.submit(actor, null, { type: 'leaveAsSuperior' });
    }
  }

  /** @returns a refusal that keeps the person out; null when they may take their seat. */
  async #arrive(
    room: MeetingRoom,
    { actor }: Admission,
    checkIn: Request<'join'>['checkIn'],
  ): Promise<Result<never> | null> {
    if (actor.kind === 'terminal') return this.#openSite(room, actor);
    if (checkIn) {
      const { type } = checkIn.command;
      if (type !== 'checkIn' && type !== 'attendAsSuperior')
        return refused('malformed', { field: 'checkIn' });
      const { id, command, proof } = checkIn;
      const proven = proof
        ? actorAtSite({ room, actor, id, command }, proof, this.#parts.proofs.presenceCodes)
        : ok(actor);
      if (!proven.ok) return proven;
      const result = await room.submit(proven.value, id, command);
      // A member who is already at a site, or came too early, still enters: the snapshot says how they stand.
      const fatal =
        actor.kind === 'superior' ||
        (!result.ok && (result.refusal.code === 'tryAgain' || result.refusal.code === 'internal'));
      if (!result.ok && fatal) return result;
    }
    return hasPart(room.state, { actor }) ? null : refused('notJoined');
  }

  /**
   * The first entry of a terminal's session opens the site (SITE3), or takes it over from another device (SITE2). The
   * command's id follows from the session, so a device that was replaced can't take the site back by coming again.
   */
  async #openSite(room: MeetingRoom, actor: TerminalActor): Promise<Result<never> | null> {
    const { site, terminal, responsible } = actor;
    if (hasPart(room.state, { actor })) return null;
    const id = asId<CommandId>(`open:${terminal}`);
    const opened = await room.submit({ kind: 'system' }, id, {
      type: 'openSite',
      site,
      terminal,
      responsible,
    });
    if (!opened.ok) return opened;
    return hasPart(room.state, { actor }) ? null : refused('sessionEnded');
  }

  #take(
    socket: DoorSocket,
    room: MeetingRoom,
    admission: Admission,
    resume: Request<'join'>['resume'] | null,
  ): Seat {
    const { meetingId } = room;
    const { media, io } = this.#parts;
    const session = socket.data.session.sid;
    const held = resume ? media.find(meetingId, session, resume) : null;
    const former = held?.seat ?? null;
    const before = socket.data.seats.get(meetingId);
    const seat: Seat = {
      meetingId,
      room,
      socketId: socket.id,
      session,
      peerId: former?.peerId ?? `${socket.id}:${meetingId}`,
      admission,
    };
    room.lines.up(lineOwnerOf(admission));
    if (held) media.handOver(held, seat);
    else media.release(session, meetingId);
    // The line of before may be dead without anybody knowing yet.
    const formerSocket = former && io.of('/').sockets.get(former.socketId);
    if (former && formerSocket) this.vacate(formerSocket, former);
    if (before) this.vacate(socket, before);
    socket.data.seats.set(meetingId, seat);
    return seat;
  }

  #noteQuality(seat: Seat, data: unknown): Result<Record<never, never>> {
    const parsed = mediaRequests.quality.safeParse(data);
    if (!parsed.success) return refused('malformed', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
    const owner = mediaOwnerOf(seat.room.state, seat.admission);
    if (!owner.ok) return owner;
    this.#parts.lineQuality.note(seat, owner.value, parsed.data);
    return ok({});
  }

  async #mediaOf(
    socket: DoorSocket,
    seat: Seat,
    wish: Request<'join'>['media'],
    resume: MediaResume | null,
  ): Promise<Pick<Entrance, 'media' | 'mediaRefusal'>> {
    if (wish === 'unwanted') return { media: null, mediaRefusal: 'mediaNotAllowed' };
    const resumed = resume && this.#resumeMedia(socket, seat, resume);
    if (resumed === 'replaced') return { media: null, mediaRefusal: resumed };
    const media = resumed ?? (await this.#openMedia(socket, seat));
    return media.ok
      ? { media: media.value, mediaRefusal: null }
      : { media: null, mediaRefusal: media.refusal.code };
  }

  async #openMedia(socket: DoorSocket, seat: Seat) {
    const opened = await this.#parts.media.open(seat, tellOver(socket, seat));
    if (opened.ok) this.#focus(socket, seat);
    return opened;
  }

  #resumeMedia(socket: DoorSocket, seat: Seat, resume: MediaResume) {
    const resumed = this.#parts.media.resume(seat, tellOver(socket, seat), resume);
    if (resumed !== 'replaced' && resumed?.ok) this.#focus(socket, seat);
    return resumed;
  }

  #focus(socket: DoorSocket, seat: Seat): void {
    // Who sits in one meeting with its sound has it in focus, as on a wall (SUP8).
    const holder = focusHolderOf(seat);
    if (holder && socket.data.seats.get(seat.meetingId) === seat) {
      void this.#parts.focus.set(holder, seat.room);
    }
  }

  async #openSending(socket: DoorSocket, seat: Seat) {
    return this.#parts.media.openSending(seat, tellOver(socket, seat));
  }

  /** A seat that hasn't joined whole yet, or whose room is owned elsewhere, is none. */
  #seatOf(socket: DoorSocket, meetingId: MeetingId): Result<Seat> {
    const seat = socket.data.seats.get(meetingId);
    if (!seat) return refused('notJoined');
    if (seat.room.condition !== 'lost') return ok(seat);
    this.vacate(socket, seat);
    return refused('notJoined');
  }

  async #roomOf(meetingId: MeetingId): Promise<Result<MeetingRoom>> {
    try {
      const room = await this.#parts.registry.room(meetingId);
      // One that isn't and one out of reach answer alike: nothing is learned by asking.
      return room ? ok(room) : refused('notOfThisMeeting');
    } catch (error) {
      if (error instanceof LogUnavailable) return refused('tryAgain');
      if (error instanceof LivesElsewhere) return refused('livesElsewhere', { node: error.address });
      throw error;
    }
  }
}

/**
 * @returns the events that a device lacks which has seen this much; null when it needs a snapshot: its past is not this log's, too
 * much has happened since, or its person has become an officer or ceased to be one.
 */
function lackedBy(known: Known, room: MeetingRoom, viewer: Viewer): readonly LoggedEvent[] | null {
  if (known.officer !== viewer.officer) return null;
  if (known.seq === room.head.seq && known.hash === room.head.hash) return [];
  const [last, ...since] = room.eventsSince(known.seq - 1) ?? [];
  return last?.hash === known.hash ? since.map((event) => eventFor(event, viewer)) : null;
}

/** Says why in the connection's language, and ends it. */
export function endConnection(socket: DoorSocket, code: RefusalCode): void {
  const { message } = say({ code }, socket.data.language);
  socket.emit('ended', { code, message });
  socket.disconnect(true);
}

function tellOver(socket: DoorSocket, { meetingId }: Seat): (notice: MediaNotice) => void {
  return (notice) => {
    socket.emit('media', { meetingId, notice });
  };
}

function focusHolderOf({ socketId, admission: { actor } }: Seat): FocusHolder | null {
  return actor.kind === 'superior' ? { kind: 'seat', socketId, actor } : null;
}

/** Members always; a superior only openly, as one who attends (SUP1), or when it is over; a terminal while it speaks for its site. */
function hasPart(state: MeetingState, { actor }: Pick<Admission, 'actor'>): boolean {
  switch (actor.kind) {
    case 'person':
      return true;
    case 'superior':
      return state.superiors[actor.person] !== undefined || isOver(state);
    case 'terminal':
      return state.sites[actor.site]?.terminal?.id === actor.terminal || isOver(state);
    default: {
      const never: never = actor;
      throw new Error(`unknown actor ${JSON.stringify(never)}`);
    }
  }
}
