import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { Answer } from '@diemcau/shared/protocol/socket.ts';
import { protocolVersion } from '@diemcau/shared/protocol/version.ts';
import { expect } from 'vitest';
import type { MediasoupEngine } from '../../../server/src/media/engine.ts';
import type { MeetingRoom } from '../../../server/src/meeting/room.ts';
import { startEngine } from '../../media/studio.ts';
import type { Part } from '../../support/permission-expectations.ts';
import { Guest } from './door.ts';
import { newCommandId } from './material.ts';
import { type MatrixWorld, openMatrixWorld, type Role, roles } from './matrix-world.ts';
import { done } from './rooms.ts';

export const outside: readonly Role[] = ['anonymous', 'forged'];
const terminals: readonly Role[] = ['terminal', 'replacedTerminal'];
/** Everybody who has a connection for the whole of the test; the two terminals have one for each meeting. */
export const connected = roles.filter((role) => !outside.includes(role) && !terminals.includes(role));
export const inside = [...connected, ...terminals];

/** What each role is in a meeting of the own cell. Who isn't here has no part in it. */
export const parts: Partial<Record<Role, readonly Part[]>> = {
  member: ['member'],
  probationary: ['member'],
  exempt: ['member'],
  temporaryIn: ['member'],
  chair: ['chair'],
  clerk: ['clerk'],
  secretary: ['secretary'],
  deputySecretary: ['deputy'],
  committeeMember: ['committee'],
  siteResponsible: ['responsible'],
  teller: ['teller'],
  terminal: ['terminal'],
  superior: ['superior'],
};

/** How the door of an own meeting refuses who has no part in it. */
function joinRefusal(role: Role): string {
  if (role === 'suspended' || role === 'temporaryOut') return 'personExcluded';
  if (role === 'replacedTerminal') return 'sessionEnded';
  return role === 'superiorUnseen' ? 'notJoined' : 'notOfThisMeeting';
}

export const codeOf = (answer: Answer<unknown>): string => (answer.ok ? 'ok' : answer.code);

/** Everybody of the matrix with a connection to the whole server, picture and sound included. */
export class Crowd {
  readonly world: MatrixWorld;
  readonly #url: string;
  readonly #guests = new Map<Role, Guest>();
  /** How many questions were put. */
  asked = 0;

  private constructor(world: MatrixWorld, url: string) {
    this.world = world;
    this.#url = url;
    for (const role of connected) this.#guests.set(role, this.enter(world.tokenOf(role)));
  }

  static async gather(): Promise<Crowd> {
    // Closed by the server that it is given to.
    const engine: MediasoupEngine = await startEngine();
    const world = await openMatrixWorld(engine);
    return new Crowd(world, await world.app.http.listen({ host: '127.0.0.1', port: 0 }));
  }

  enter(token: string | undefined): Guest {
    return new Guest(this.#url, { token, protocol: protocolVersion, language: 'vi' });
  }

  async ask(guest: Guest, name: string, payload: unknown): Promise<string> {
    this.asked += 1;
    return codeOf(await guest.ask(name, payload));
  }

  /** @param own connections of this meeting alone. */
  guestOf(role: Role, own: ReadonlyMap<Role, Guest> = new Map()): Guest {
    const guest = own.get(role) ?? this.#guests.get(role);
    if (!guest) throw new Error(`${role} has no connection`);
    return guest;
  }

  /** A meeting with everybody in it who may be; those who may not have been refused as they should be. */
  async everybodyIn(room: MeetingRoom, stage: 'summoned' | 'open'): Promise<ReadonlyMap<Role, Guest>> {
    const { meetingId } = room;
    const { people, village, auth, clock } = this.world;
    // What is allowed in a second comes back within one.
    clock.at += 2_000;
    const chair = { kind: 'person', person: people.chair } as const;
    const site = village.own.mainSite;
    const teller = { kind: 'person', person: people.teller } as const;
    await done(room, teller, { type: 'checkIn', place: { mode: 'onSite', site } });
    await done(room, chair, { type: 'nameTeller', site, person: people.teller });
    if (stage === 'open') await done(room, chair, { type: 'openMeeting' });
    const own = new Map<Role, Guest>();
    for (const role of terminals.toReversed()) {
      const responsibleId = people.siteResponsible;
      const subject = { kind: 'terminal', meetingId, siteId: site, responsibleId } as const;
      const guest = this.enter((await auth.sessions.begin(subject)).accessToken);
      own.set(role, guest);
      expect(await this.ask(guest, 'join', { meetingId, media: 'unwanted' }), role).toBe('ok');
    }
    for (const role of connected) {
      const type = role === 'superior' ? 'attendAsSuperior' : 'checkIn';
      const command = type === 'checkIn' ? { type, place: { mode: 'remote' } } : { type };
      const unseen = role === 'teller' || role === 'superiorUnseen';
      const checkIn = unseen ? undefined : { id: newCommandId(), command };
      const code = await this.ask(this.guestOf(role), 'join', { meetingId, media: 'unwanted', checkIn });
      expect(code, role).toBe(parts[role] ? 'ok' : joinRefusal(role));
    }
    return own;
  }

  /** The meeting's terminals are gone, and its superior has left: one attends sixteen at most. */
  async leave(own: ReadonlyMap<Role, Guest>, meetingId: MeetingId): Promise<void> {
    for (const { socket } of own.values()) socket.disconnect();
    await this.guestOf('superior').command(meetingId, { type: 'leaveAsSuperior' });
  }

  async close(): Promise<void> {
    for (const { socket } of this.#guests.values()) socket.disconnect();
    await this.world.close();
  }
}
