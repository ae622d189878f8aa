import type { RouteAnswer } from '@diemcau/shared/protocol/http.ts';
import { protocolVersion } from '@diemcau/shared/protocol/version.ts';
import { call } from '../support/api.ts';
import type { Chance } from './chance.ts';
import type { Pool } from './pool.ts';
import { Wire } from './wire.ts';

/** Somebody of the demonstration who is signed in, at an address of their own of this computer. */
export interface Player {
  readonly name: string;
  readonly token: string;
  readonly cookie: string;
  readonly address: string;
  /** Null between two connections. */
  wire: Wire | null;
}

type EnterAs = RouteAnswer<'demo'>['groups'][number]['entries'][number]['enterAs'];

/** Loopback addresses, so that many people are many addresses, as they are in a province. */
export function addressOf(index: number): string {
  return `127.${1 + (Math.floor(index / 250) % 200)}.${Math.floor(index / 50_000) % 250}.${1 + (index % 250)}`;
}

async function signIn(url: string, enterAs: EnterAs, index: number): Promise<Player> {
  const answer = await fetch(`${url}/api/demo/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ enterAs, slot: 'main' }),
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(`demoLogin: ${answer.status} ${JSON.stringify(body)}`);
  const cookie = /diemcau_main=([^;]*)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? '';
  const name = enterAs.kind === 'person' ? enterAs.personId : `${enterAs.kind} ${enterAs.siteId}`;
  return { name, token: body.accessToken, cookie, address: addressOf(index), wire: null };
}

/** Signs in officers, members, terminals, superiors and administrators of the demonstration, `count` at most. */
export async function gather(url: string, count: number, pool: Pool): Promise<readonly Player[]> {
  const demo = await call(url, 'demo', {});
  pool.learn(demo);
  const offered = demo.groups.flatMap(({ part, entries }) =>
    part === 'administrator' ? entries.slice(0, 2) : entries,
  );
  const entries: EnterAs[] = offered.map(({ enterAs }) => enterAs);
  const administrator = demo.groups.find(({ part }) => part === 'administrator')?.entries[0];
  if (!administrator) throw new Error('the demonstration offers no administrator');
  const { token } = await signIn(url, administrator.enterAs, 0);
  const tree = await call(url, 'administration', { token });
  pool.learn(tree);
  for (const { id: cellId } of tree.cells) {
    pool.add('cell', cellId);
    const cell = await call(url, 'cell', { token, params: { cellId } });
    pool.learn(cell.sites, 'sites');
    for (const { personId } of cell.members) {
      pool.add('person', personId);
      entries.push({ kind: 'person', personId });
    }
  }
  const known = new Map(entries.map((entry) => [JSON.stringify(entry), entry]));
  const players = [];
  for (const entry of [...known.values()].slice(0, count))
    players.push(await signIn(url, entry, players.length));
  for (const player of players.slice(0, 40)) {
    const home = await fetch(`${url}/api/home`, { headers: { authorization: `Bearer ${player.token}` } });
    const { now = [], coming = [] } = (await home.json()) as Partial<RouteAnswer<'home'>>;
    for (const { id } of [...now, ...coming]) pool.add('meeting', id);
  }
  return players;
}

export function handshakeOf({ token }: Player): string {
  return JSON.stringify({ token, protocol: protocolVersion, language: 'vi' });
}

/**
 * @returns the player's connection, made anew where it has ended and in the meetings of the pool as far as they may enter
 * them; null when the server refuses it.
 */
export async function connected(
  url: string,
  player: Player,
  { pool, chance }: { readonly pool: Pool; readonly chance: Chance },
): Promise<Wire | null> {
  if (player.wire && !player.wire.closed) return player.wire;
  const opening = await Wire.open(url, handshakeOf(player), player.address);
  if (opening.kind !== 'open') return null;
  player.wire = opening.wire;
  const meetings = new Set(Array.from({ length: 5 }, () => pool.pick('meeting', chance)));
  await opening.wire.ask('["watchWall",{}]');
  for (const meetingId of meetings) {
    if (meetingId === undefined) continue;
    const checkIn = { id: chance.letters(22), command: { type: 'checkIn', place: { mode: 'remote' } } };
    const attend = { ...checkIn, command: { type: 'attendAsSuperior' } };
    const media = chance.yes(0.3) ? 'wanted' : 'unwanted';
    for (const wish of [checkIn, attend]) {
      const request = { meetingId, media, checkIn: wish };
      const reply = await opening.wire.ask(JSON.stringify(['join', request]));
      if (reply.kind === 'answer') {
        const answer = reply.value as { ok?: boolean };
        if (answer.ok) pool.learn(answer);
        if (answer.ok) break;
      }
    }
  }
  return opening.wire;
}
