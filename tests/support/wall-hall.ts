import { createServer } from 'node:http';
import { floorOf } from '@diemcau/shared/domain/floor.ts';
import { asId, type MeetingId, type PersonId } from '@diemcau/shared/ids.ts';
import { mediaRequestNames } from '@diemcau/shared/protocol/media.ts';
import { type WallMediaNotice, wallMediaRequestNames } from '@diemcau/shared/protocol/wall-media.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import { type Socket, Server as SocketServer } from 'socket.io';
import { z } from 'zod';
import type { MediasoupEngine } from '../../server/src/media/engine.ts';
import type { PeerRequest } from '../../server/src/media/port.ts';
import type { MeetingRoom } from '../../server/src/meeting/room.ts';
import { WallMediaSeats } from '../../server/src/realtime/wall-media-seats.ts';
import { as, done, startRegistry, summonedRoom } from '../server/support/rooms.ts';

const id = z.string().transform((value) => asId<MeetingId>(value));
const requests = {
  openPeer: z.object({
    meetingId: id,
    peerId: z.string(),
    person: z.string(),
    rights: z.enum(['sendAndReceive', 'receiveOnly']),
  }),
  openSender: z.object({ meetingId: id, peerId: z.string(), person: z.string() }),
  peer: z.object({ peerId: z.string(), name: z.enum(mediaRequestNames), data: z.unknown() }),
  closePeer: z.object({ peerId: z.string() }),
  attend: z.object({ meetings: z.array(id) }),
  leave: z.object({ meetings: z.array(id) }),
  focus: z.object({ meetingId: id.nullable() }),
  wallMedia: z.object({ name: z.enum(wallMediaRequestNames), data: z.unknown() }),
  meetings: z.object({}),
};
type Name = keyof typeof requests;

/** Real rooms on a real store, real media, and the wall's seats between them; the door is as bare as it can be. */
export interface WallHall {
  readonly url: string;
  readonly engine: MediasoupEngine;
  readonly seats: WallMediaSeats;
  readonly rooms: readonly MeetingRoom[];
  /** What happened, in order: `published TYPE MEETING` and `told NOTICE MEETING`. */
  readonly journal: string[];
  close(): Promise<void>;
}

export interface HallWish {
  readonly engine: MediasoupEngine;
  readonly meetings: number;
  /** Files that are served beside the socket. */
  readonly page?: string;
}

/** Meetings that are open, each of the cell of tests/server/support/material.ts. */
export async function openWallHall({ engine, meetings, page }: HallWish): Promise<WallHall> {
  const world = await startRegistry();
  const rooms: MeetingRoom[] = [];
  const roomOf = (meetingId: MeetingId) => rooms.find((room) => room.meetingId === meetingId);
  const seats = new WallMediaSeats(engine, (meetingId) => roomOf(meetingId)?.state ?? null);
  const journal: string[] = [];
  world.registry.onPublication((publication) => {
    const { room, after, events } = publication;
    seats.follow(publication);
    engine.setFloor(room.meetingId, floorOf(after));
    for (const { type } of events) journal.push(`published ${type} ${room.meetingId}`);
  });
  for (let count = 0; count < meetings; count += 1) {
    const room = await summonedRoom(world);
    rooms.push(room);
    await done(room, as('chair'), { type: 'openMeeting' });
    for (const name of ['chair', 'an', 'binh']) {
      await done(room, as(name), { type: 'checkIn', place: { mode: 'remote' } });
    }
  }
  const http = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(isScript ? (page ?? '') : html);
  });
  const io = new SocketServer(http, { serveClient: false });
  io.on('connection', (socket) => welcome(socket, { engine, seats, rooms, journal }));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`,
    engine,
    seats,
    rooms,
    journal,
    close: async () => {
      await io.close();
      await world.close();
      await world.remove();
    },
  };
}

const html =
  '<!doctype html><meta charset="utf-8"><title>wall</title><body style="margin:0"><button id="go">go</button><script type="module" src="/page.js"></script>';

/** A superior of that name, as rooms know one. */
export function superior(name: string) {
  const person = asId<PersonId>(name);
  return { kind: 'superior', person, name: `Đồng chí ${name}`, office: 'Ủy viên Ban Thường vụ' } as const;
}

function welcome(
  socket: Socket,
  { engine, seats, rooms, journal }: Pick<WallHall, 'engine' | 'seats' | 'rooms' | 'journal'>,
): void {
  const name = String(socket.handshake.auth.person ?? 'superior');
  const actor = superior(name);
  const peers = new Set<string>();
  const attended = new Set<MeetingId>();
  const roomOf = (meetingId: MeetingId) => rooms.find((room) => room.meetingId === meetingId);
  const notify = (peerId: string) => (notice: unknown) => socket.emit('media', { peerId, notice });
  const tell = (notice: WallMediaNotice) => {
    const about = notice.type === 'meetingClosed' ? ` ${notice.meetingId}` : '';
    journal.push(`told ${notice.type}${about}`);
    socket.emit('wallMedia', { notice });
  };
  const each = async (meetings: readonly MeetingId[], type: 'attendAsSuperior' | 'leaveAsSuperior') => {
    await Promise.all(
      meetings.map(async (meetingId) => {
        const room = roomOf(meetingId);
        if (room === undefined) return;
        const result = await room.submit(actor, null, { type });
        if (!result.ok) return;
        if (type === 'attendAsSuperior') attended.add(meetingId);
        else attended.delete(meetingId);
      }),
    );
    seats.attends(socket.id, attended);
    return ok({});
  };
  const handlers: { [N in Name]: (data: z.output<(typeof requests)[N]>) => Promise<Result<unknown>> } = {
    openPeer: ({ meetingId, peerId, person, rights }) => {
      peers.add(peerId);
      const owner = { kind: 'person', person: asId<PersonId>(person) } as const;
      return engine.openPeer({ meetingId, peerId, owner, rights, notify: notify(peerId) });
    },
    openSender: ({ meetingId, peerId, person }) => {
      peers.add(peerId);
      const owner = { kind: 'person', person: asId<PersonId>(person) } as const;
      return engine.openSender({ meetingId, peerId, owner, rights: 'sendOnly', notify: notify(peerId) });
    },
    // Reports of a line are the product's door's, which this hall has not.
    peer: async ({ peerId, ...request }) =>
      request.name === 'quality'
        ? ok({})
        : peers.has(peerId)
          ? engine.request(peerId, request as PeerRequest)
          : refused('mediaNotAllowed'),
    closePeer: async ({ peerId }) => {
      engine.closePeer(peerId, 'left');
      return ok({});
    },
    attend: ({ meetings }) => each(meetings, 'attendAsSuperior'),
    leave: ({ meetings }) => each(meetings, 'leaveAsSuperior'),
    focus: async ({ meetingId }) => {
      seats.focus(socket.id, meetingId);
      return ok({});
    },
    wallMedia: async (request) =>
      request.name === 'open'
        ? seats.open({ wallId: socket.id, person: actor.person }, tell)
        : seats.request(socket.id, request.name, request.data),
    meetings: async () => ok(rooms.map(({ meetingId }) => meetingId)),
  };
  const answerTo = <N extends Name>(event: N) => {
    socket.on(event as string, async (data: unknown, answer: (value: unknown) => void) => {
      const result = await handlers[event](requests[event].parse(data) as z.output<(typeof requests)[N]>);
      answer(result.ok ? result : { ok: false, code: result.refusal.code, message: '' });
    });
  };
  for (const event of Object.keys(requests) as Name[]) answerTo(event);
  socket.on('disconnect', () => {
    seats.close(socket.id);
    for (const peerId of peers) engine.closePeer(peerId, 'left');
  });
}
