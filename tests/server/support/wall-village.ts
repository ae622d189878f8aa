import { createServer } from 'node:http';
import type { MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import { protocolVersion } from '@diemcau/shared/protocol/version.ts';
import { createAlarmAcknowledgements } from '../../../server/src/directory/alarm-acknowledgements.ts';
import { assignSuperior } from '../../../server/src/directory/rights.ts';
import type { MeetingRoom } from '../../../server/src/meeting/room.ts';
import { Metrics } from '../../../server/src/metrics/metrics.ts';
import { createDoor } from '../../../server/src/realtime/door.ts';
import { superiorsIn } from '../../../server/src/realtime/superiors.ts';
import { Guest } from './door.ts';
import { openTestDoor } from './http-app.ts';
import { done, silent } from './rooms.ts';
import { must, settle } from './village.ts';

/** Two communes with a live meeting each, a superior over each of them, and both doors: HTTP and sockets. */
export async function openWallVillage() {
  const http = await openTestDoor();
  const village = await settle(http);
  const { db, auth, registry, clock } = http;
  const strangeSuperior = village.strange.clerk;
  must(await assignSuperior(db, strangeSuperior, { organizationId: village.otherCommune }));
  const door = createDoor({
    registry,
    sessions: auth.sessions,
    superiors: superiorsIn(db),
    acknowledgements: createAlarmAcknowledgements(db),
    proofs: auth,
    media: null,
    wallMedia: null,
    source: clock,
    log: silent,
    meter: new Metrics(),
  });
  const server = createServer();
  door.attach(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const guests: Guest[] = [];

  const live = async (cell: typeof village.own): Promise<MeetingRoom> => {
    const created = await http.ask('createMeeting', {
      token: await http.tokenOf(cell.secretary),
      body: {
        cellId: cell.cellId,
        kind: 'regular',
        title: 'Sinh hoạt thường kỳ',
        startsAt: clock.at,
        sites: [{ siteId: cell.mainSite, method: 'byName' }],
        clerkId: cell.clerk,
      },
    });
    const room = created.value && (await registry.room(created.value.meetingId));
    if (!room) throw new Error(created.text);
    const by = (person: PersonId) => ({ kind: 'person', person }) as const;
    await done(room, by(cell.secretary), { type: 'openMeeting' });
    await done(room, by(cell.secretary), { type: 'checkIn', place: { mode: 'remote' } });
    room.lines.up({ kind: 'person', person: cell.secretary });
    await done(room, by(cell.clerk), { type: 'completeRollCall' });
    return room;
  };

  const enter = (token: string): Guest => {
    const guest = new Guest(url, { token, protocol: protocolVersion, language: 'vi' });
    guests.push(guest);
    return guest;
  };
  return {
    ...http,
    village,
    strangeSuperior,
    own: await live(village.own),
    strange: await live(village.strange),
    enter,
    personEnters: async (person: PersonId) => enter(await http.tokenOf(person)),
    terminalEnters: async (meetingId: MeetingId) => {
      const { mainSite, member } = village.own;
      const subject = { kind: 'terminal', meetingId, siteId: mainSite, responsibleId: member } as const;
      return enter((await auth.sessions.begin(subject)).accessToken);
    },
    async close() {
      for (const { socket } of guests) socket.disconnect();
      await door.close();
      await new Promise((resolve) => server.close(resolve));
      await http.close();
    },
  };
}

export type WallVillage = Awaited<ReturnType<typeof openWallVillage>>;
