import { keyPrefix, keys } from './keys.ts';
import type { LeaseName } from './lease-line.ts';
import { inTime, type Redis } from './redis.ts';

/**
 * Takes or renews the lease of a node: `held` when it stood, `anew` when there was none, `taken` when another process has it.
 * The others' readiness is judged by its state alone.
 */
const renewScript = `
  local mine = redis.call('HGET', KEYS[1], 'incarnation')
  if mine and mine ~= ARGV[1] then return 'taken' end
  redis.call('HSET', KEYS[1], 'incarnation', ARGV[1], 'address', ARGV[2], 'state', ARGV[3])
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
  redis.call('SADD', KEYS[2], ARGV[5])
  return mine and 'held' or 'anew'`;

const endScript = `
  if redis.call('HGET', KEYS[1], 'incarnation') == ARGV[1] then
    redis.call('DEL', KEYS[1])
    redis.call('SREM', KEYS[2], ARGV[2])
  end
  return 1`;

const nodesScript = `
  local found = {}
  for _, name in ipairs(redis.call('SMEMBERS', KEYS[1])) do
    local key = '${keyPrefix}node:' .. name
    local lease = redis.call('HMGET', key, 'incarnation', 'address', 'state')
    if lease[1] then found[#found + 1] = { name, lease[1], lease[2], lease[3], redis.call('PTTL', key) }
    else redis.call('SREM', KEYS[1], name) end
  end
  return found`;

/**
 * For each meeting (pairs of id and wished owner): its owner as it is when that one's lease stands, else the wished one from
 * now on. An empty wish only looks. Answers pairs of owner and what was done: kept, placed, or taken from a dead node.
 */
const placeScript = `
  local answers = {}
  local function stands(owner)
    local at = string.find(owner, ' ', 1, true)
    if not at then return false end
    local lease = redis.call('HGET', '${keyPrefix}node:' .. string.sub(owner, 1, at - 1), 'incarnation')
    return lease == string.sub(owner, at + 1)
  end
  local known = {}
  local function alive(owner)
    if known[owner] == nil then known[owner] = stands(owner) end
    return known[owner]
  end
  for index = 1, #ARGV, 2 do
    local id, wish = ARGV[index], ARGV[index + 1]
    local owner = redis.call('HGET', KEYS[1], id)
    if owner and alive(owner) then
      answers[#answers + 1] = owner
      answers[#answers + 1] = 'kept'
    elseif wish ~= '' and alive(wish) then
      redis.call('HSET', KEYS[1], id, wish)
      answers[#answers + 1] = wish
      answers[#answers + 1] = owner and 'taken' or 'placed'
    else
      answers[#answers + 1] = ''
      answers[#answers + 1] = 'kept'
    end
  end
  return answers`;

/** Gives a meeting of one's own to another node, or to nobody (an empty wish). */
const moveScript = `
  if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
  if ARGV[3] == '' then redis.call('HDEL', KEYS[1], ARGV[1])
  else redis.call('HSET', KEYS[1], ARGV[1], ARGV[3]) end
  return 1`;

export interface LeaseFields extends LeaseName {
  readonly address: string;
  readonly state: 'open' | 'draining';
}

/** A node whose lease stands. */
export interface LivingNode extends LeaseFields {
  /** Milliseconds after which it ends unless it is renewed. */
  readonly rest: number;
}

export type Renewal = 'held' | 'anew' | 'taken';
export type PlaceAct = 'kept' | 'placed' | 'taken';

function run(redis: Redis, script: string, keysOf: string[], args: string[]): Promise<unknown> {
  return inTime(redis.eval(script, { keys: keysOf, arguments: args }));
}

/** @returns every meeting that stands in the table of places. */
export function placedMeetings(redis: Redis): Promise<readonly string[]> {
  return inTime(redis.hKeys(keys.places));
}

export async function renewLease(redis: Redis, fields: LeaseFields, milliseconds: number): Promise<Renewal> {
  const { name, incarnation, address, state } = fields;
  const args = [incarnation, address, state, String(milliseconds), name];
  const answer = await run(redis, renewScript, [keys.node(name), keys.nodes], args);
  if (answer === 'held' || answer === 'anew' || answer === 'taken') return answer;
  throw new Error(`a lease was answered with ${String(answer)}`);
}

export async function endLease(redis: Redis, { name, incarnation }: LeaseName): Promise<void> {
  await run(redis, endScript, [keys.node(name), keys.nodes], [incarnation, name]);
}

/** @returns every node whose lease stands, in the order of their names. */
export async function livingNodes(redis: Redis): Promise<readonly LivingNode[]> {
  const rows = (await run(redis, nodesScript, [keys.nodes], [])) as [
    string,
    string,
    string,
    string,
    number,
  ][];
  return rows
    .map(([name, incarnation, address, state, rest]) => ({
      name,
      incarnation,
      address,
      state: state === 'draining' ? ('draining' as const) : ('open' as const),
      rest,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

export interface Placed {
  /** As {@link ownerText}; empty when nobody has the meeting and nobody was wished. */
  readonly owner: string;
  readonly act: PlaceAct;
}

/** @param wishes pairs of meeting and wished owner (as {@link ownerText}; empty only looks). */
export async function placeMeetings(
  redis: Redis,
  wishes: readonly (readonly [meetingId: string, owner: string])[],
): Promise<readonly Placed[]> {
  if (wishes.length === 0) return [];
  const answers = (await run(redis, placeScript, [keys.places], wishes.flat())) as string[];
  return wishes.map((_, index) => ({
    owner: answers[2 * index] ?? '',
    act: (answers[2 * index + 1] ?? 'kept') as PlaceAct,
  }));
}

/** @returns whether the meeting was `from`'s to give. */
export async function moveMeeting(
  redis: Redis,
  meetingId: string,
  from: string,
  to: string,
): Promise<boolean> {
  return (await run(redis, moveScript, [keys.places], [meetingId, from, to])) === 1;
}

/** How an owner stands in the table of places. */
export function ownerText({ name, incarnation }: LeaseName): string {
  return `${name} ${incarnation}`;
}
