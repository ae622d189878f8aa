import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { CellId, MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import type { DemoPart } from '@diemcau/shared/protocol/http.ts';
import type { Answer, Language } from '@diemcau/shared/protocol/socket.ts';
import { Api, type Bearer } from '../../../client/src/net/api.ts';
import { Connection, type TokenSource } from '../../../client/src/net/connection.ts';
import { MeetingClient } from '../../../client/src/net/meeting-client.ts';
import type { Say } from './texts.ts';

/** A reason for which the crowd doesn't start, in words. */
export class CrowdRefused extends Error {}

/** The server as the demonstration's people reach it. */
export interface DemoDoor {
  readonly url: string;
  readonly language: Language;
  readonly api: Api;
  readonly say: Say;
}

export function openDemoDoor(url: string, language: Language, say: Say): DemoDoor {
  return { url, language, say, api: new Api({ url, language: () => language }) };
}

/** Signs in anew for each handshake: a robot keeps no cookie. */
export function demoToken({ api }: DemoDoor, personId: PersonId): TokenSource {
  return async () => {
    const enterAs = { kind: 'person', personId } as const;
    const answer = await api.call('demoLogin', { body: { enterAs, slot: 'crowd' } }, 'nobody');
    return answer.ok ? { ok: true, value: answer.value.accessToken } : answer;
  };
}

/** A connection of one of the demonstration's people; on loopback a certificate of the server's own making will do. */
export function demoConnection(door: DemoDoor, personId: PersonId): Connection {
  return new Connection({
    url: door.url,
    token: demoToken(door, personId),
    language: () => door.language,
    certificate: 'unchecked',
  });
}

function granted<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new CrowdRefused(answer.message);
  return answer.value;
}

/** Case and diacritics don't matter: “na loc” finds *Chi bộ thôn Nà Lộc*. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
}

/** A meeting that a crowd may enter, and one of its members to look it up by. */
export interface CrowdMeeting {
  readonly id: MeetingId;
  readonly cellName: string;
  readonly member: PersonId;
}

/**
 * Finds the meeting that is on, or that of the cell named by a part of its name.
 * @throws CrowdRefused with a sentence.
 */
export async function findMeeting(door: DemoDoor, cell: string | undefined): Promise<CrowdMeeting> {
  const people = await demoPeople(door);
  const [member, cellName] =
    cell === undefined ? [people.member, undefined] : await memberOfCell(door, cell, people.administrator);
  const home = member && granted(await door.api.call('home', {}, await bearer(door, member)));
  const views = home ? [...home.now, ...home.coming] : [];
  const meeting = views.find((view) => cellName === undefined || view.cellName === cellName);
  if (!meeting || !member)
    throw new CrowdRefused(door.say('noMeeting', { cell: cellName ?? door.say('theCell') }));
  return { id: meeting.id, cellName: meeting.cellName, member };
}

/**
 * Finds the meetings that are on now, one a cell.
 * @throws CrowdRefused with a sentence when there is none.
 */
export async function findMeetings(door: DemoDoor, atMost: number): Promise<readonly CrowdMeeting[]> {
  const { administrator } = await demoPeople(door);
  if (!administrator) throw new CrowdRefused(door.say('noDemonstration', { url: door.url }));
  const asAdministrator = await bearer(door, administrator);
  const { cells } = granted(await door.api.call('administration', {}, asAdministrator));
  const found: CrowdMeeting[] = [];
  for (const { id, name } of cells) {
    if (found.length >= atMost) break;
    const member = await ordinaryMember(door, id, asAdministrator);
    const home = member && granted(await door.api.call('home', {}, await bearer(door, member)));
    const meeting = home?.now.find(({ cellName }) => cellName === name);
    if (member && meeting) found.push({ id: meeting.id, cellName: name, member });
  }
  if (found.length === 0) throw new CrowdRefused(door.say('noMeeting', { cell: door.say('theCell') }));
  return found;
}

async function ordinaryMember(
  door: DemoDoor,
  cellId: CellId,
  asAdministrator: Bearer,
): Promise<PersonId | undefined> {
  const details = await door.api.call('cell', { params: { cellId } }, asAdministrator);
  return granted(details).members.find(
    ({ standing, office, isClerk }) => standing === 'official' && office === null && !isClerk,
  )?.personId;
}

/** An ordinary member of the cell whose meeting is on, and who may look up the other cells. */
async function demoPeople(
  door: DemoDoor,
): Promise<{ readonly member: PersonId | undefined; readonly administrator: PersonId | undefined }> {
  const demo = await door.api.call('demo', {}, 'nobody');
  if (!demo.ok && demo.code === 'tryAgain') {
    throw new CrowdRefused(door.say('serverUnreachable', { url: door.url }));
  }
  if (!demo.ok && demo.code === 'notFound') {
    throw new CrowdRefused(door.say('noDemonstration', { url: door.url }));
  }
  const first = (part: DemoPart) =>
    granted(demo)
      .groups.filter((group) => group.part === part)
      .flatMap((group) => group.entries)
      .flatMap(({ enterAs }) => (enterAs.kind === 'person' ? [enterAs.personId] : []))[0];
  return { member: first('member'), administrator: first('administrator') };
}

async function memberOfCell(
  door: DemoDoor,
  wanted: string,
  administrator: PersonId | undefined,
): Promise<[PersonId | undefined, string]> {
  if (!administrator) throw new CrowdRefused(door.say('noDemonstration', { url: door.url }));
  const asAdministrator = await bearer(door, administrator);
  const { cells } = granted(await door.api.call('administration', {}, asAdministrator));
  const exact = cells.filter(({ name }) => plain(name) === plain(wanted));
  const matching = exact.length > 0 ? exact : cells.filter(({ name }) => plain(name).includes(plain(wanted)));
  const names = (list: typeof cells) => list.map(({ name }) => name).join(', ');
  const [cell, ...others] = matching;
  if (!cell) throw new CrowdRefused(door.say('cellUnknown', { cell: wanted, cells: names(cells) }));
  if (others.length > 0) throw new CrowdRefused(door.say('cellAmbiguous', { cells: names(matching) }));
  return [await ordinaryMember(door, cell.id, asAdministrator), cell.name];
}

async function bearer(door: DemoDoor, personId: PersonId): Promise<Bearer> {
  return { token: granted(await demoToken(door, personId)('current')) };
}

/** Looks into the meeting without checking in. @throws CrowdRefused with the server's sentence. */
export async function lookInto(door: DemoDoor, meeting: CrowdMeeting): Promise<MeetingState> {
  const connection = demoConnection(door, meeting.member);
  const client = new MeetingClient(connection, meeting.id);
  try {
    connection.open();
    granted(await client.join({ media: 'unwanted' }));
    const state = client.state.get();
    if (state === null) throw new Error('a meeting that was entered has no state');
    return state;
  } finally {
    await client.close();
    connection.close();
  }
}
