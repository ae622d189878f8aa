import type { Chance } from './chance.ts';

/** What an identifier names; one pool each. */
const kinds: Readonly<Record<string, string>> = {
  meetings: 'meeting',
  personIds: 'person',
  responsibleId: 'person',
  responsible: 'person',
  chairId: 'person',
  deputyChairId: 'person',
  clerkId: 'person',
  chair: 'person',
  deputyChair: 'person',
  clerk: 'person',
  certifiedBy: 'person',
  readBy: 'person',
  teller: 'person',
  roll: 'person',
  attendance: 'person',
  persons: 'person',
  superiors: 'person',
  members: 'person',
  to: 'site',
  sites: 'site',
  mainSite: 'site',
  cells: 'cell',
  parentId: 'organization',
  organizations: 'organization',
  votes: 'vote',
  openVote: 'vote',
  agenda: 'item',
  after: 'item',
  order: 'item',
  queue: 'request',
  speech: 'request',
  guests: 'guest',
  onSiteSuperiors: 'onSiteSuperior',
  send: 'transport',
  receive: 'transport',
  producerIds: 'producer',
  producers: 'producer',
  observationIds: 'observation',
  observations: 'observation',
  plans: 'visitPlan',
};
const kept = 96;
const identifier = /^[\w:-]{8,64}$/;

function kindOf(key: string): string {
  return kinds[key] ?? key.replace(/Id$/, '');
}

/** Identifiers that the server has named in its answers, so that later messages reach something that is there. */
export class Pool {
  readonly #known = new Map<string, string[]>();
  readonly #wider: Pool | null;

  /** @param wider where to look for what isn't known here, and now and then for what is. */
  constructor(wider: Pool | null = null) {
    this.#wider = wider;
  }

  add(key: string, id: string): void {
    const kind = kindOf(key);
    const list = this.#known.get(kind) ?? [];
    this.#known.set(kind, list);
    if (list.includes(id)) return;
    // The first stay: the meetings and people that all take part in.
    if (list.length < kept) list.push(id);
    else list[kept / 2 + ((list.length + id.charCodeAt(id.length - 1)) % (kept / 2))] = id;
  }

  /** @returns one that is known by such a name; undefined when none is. */
  pick(key: string, chance: Chance): string | undefined {
    const list = this.#known.get(kindOf(key));
    if (list !== undefined && (this.#wider === null || chance.yes(0.9))) return chance.pick(list);
    return this.#wider?.pick(key, chance);
  }

  /** Takes identifiers out of an answer, by the names under which they stand. */
  learn(value: unknown, key = '', depth = 0): void {
    if (depth > 7 || value === null) return;
    if (typeof value === 'string') {
      if (identifier.test(value) && key !== 'name' && key !== 'code') this.add(key, value);
      return;
    }
    if (Array.isArray(value)) {
      for (const entry of value.slice(0, 40)) this.learn(entry, key, depth + 1);
      return;
    }
    if (typeof value !== 'object') return;
    for (const [name, entry] of Object.entries(value).slice(0, 80)) {
      // A record by identifiers, or an entry that names itself: both are of the kind that they stand under.
      if (name.length >= 16 && identifier.test(name)) this.learn(name, key, depth + 1);
      this.learn(entry, name === 'id' || name.length >= 16 ? key : name, depth + 1);
    }
  }
}
