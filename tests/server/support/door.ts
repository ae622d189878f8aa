import { createServer } from 'node:http';
import type { Command } from '@diemcau/shared/domain/commands.ts';
import {
  asId,
  type CellId,
  type MeetingId,
  type OrganizationId,
  type PersonId,
} from '@diemcau/shared/ids.ts';
import type { ClientCommand } from '@diemcau/shared/protocol/commands.ts';
import type { MediaAnswers, MediaNotice, MediaRequestName } from '@diemcau/shared/protocol/media.ts';
import type { Proof, SiteCodeProof } from '@diemcau/shared/protocol/requests.ts';
import type {
  Answer,
  CatchUpAnswer,
  JoinAnswer,
  Receipt,
  ServerToClient,
  SiteCodeAnswer,
} from '@diemcau/shared/protocol/socket.ts';
import { protocolVersion } from '@diemcau/shared/protocol/version.ts';
import { io, type Socket } from 'socket.io-client';
import { createAuth } from '../../../server/src/auth/auth.ts';
import { createAlarmAcknowledgements } from '../../../server/src/directory/alarm-acknowledgements.ts';
import { createCell } from '../../../server/src/directory/cells.ts';
import { createOrganization } from '../../../server/src/directory/organizations.ts';
import { addPerson } from '../../../server/src/directory/people.ts';
import { appointAdministrator, assignSuperior } from '../../../server/src/directory/rights.ts';
import { openDirectoryDatabase } from '../../../server/src/directory/sqlite.ts';
import type { MediaEngine } from '../../../server/src/media/port.ts';
import { Metrics } from '../../../server/src/metrics/metrics.ts';
import { createDoor } from '../../../server/src/realtime/door.ts';
import { superiorsIn } from '../../../server/src/realtime/superiors.ts';
import type { WallMedia } from '../../../server/src/realtime/wall-media-port.ts';
import { material, newCommandId, person, site } from './material.ts';
import { silent, startRegistry } from './rooms.ts';

/** People of the directory who are not on the cell's roll. */
const others = ['stranger', 'superior', 'administrator'];

/** A door on loopback before real rooms, with a real directory and real sessions behind it. */
export async function startDoor(media: MediaEngine | null = null, wallMedia: WallMedia | null = null) {
  const world = await startRegistry();
  const db = await openDirectoryDatabase(world.dataDir);
  const organization = asId<OrganizationId>('organization');
  const cell = asId<CellId>('cell');
  const kind = 'commune' as const;
  await createOrganization(
    db,
    { parentId: null, kind, name: 'Đảng bộ xã', committeeName: 'Đảng ủy xã' },
    organization,
  );
  await createCell(db, { organizationId: organization, name: 'Chi bộ Thôn Đông', type: 'rural' }, cell);
  const names = [...material().roll.map((entry) => String(entry.person)), ...others];
  for (const name of names) {
    const profile = { name: `Đồng chí ${name}`, birthYear: null, phone: null, title: 'Ủy viên' };
    await addPerson(db, profile, person(name));
  }
  await assignSuperior(db, person('superior'), { cellId: cell });
  await appointAdministrator(db, person('administrator'), organization);
  const auth = createAuth({ db, jwtSecret: 'x'.repeat(48), now: world.clock.now });
  const metrics = new Metrics();
  const door = createDoor({
    registry: world.registry,
    sessions: auth.sessions,
    superiors: superiorsIn(db),
    acknowledgements: createAlarmAcknowledgements(db),
    proofs: auth,
    media,
    wallMedia,
    source: world.clock,
    log: silent,
    meter: metrics,
  });
  metrics.watch({
    states: () => world.registry.rooms().map(({ state }) => state),
    seats: () => door.seats,
    media,
    lines: () => door.lines.map(({ level }) => level),
  });
  const server = createServer();
  door.attach(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const guests: Guest[] = [];

  const enter = (token: string, said: Record<string, unknown> = {}) => {
    const guest = new Guest(url, { token, protocol: protocolVersion, language: 'vi', ...said });
    guests.push(guest);
    return guest;
  };
  return {
    ...world,
    db,
    auth,
    url,
    metrics,
    /** Connections that are in a meeting. */
    seats: () => door.seats,
    enter,
    /** A connection of a person of the directory. */
    personEnters: async (name: string, said?: Record<string, unknown>) => {
      const grant = await auth.sessions.begin({ kind: 'person', personId: person(name) });
      return Object.assign(enter(grant.accessToken, said), { refreshToken: grant.refreshToken });
    },
    /** A connection of a new terminal of a site. */
    terminalEnters: async (meetingId: MeetingId, name: string, responsible: PersonId = person('chair')) => {
      const subject = {
        kind: 'terminal',
        meetingId,
        siteId: site(name),
        responsibleId: responsible,
      } as const;
      return enter((await auth.sessions.begin(subject)).accessToken);
    },
    close: async () => {
      for (const guest of guests) guest.socket.disconnect();
      await door.close();
      await new Promise((resolve) => server.close(resolve));
      await world.close();
      await db.destroy();
    },
  };
}

export type TestDoor = Awaited<ReturnType<typeof startDoor>>;

type Events = Parameters<ServerToClient['events']>[0]['events'];

/** A bare client: what it sends and gets is what goes over the wire. */
export class Guest {
  readonly socket: Socket;
  readonly events: Events[number][] = [];
  readonly frames: string[] = [];
  readonly snapshots: Parameters<ServerToClient['snapshot']>[0][] = [];
  readonly notices: MediaNotice[] = [];
  ended: { code: string; message: string } | null = null;

  constructor(url: string, auth: Record<string, unknown>) {
    this.socket = io(url, { auth, transports: ['websocket'], forceNew: true, reconnection: false });
    this.socket.on('events', (message: { events: Events }) => {
      this.events.push(...message.events);
      this.frames.push(JSON.stringify(message));
    });
    this.socket.on('snapshot', (message) => {
      this.snapshots.push(message);
      this.frames.push(JSON.stringify(message));
    });
    this.socket.on('media', ({ notice }: { notice: MediaNotice }) => this.notices.push(notice));
    this.socket.on('ended', (message) => {
      this.ended = message;
    });
  }

  /** Sends anything under any name. */
  ask(name: string, payload?: unknown): Promise<Answer<unknown>> {
    return this.socket.timeout(5_000).emitWithAck(name, payload);
  }

  join(
    meetingId: MeetingId,
    checkIn?: ClientCommand,
    media: 'wanted' | 'unwanted' = 'unwanted',
    proof?: SiteCodeProof,
  ): Promise<Answer<JoinAnswer>> {
    const both = { meetingId, media };
    const proven = proof ? { proof } : {};
    const request = checkIn
      ? { ...both, checkIn: { id: newCommandId(), command: checkIn, ...proven } }
      : both;
    return this.socket.timeout(5_000).emitWithAck('join', request);
  }

  command(
    meetingId: MeetingId,
    command: Command,
    id = newCommandId(),
    proof?: Proof,
  ): Promise<Answer<Receipt>> {
    const request = { meetingId, id, command, ...(proof ? { proof } : {}) };
    return this.socket.timeout(5_000).emitWithAck('command', request);
  }

  siteCode(meetingId: MeetingId): Promise<Answer<SiteCodeAnswer>> {
    return this.socket.timeout(5_000).emitWithAck('siteCode', { meetingId });
  }

  media<N extends MediaRequestName>(
    meetingId: MeetingId,
    name: N,
    data: unknown,
  ): Promise<Answer<MediaAnswers[N]>> {
    return this.socket.timeout(5_000).emitWithAck('media', { meetingId, name, data });
  }

  catchUp(meetingId: MeetingId, after: number): Promise<Answer<CatchUpAnswer>> {
    return this.socket.timeout(5_000).emitWithAck('catchUp', { meetingId, after });
  }

  /** Resolves once event number `seq` has come. */
  async reaches(seq: number): Promise<void> {
    for (let tries = 0; tries < 500; tries++) {
      if ((this.events.at(-1)?.seq ?? 0) >= seq) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`event ${seq} did not come; the last was ${this.events.at(-1)?.seq}`);
  }
}
