import type { RouteAnswer } from '@diemcau/shared/protocol/http.ts';
import { protocolVersion } from '@diemcau/shared/protocol/version.ts';
import { call } from '../support/api.ts';
import type { Chance } from './chance.ts';
import type { Stage } from './doors/door.ts';
import { Pool } from './pool.ts';
import { Wire } from './wire.ts';

/** Somebody of the demonstration who is signed in, at an address of their own of this computer. */
export interface Player {
  readonly name: string;
  readonly token: string;
  readonly cookie: string;
  readonly address: string;
  /** Those that the player has entered, or may enter. */
  meetings: readonly string[];
  /** Heads a cell, keeps a roll, has a terminal, or is above: what they ask for is seldom refused for who they are. */
  readonly rank: 'administrator' | 'officer' | 'member';
  /** What is the player's alone: transports, producers, consumers. */
  readonly own: Pool;
  /** Null between two connections. */
  wire: Wire | null;
  /** Null while no connection is being made: of several who wait for one, all get the same. */
  entering: Promise<Wire | null> | null;
}

type EnterAs = RouteAnswer<'demo'>['groups'][number]['entries'][number]['enterAs'];

/** Loopback addresses, so that many people are many addresses, as they are in a province. */
export function addressOf(index: number): string {
  return `127.${1 + (Math.floor(index / 250) % 200)}.${Math.floor(index / 50_000) % 250}.${1 + (index % 250)}`;
}

async function signIn(
  url: string,
  { enterAs, rank }: Pick<Player, 'rank'> & { readonly enterAs: EnterAs },
  index: number,
): Promise<Player> {
  const answer = await fetch(`${url}/api/demo/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ enterAs, slot: 'main' }),
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(`demoLogin: ${answer.status} ${JSON.stringify(body)}`);
  const cookie = /diemcau_main=([^;]*)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? '';
  const name = enterAs.kind === 'person' ? enterAs.personId : `${enterAs.kind} ${enterAs.siteId}`;
  const meetings = enterAs.kind === 'terminal' ? [enterAs.meetingId] : [];
  return {
    name,
    token: body.accessToken,
    cookie,
    address: addressOf(index),
    meetings,
    rank,
    own: new Pool(),
    wire: null,
    entering: null,
  };
}

/** Signs in officers, members, terminals, superiors and administrators of the demonstration, `count` at most. */
export async function gather(url: string, count: number, pool: Pool): Promise<readonly Player[]> {
  const demo = await call(url, 'demo', {});
  pool.learn(demo);
  const known = new Map<string, Pick<Player, 'rank'> & { readonly enterAs: EnterAs }>();
  const know = (enterAs: EnterAs, rank: Player['rank']) => {
    const key = JSON.stringify(enterAs);
    if (!known.has(key)) known.set(key, { enterAs, rank });
  };
  for (const { part, entries } of demo.groups) {
    for (const { enterAs } of entries.slice(0, 6))
      know(enterAs, part === 'member' || part === 'administrator' ? part : 'officer');
  }
  const administrator = demo.groups.find(({ part }) => part === 'administrator')?.entries[0];
  if (!administrator) throw new Error('the demonstration offers no administrator');
  const { token } = await signIn(url, { ...administrator, rank: 'officer' }, 0);
  const tree = await call(url, 'administration', { token });
  pool.learn(tree);
  for (const { id: cellId } of tree.cells) {
    pool.add('cell', cellId);
    const cell = await call(url, 'cell', { token, params: { cellId } });
    pool.learn(cell.sites, 'sites');
    for (const { personId, office, isClerk } of cell.members) {
      pool.add('person', personId);
      know({ kind: 'person', personId }, office !== null || isClerk ? 'officer' : 'member');
    }
  }
  const ranked = [...known.values()].toSorted(
    (a, b) => Number(a.rank === 'member') - Number(b.rank === 'member'),
  );
  const players = [];
  for (const entry of ranked.slice(0, count)) players.push(await signIn(url, entry, players.length));
  return players;
}

/** The meetings that are on the player's first page, or the terminal's one. */
async function meetingsOf(url: string, { token, meetings }: Player): Promise<readonly string[]> {
  if (meetings.length > 0) return meetings;
  const home = await fetch(`${url}/api/home`, { headers: { authorization: `Bearer ${token}` } });
  const { now = [], coming = [], superiorOf = [] } = (await home.json()) as Partial<RouteAnswer<'home'>>;
  const below = superiorOf.flatMap(({ live }) => live ?? []);
  return [...now, ...coming, ...below].map(({ id }) => id).slice(0, 4);
}

export function handshakeOf({ token }: Player): string {
  return JSON.stringify({ token, protocol: protocolVersion, language: 'vi' });
}

/** Who speaks, in which meeting, and what is known of it. */
export interface Speaking {
  readonly player: Player;
  readonly wire: Wire;
  readonly meetingId: string;
  readonly pool: Pool;
}

/** @returns somebody with a connection, made anew where it has ended; null when the server refuses it. */
export async function somebody(stage: Stage, chance: Chance): Promise<Speaking | null> {
  const { url, pool } = stage;
  const officers = chance.yes(0.6) ? stage.officers : stage.players;
  const player = chance.pick(officers);
  const known = player.wire && !player.wire.closed ? player.wire : await connection(stage, player, chance);
  if (known === null) return null;
  const meetingId = player.meetings.length > 0 ? chance.pick(player.meetings) : pool.pick('meeting', chance);
  if (meetingId === undefined) throw new Error(`no meeting is known at ${url}`);
  return { player, wire: known, meetingId, pool: poolOf(stage, meetingId) };
}

function poolOf({ pool, pools }: Stage, meetingId: string): Pool {
  const local = pools.get(meetingId) ?? new Pool(pool);
  pools.set(meetingId, local);
  return local;
}

function connection(stage: Stage, player: Player, chance: Chance): Promise<Wire | null> {
  player.entering ??= enter(stage, player, chance).finally(() => {
    player.entering = null;
  });
  return player.entering;
}

async function enter(stage: Stage, player: Player, chance: Chance): Promise<Wire | null> {
  const { url } = stage;
  const opening = await Wire.open(url, handshakeOf(player), player.address);
  if (opening.kind !== 'open') return null;
  const { wire } = opening;
  player.wire = wire;
  wire.onNews = (name, content) => {
    const { meetingId, events } = Object(content) as { meetingId?: string; events?: unknown };
    if (name === 'events' && meetingId !== undefined) poolOf(stage, meetingId).learn(events);
  };
  await wire.ask('["watchWall",{}]');
  player.meetings = await meetingsOf(url, player);
  for (const meetingId of player.meetings) {
    stage.pool.add('meeting', meetingId);
    const checkIn = { id: chance.letters(22), command: { type: 'checkIn', place: { mode: 'remote' } } };
    const attend = { ...checkIn, command: { type: 'attendAsSuperior' } };
    const media = chance.yes(0.3) ? 'wanted' : 'unwanted';
    for (const wish of [checkIn, attend, undefined]) {
      const reply = await wire.ask(JSON.stringify(['join', { meetingId, media, checkIn: wish }]));
      if (reply.kind !== 'answer' || Object(reply.value).ok !== true) continue;
      poolOf(stage, meetingId).learn(reply.value);
      player.own.learn(Object(Object(reply.value).value).media);
      break;
    }
    // Most of the rules are those of a meeting that is open; who may not open it is told so.
    for (const type of ['openMeeting', 'completeRollCall']) {
      const begin = { meetingId, id: chance.letters(22), command: { type } };
      if (player.rank !== 'member') await wire.ask(JSON.stringify(['command', begin]));
    }
  }
  return wire;
}
