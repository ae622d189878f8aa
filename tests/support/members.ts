import {
  asId,
  type CellId,
  type MeetingId,
  type OrganizationId,
  type PersonId,
  type SiteId,
  type VoteId,
} from '@diemcau/shared/ids.ts';
import type { ClientCommand } from '@diemcau/shared/protocol/commands.ts';
import { Connection } from '../../client/src/net/connection.ts';
import { MeetingClient } from '../../client/src/net/meeting-client.ts';
import { until } from '../../client/src/store/observable.ts';
import { call } from './api.ts';
import type { Product } from './product.ts';

/** Somebody who is signed in to the product and has a meeting's room open. */
export interface Attendant {
  readonly token: string;
  readonly connection: Connection;
  readonly client: MeetingClient;
}

/** Opens a connection and a meeting's client with an access token. */
export function attend(url: string, token: string, meetingId: MeetingId): Attendant {
  const connection = new Connection({
    url,
    token: async () => ({ ok: true, value: token }),
    language: () => 'vi',
    clockSamples: 1,
  });
  connection.open();
  return { token, connection, client: new MeetingClient(connection, meetingId) };
}

/** A cell of real accounts, made over HTTP as an administrator would (DEMO=0). */
export interface RealCell {
  readonly cellId: CellId;
  readonly meetingId: MeetingId;
  readonly siteId: SiteId;
  /** The first is secretary and chair, the second clerk. */
  readonly members: readonly {
    readonly personId: PersonId;
    readonly token: string;
    /** With {@link memberPassword}. */
    readonly login: string;
  }[];
}

/** Every member's, and the administrator's. */
export const memberPassword = 'mật khẩu để thử 2026';

/** Signs the first administrator in, and makes a cell with `count` official members and a meeting that begins now. */
export async function makeCell(
  product: Product,
  firstCode: string,
  count: number,
  nameOf = numbered,
): Promise<RealCell> {
  const { url } = product;
  const admin = await call(url, 'firstAdministrator', {
    body: {
      code: firstCode,
      name: 'Nguyễn Văn Quản',
      login: 'quantri',
      password: memberPassword,
      organization: { kind: 'province', name: 'Đảng bộ tỉnh', committeeName: 'Tỉnh ủy' },
    },
  });
  const token = admin.accessToken;
  const { organizations } = await call(url, 'administration', { token });
  const organizationId = organizations[0]?.id;
  if (organizationId === undefined) throw new Error('no organization');
  return addCell(url, { token, organizationId, village: 1 }, count, nameOf);
}

const numbered = (number: number) => `Đảng viên số ${number + 1}`;

/** The administrator's session, and where the cell goes. */
export interface CellPlace {
  readonly token: string;
  readonly organizationId: OrganizationId;
  /** Numbers the cells of a test. */
  readonly village: number;
}

/** Makes a cell with `count` official members and a meeting that begins now. */
export async function addCell(
  url: string,
  { token, organizationId, village }: CellPlace,
  count: number,
  nameOf = numbered,
): Promise<RealCell> {
  const { cellId } = await call(url, 'createCell', {
    token,
    body: { organizationId, name: `Chi bộ thôn ${village}`, type: 'rural' },
  });
  const { siteId } = await call(url, 'createSite', {
    token,
    params: { cellId },
    body: { name: `Nhà văn hóa thôn ${village}`, isMain: true },
  });
  for (let number = 0; number < count; number += 1) {
    const office = number === 0 ? 'cellSecretary' : null;
    const body = { name: nameOf(number), birthYear: 1960 + (number % 40), office } as const;
    await call(url, 'addMember', { token, params: { cellId }, body });
  }
  const { codes } = await call(url, 'issueCodes', { token, params: { cellId }, body: {} });
  const members = [];
  for (const [number, { code, personId }] of codes.entries()) {
    const login = village === 1 ? `dv${number}` : `dv${village}-${number}`;
    const signed = await call(url, 'activate', { body: { code, password: memberPassword, login } });
    members.push({ personId, token: signed.accessToken, login });
  }
  const details = await call(url, 'cell', { token, params: { cellId } });
  const chair = details.members.find((member) => member.office === 'cellSecretary')?.personId;
  members.sort((a, b) => Number(b.personId === chair) - Number(a.personId === chair));
  const [secretary, clerk] = members;
  if (!secretary || !clerk) throw new Error('a cell needs two members');
  const { meetingId } = await call(url, 'createMeeting', {
    token: secretary.token,
    body: {
      cellId,
      kind: 'regular',
      title: 'Sinh hoạt thường kỳ',
      startsAt: Date.now(),
      sites: [{ siteId, method: 'byName', responsibleId: clerk.personId }],
      clerkId: clerk.personId,
    },
  });
  return { cellId: asId<CellId>(cellId), meetingId: asId<MeetingId>(meetingId), siteId, members };
}

/** Enters the meeting's room, with a check-in or without. @throws with the refusal's code and sentence. */
export async function enter({ client }: Attendant, checkIn: ClientCommand | null): Promise<void> {
  const answer = await client.join({ ...(checkIn && { checkIn }), media: 'unwanted' });
  if (!answer.ok) throw new Error(`${answer.code}: ${answer.message}`);
}

/** Gives a command. @returns the number of its last event. @throws with the refusal's code and sentence. */
export async function give({ client }: Attendant, command: ClientCommand): Promise<number> {
  const answer = await client.command(command).answer;
  if (!answer.ok) throw new Error(`${command.type}: ${answer.code}: ${answer.message}`);
  return answer.value.seq;
}

/** Resolves when the attendant's screen has the event; an answer comes before it. */
export async function hasOnScreen({ client }: Attendant, seq: number): Promise<void> {
  await until(client.state, (state) => (state?.seq ?? 0) >= seq);
}

/** The first opens a vote on none of the programme's items. @returns it, once it is on their screen. */
export async function openVote(chair: Attendant): Promise<VoteId> {
  const seq = await give(chair, {
    type: 'openVote',
    item: null,
    question: 'Thông qua nghị quyết',
    rule: 'resolution',
    purpose: 'motion',
    despiteWaiting: false,
  });
  await hasOnScreen(chair, seq);
  const vote = chair.client.state.get()?.openVote;
  if (!vote) throw new Error('no vote is open');
  return vote;
}
