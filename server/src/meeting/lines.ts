import { isChairLineDark } from '@diemcau/shared/domain/chair.ts';
import type { CommandOf } from '@diemcau/shared/domain/commands.ts';
import { entriesOf } from '@diemcau/shared/domain/evolution.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { PersonId, SiteId } from '@diemcau/shared/ids.ts';

/** Shorter drops than this, in milliseconds, never reach the log (ATT2). */
const tolerated = 5_000;

/** Whose connection it is. A person may have several; the last one counts. */
export type LineOwner =
  | { readonly kind: 'person'; readonly person: PersonId }
  | { readonly kind: 'site'; readonly site: SiteId };

interface Line {
  connections: number;
  /** When the last connection went, milliseconds of the clock that nobody sets. */
  downSince: number;
}

/** Whose line the log has as up, and whose as lost. */
interface Logged<K> {
  readonly up: readonly K[];
  readonly down: readonly K[];
}

interface Watched {
  readonly persons: Logged<PersonId>;
  readonly sites: Logged<SiteId>;
}

/** Which lines of a meeting are up; compares them with what the log says of them. */
export class Lines {
  readonly #persons = new Map<PersonId, Line>();
  readonly #sites = new Map<SiteId, Line>();
  readonly #begun: number;
  /** What the log says, and by which state: the same until an event concerns it, while every second looks at it. */
  #watched: Watched | null = null;
  #watchedIn: MeetingState | null = null;
  /** Of what the log says so, all was right when it was last looked at, and no line has changed since. */
  #settled: Watched | null = null;

  /** Who isn't connected when the watch begins (after a restart: everybody) counts as gone from then on. */
  constructor(now: number) {
    this.#begun = now;
  }

  up(owner: LineOwner): void {
    this.#settled = null;
    const line = this.#lineOf(owner);
    if (line) line.connections += 1;
    else if (owner.kind === 'person') this.#persons.set(owner.person, this.#firstLine());
    else this.#sites.set(owner.site, this.#firstLine());
  }

  down(owner: LineOwner, now: number): void {
    this.#settled = null;
    const line = this.#lineOf(owner);
    if (!line || line.connections === 0) return;
    line.connections -= 1;
    line.downSince = now;
  }

  get anyUp(): boolean {
    return isAnyUp(this.#persons) || isAnyUp(this.#sites);
  }

  /** @returns the one report of a tick, or null when the log is right about every line. */
  report(state: MeetingState, now: number): CommandOf<'reportLines'> | null {
    const watched = this.#watch(state);
    if (watched === this.#settled) return null;
    const { persons, sites } = watched;
    const lost = persons.up.filter((person) => this.#isGone(this.#persons.get(person), now));
    const restored = persons.down.filter((person) => isUp(this.#persons.get(person)));
    const sitesDark = sites.up.filter((site) => this.#isGone(this.#sites.get(site), now));
    const sitesBack = sites.down.filter((site) => isUp(this.#sites.get(site)));
    if (lost.length + restored.length + sitesDark.length + sitesBack.length === 0) {
      const allUp =
        persons.up.every((person) => isUp(this.#persons.get(person))) &&
        sites.up.every((site) => isUp(this.#sites.get(site)));
      // Otherwise the passing of time alone may bring a report.
      if (allUp) this.#settled = watched;
      return null;
    }
    return { type: 'reportLines', lost, restored: [...new Set(restored)], sitesDark, sitesBack };
  }

  #watch(state: MeetingState): Watched {
    const watched =
      this.#watched !== null && this.#watchedIn !== null && saysTheSameOfLines(this.#watchedIn, state)
        ? this.#watched
        : { persons: personsLogged(state), sites: sitesLogged(state) };
    this.#watched = watched;
    this.#watchedIn = state;
    return watched;
  }

  #lineOf(owner: LineOwner): Line | undefined {
    return owner.kind === 'person' ? this.#persons.get(owner.person) : this.#sites.get(owner.site);
  }

  #firstLine(): Line {
    return { connections: 1, downSince: this.#begun };
  }

  #isGone(line: Line | undefined, now: number): boolean {
    return !isUp(line) && now - (line?.downSince ?? this.#begun) >= tolerated;
  }
}

function isUp(line: Line | undefined): boolean {
  return line !== undefined && line.connections > 0;
}

function isAnyUp(lines: ReadonlyMap<unknown, Line>): boolean {
  for (const line of lines.values()) if (isUp(line)) return true;
  return false;
}

/** All that {@link personsLogged} and {@link sitesLogged} look at. */
function saysTheSameOfLines(a: MeetingState, b: MeetingState): boolean {
  return (
    a === b ||
    (a.attendance === b.attendance &&
      a.superiors === b.superiors &&
      a.sites === b.sites &&
      a.officers === b.officers &&
      a.phase === b.phase &&
      a.chairLine === b.chairLine)
  );
}

/**
 * Only remote people and superiors hang on their line: who sits in a hall is there whatever a telephone does. The chair
 * of a running meeting is watched in a hall too: without a line of any kind others may take over (CHAIR1).
 */
function personsLogged(state: MeetingState): Logged<PersonId> {
  const up: PersonId[] = [];
  const down: PersonId[] = [];
  for (const [person, { presence, source }] of entriesOf(state.attendance)) {
    if (presence.mode === 'remote') up.push(person);
    else if (presence.mode === 'reconnecting') down.push(person);
    // Taken for gone when the grace ended; who said that they leave has left.
    else if (presence.mode === 'left' && source === 'system') down.push(person);
  }
  const chair = state.officers?.chair;
  if (chair !== undefined && (state.phase === 'open' || state.phase === 'suspended')) {
    // A line logged as lost is watched wherever the chair is by then, so that its return is not missed.
    if (isChairLineDark(state, chair)) down.push(chair);
    else if (state.attendance[chair]?.presence.mode === 'onSite') up.push(chair);
  }
  for (const [person, { graceEndsAt }] of entriesOf(state.superiors)) {
    (graceEndsAt === null ? up : down).push(person);
  }
  return { up, down };
}

function sitesLogged(state: MeetingState): Logged<SiteId> {
  const up: SiteId[] = [];
  const down: SiteId[] = [];
  for (const [site, { terminal }] of entriesOf(state.sites)) {
    if (terminal?.line === 'up') up.push(site);
    else if (terminal?.line === 'dark') down.push(site);
  }
  return { up, down };
}
