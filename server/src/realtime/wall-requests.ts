import type { Actor } from '@diemcau/shared/domain/actor.ts';
import type { Command } from '@diemcau/shared/domain/commands.ts';
import type { CommandId, MeetingId } from '@diemcau/shared/ids.ts';
import {
  attendedLimit,
  type WallAnswers,
  type WallOutcome,
  type WallRequestName,
  type wallRequests,
} from '@diemcau/shared/protocol/wall.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { z } from 'zod';
import { LogUnavailable } from '../meeting/log/event-log.ts';
import { LivesElsewhere } from '../meeting/ownership.ts';
import type { MeetingRegistry } from '../meeting/registry.ts';
import type { MeetingRoom } from '../meeting/room.ts';
import { say } from './answers.ts';
import type { DoorSocket } from './server.ts';
import type { SuperiorDirectory } from './superiors.ts';
import type { WallMedia } from './wall-media-port.ts';
import { attends, type Wall } from './wall-seats.ts';
import type { SuperiorActor } from './wall-view.ts';
import type { Walls } from './walls.ts';

type Request<N extends WallRequestName> = z.output<(typeof wallRequests)[N]>;
type Answer<N extends keyof WallAnswers> = Promise<Result<WallAnswers[N]>>;

export interface DeskParts {
  readonly walls: Walls;
  readonly registry: MeetingRegistry;
  readonly superiors: SuperiorDirectory;
  readonly wallMedia: WallMedia | null;
}

/** Who asks, and which of the named meetings lie in their subtree at this moment. */
interface Entitled {
  readonly wall: Wall;
  readonly rooms: ReadonlyMap<MeetingId, MeetingRoom>;
  /** Those that are not to be written here now: another server has them, or none can be given. */
  readonly far: ReadonlyMap<MeetingId, Refused>;
}

type Refused = Extract<Result<never>, { ok: false }>;

/** A meeting that isn't there and one that is somebody else's are refused alike: nothing is learned by asking. */
const notTheirs = refused('notOfThisMeeting');
const tryAgain = refused('tryAgain');

/** What each request of a wall does, once it is parsed. Every one asks the directory anew, for each meeting that it names. */
export class WallDesk {
  readonly #parts: DeskParts;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  async watchWall(socket: DoorSocket, { part }: Request<'watchWall'>): Answer<'watchWall'> {
    const actor = await this.#actorOf(socket);
    return actor.ok ? this.#parts.walls.watch(socket, actor.value, part ?? 'whole') : actor;
  }

  unwatchWall(socket: DoorSocket): Result<WallAnswers['unwatchWall']> {
    if (socket.data.session.kind !== 'person') return refused('notAllowed');
    this.#parts.walls.unwatch(socket);
    return ok({});
  }

  async showTiles(socket: DoorSocket, { meetings }: Request<'showTiles'>): Answer<'showTiles'> {
    const found = await this.#entitled(socket, meetings, 'known');
    if (!found.ok) return found;
    const { wall, rooms, far } = found.value;
    if (meetings.some((id) => !rooms.has(id) && !far.has(id))) return notTheirs;
    return ok({ summaries: await this.#parts.walls.show(wall, [...rooms.values()], [...far.keys()]) });
  }

  async attendMeetings(
    socket: DoorSocket,
    { id, meetings }: Request<'attendMeetings'>,
  ): Answer<'attendMeetings'> {
    return this.#each(socket, meetings, (room, wall) => {
      const { seats } = wall;
      const more = meetings.filter((meeting) => !seats.has(meeting));
      const tooMany = more.indexOf(room.meetingId) >= attendedLimit - seats.size;
      if (tooMany) return Promise.resolve(refused('attendsTooMany', { number: attendedLimit }));
      return this.#attend(room, wall, id);
    });
  }

  async leaveMeetings(
    socket: DoorSocket,
    { id, meetings }: Request<'leaveMeetings'>,
  ): Answer<'leaveMeetings'> {
    return this.#each(socket, meetings, (room, wall) => {
      // Picture and sound are closed before the cell reads that the superior has left.
      this.#parts.walls.focus.end(wall, room.meetingId);
      this.#parts.walls.seats.release(wall, room.meetingId);
      return give(room, wall.actor, id, { type: 'leaveAsSuperior' });
    });
  }

  async focusMeeting(socket: DoorSocket, { meeting }: Request<'focusMeeting'>): Answer<'focusMeeting'> {
    const found = await this.#entitled(socket, meeting === null ? [] : [meeting]);
    if (!found.ok) return found;
    const { wall, rooms, far } = found.value;
    const room = meeting === null ? null : rooms.get(meeting);
    if (room === undefined) return (meeting === null ? undefined : far.get(meeting)) ?? notTheirs;
    if (room && !wall.seats.has(room.meetingId)) return refused('notJoined');
    const set = await this.#parts.walls.focus.set(wall, room);
    return set.ok ? ok({}) : set;
  }

  async acknowledgeAlarm(socket: DoorSocket, alarm: Request<'acknowledgeAlarm'>): Answer<'acknowledgeAlarm'> {
    const found = await this.#entitled(socket, [alarm.meetingId], 'known');
    if (!found.ok) return found;
    if (found.value.rooms.size + found.value.far.size === 0) return notTheirs;
    await this.#parts.walls.acknowledge(found.value.wall, alarm);
    return ok({});
  }

  async messageChairs(
    socket: DoorSocket,
    { id, meetings, text }: Request<'messageChairs'>,
  ): Answer<'messageChairs'> {
    const found = await this.#entitled(socket, meetings);
    if (!found.ok) return found;
    const names = [...found.value.rooms.values()].flatMap(({ state }) => state.facts?.cellName ?? []);
    const to = [...new Set(names)];
    return this.#each(socket, meetings, (room, { actor }) =>
      give(room, actor, id, { type: 'messageChair', text, to }),
    );
  }

  /** Rights over meetings are the attendances', which media look up themselves in the durable state. */
  async wallMedia(socket: DoorSocket, { name, data }: Request<'wallMedia'>): Promise<Result<unknown>> {
    const found = await this.#entitled(socket, []);
    if (!found.ok) return found;
    const { wallMedia } = this.#parts;
    if (!wallMedia) return refused('mediaUnavailable');
    const wallId = socket.id;
    if (name !== 'open') return wallMedia.request(wallId, name, data);
    const { person } = found.value.wall.actor;
    return wallMedia.open({ wallId, person }, (notice) => socket.emit('wallMedia', { notice }));
  }

  async #attend(room: MeetingRoom, wall: Wall, id: CommandId): Promise<Result<null>> {
    const { walls } = this.#parts;
    const { meetingId } = room;
    const begun = await give(room, wall.actor, id, { type: 'attendAsSuperior' });
    if (!begun.ok) return begun;
    // The same wish sent again after the attendance has ended changes nothing.
    if (!attends(room.state, wall)) return refused('notJoined');
    if (!wall.view.has(meetingId)) {
      // The right ended while the attendance was being written.
      await room.submit(wall.actor, null, { type: 'leaveAsSuperior' });
      return notTheirs;
    }
    if (wall.socket.data.wall === wall) walls.seats.take(wall, room);
    return ok(null);
  }

  async #each(
    socket: DoorSocket,
    meetings: readonly MeetingId[],
    act: (room: MeetingRoom, wall: Wall) => Promise<Result<null>>,
  ): Promise<Result<{ readonly outcomes: readonly WallOutcome[] }>> {
    const found = await this.#entitled(socket, meetings);
    if (!found.ok) return found;
    const { wall, rooms, far } = found.value;
    const { language } = socket.data;
    const outcomes = [...new Set(meetings)].map(async (meetingId): Promise<WallOutcome> => {
      const room = rooms.get(meetingId);
      const result = room ? await act(room, wall) : (far.get(meetingId) ?? notTheirs);
      return result.ok ? { meetingId, ok: true } : { meetingId, ...say(result.refusal, language) };
    });
    return ok({ outcomes: await Promise.all(outcomes) });
  }

  /**
   * Refused whole: who is no superior of anything now, and who watches no wall.
   * @param need `known`: for what isn't written, and asks no other server where the meeting lives.
   */
  async #entitled(
    socket: DoorSocket,
    meetings: readonly MeetingId[],
    need: 'rooms' | 'known' = 'rooms',
  ): Promise<Result<Entitled>> {
    const { walls, superiors } = this.#parts;
    const actor = await this.#actorOf(socket);
    if (!actor.ok) return actor;
    const cells = new Map(meetings.map((id) => [id, walls.cellOf(id)]));
    const named = [...new Set(cells.values())].filter((cell) => cell !== null);
    const rights = await superiors.among(actor.value.person, named);
    const rooms = new Map<MeetingId, MeetingRoom>();
    const far = new Map<MeetingId, Refused>();
    for (const [meetingId, cell] of cells) {
      if (cell === null || !rights.has(cell)) continue;
      if (need === 'known' && walls.isFar(meetingId)) {
        far.set(meetingId, tryAgain);
        continue;
      }
      const room = await this.#roomOf(meetingId);
      if (room && 'ok' in room) far.set(meetingId, room);
      else if (room) rooms.set(meetingId, room);
    }
    const { wall } = socket.data;
    return wall ? ok({ wall, rooms, far }) : refused('notWatching');
  }

  async #roomOf(meetingId: MeetingId): Promise<MeetingRoom | Refused | null> {
    try {
      return await this.#parts.registry.room(meetingId);
    } catch (error) {
      if (error instanceof LivesElsewhere) return refused('livesElsewhere', { node: error.address });
      if (error instanceof LogUnavailable) return tryAgain;
      throw error;
    }
  }

  async #actorOf(socket: DoorSocket): Promise<Result<SuperiorActor>> {
    const { session } = socket.data;
    if (session.kind !== 'person') return refused('notAllowed');
    const announced = await this.#parts.superiors.announced(session.personId);
    return announced
      ? ok({ kind: 'superior', person: session.personId, ...announced })
      : refused('notAllowed');
  }
}

async function give(room: MeetingRoom, actor: Actor, id: CommandId, command: Command): Promise<Result<null>> {
  const given = await room.submit(actor, id, command);
  return given.ok ? ok(null) : given;
}
