import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import type { MeetingView } from '@diemcau/shared/protocol/http.ts';
import type { Answer, Language } from '@diemcau/shared/protocol/socket.ts';
import { Api } from '../../../client/src/net/api.ts';
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
 * Finds the meeting of the cell that is named, or the only one that is on.
 * @throws CrowdRefused with a sentence.
 */
export async function findMeeting(door: DemoDoor, cell: string | undefined): Promise<CrowdMeeting> {
  const found = (await meetingsWithMembers(door)).map(({ view, member }) => ({
    id: view.id,
    cellName: view.cellName,
    phase: view.phase,
    member,
  }));
  if (found.length === 0) throw new CrowdRefused(door.say('noMeeting'));
  const names = (list: typeof found) => list.map(({ cellName }) => cellName).join(', ');
  const matching = cell
    ? found.filter(({ cellName }) => plain(cellName).includes(plain(cell)))
    : found.filter(({ phase }) => phase === 'open' || phase === 'suspended');
  const exact = matching.filter(({ cellName }) => cell !== undefined && plain(cellName) === plain(cell));
  const [meeting, ...others] = exact.length > 0 ? exact : matching;
  if (!meeting) {
    if (cell === undefined) throw new CrowdRefused(door.say('cellAmbiguous', { cells: names(found) }));
    throw new CrowdRefused(door.say('cellUnknown', { cell, cells: names(found) }));
  }
  if (others.length > 0) throw new CrowdRefused(door.say('cellAmbiguous', { cells: names(matching) }));
  return meeting;
}

/** Each meeting that is on or comes, once, with a member of it. */
async function meetingsWithMembers(door: DemoDoor): Promise<{ view: MeetingView; member: PersonId }[]> {
  const demo = await door.api.call('demo', {}, 'nobody');
  if (!demo.ok && demo.code === 'tryAgain') {
    throw new CrowdRefused(door.say('serverUnreachable', { url: door.url }));
  }
  if (!demo.ok && demo.code === 'notFound') {
    throw new CrowdRefused(door.say('noDemonstration', { url: door.url }));
  }
  const byMeeting = new Map<MeetingId, PersonId>();
  const parts = ['member', 'clerk', 'chair'] as const;
  for (const part of parts) {
    for (const group of granted(demo).groups) {
      if (group.part !== part) continue;
      for (const { enterAs, meetingId } of group.entries) {
        if (enterAs.kind === 'person' && meetingId !== null && !byMeeting.has(meetingId)) {
          byMeeting.set(meetingId, enterAs.personId);
        }
      }
    }
  }
  const views: { view: MeetingView; member: PersonId }[] = [];
  for (const [meetingId, member] of byMeeting) {
    const token = granted(await demoToken(door, member)('current'));
    const home = granted(await door.api.call('home', {}, { token }));
    const view = [...home.now, ...home.coming].find(({ id }) => id === meetingId);
    if (view) views.push({ view, member });
  }
  return views;
}

/** Looks into the meeting without checking in. @throws CrowdRefused with the server's sentence. */
export async function lookInto(door: DemoDoor, meeting: CrowdMeeting): Promise<MeetingState> {
  const connection = demoConnection(door, meeting.member);
  const client = new MeetingClient(connection, meeting.id);
  try {
    connection.open();
    return granted(await client.join({ media: 'unwanted' })).snapshot;
  } finally {
    await client.close();
    connection.close();
  }
}
