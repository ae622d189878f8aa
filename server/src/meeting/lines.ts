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

/** Which lines of a meeting are up; compares them with what the log says of them. */
export class Lines {
  readonly #lines = new Map<string, Line>();
  readonly #begun: number;

  /** Who isn't connected when the watch begins (after a restart: everybody) counts as gone from then on. */
  constructor(now: number) {
    this.#begun = now;
  }

  up(owner: LineOwner): void {
    const key = keyOf(owner);
    const line = this.#lines.get(key) ?? { connections: 0, downSince: this.#begun };
    line.connections += 1;
    this.#lines.set(key, line);
  }

  down(owner: LineOwner, now: number): void {
    const line = this.#lines.get(keyOf(owner));
    if (!line || line.connections === 0) return;
    line.connections -= 1;
    line.downSince = now;
  }

  get anyUp(): boolean {
    return Array.from(this.#lines.values()).some(({ connections }) => connections > 0);
  }

  /** @returns the one report of a tick, or null when the log is right about every line. */
  report(state: MeetingState, now: number): CommandOf<'reportLines'> | null {
    const persons = watchedPersons(state);
    const sites = Object.values(state.sites).filter(({ terminal }) => terminal !== null);
    const report: CommandOf<'reportLines'> = {
      type: 'reportLines',
      lost: persons
        .filter(({ logged, person }) => logged === 'up' && this.#isGone({ kind: 'person', person }, now))
        .map(({ person }) => person),
      restored: persons
        .filter(({ logged, person }) => logged === 'down' && this.#isUp({ kind: 'person', person }))
        .map(({ person }) => person)
        .filter((person, index, all) => all.indexOf(person) === index),
      sitesDark: sites
        .filter(
          ({ id, terminal }) => terminal?.line === 'up' && this.#isGone({ kind: 'site', site: id }, now),
        )
        .map(({ id }) => id),
      sitesBack: sites
        .filter(({ id, terminal }) => terminal?.line === 'dark' && this.#isUp({ kind: 'site', site: id }))
        .map(({ id }) => id),
    };
    const { lost, restored, sitesDark, sitesBack } = report;
    return lost.length + restored.length + sitesDark.length + sitesBack.length > 0 ? report : null;
  }

  #isUp(owner: LineOwner): boolean {
    return (this.#lines.get(keyOf(owner))?.connections ?? 0) > 0;
  }

  #isGone(owner: LineOwner, now: number): boolean {
    const line = this.#lines.get(keyOf(owner));
    if (line && line.connections > 0) return false;
    return now - (line?.downSince ?? this.#begun) >= tolerated;
  }
}

function keyOf(owner: LineOwner): string {
  return owner.kind === 'person' ? `person:${owner.person}` : `site:${owner.site}`;
}

interface WatchedPerson {
  readonly person: PersonId;
  readonly logged: 'up' | 'down';
}

/**
 * Only remote people and superiors hang on their line: who sits in a hall is there whatever a telephone does. The chair
 * of a running meeting is watched in a hall too: without a line of any kind others may take over (CHAIR1).
 */
function watchedPersons(state: MeetingState): readonly WatchedPerson[] {
  const watched: WatchedPerson[] = [];
  for (const [person, { presence, source }] of entriesOf(state.attendance)) {
    if (presence.mode === 'remote') watched.push({ person, logged: 'up' });
    else if (presence.mode === 'reconnecting') watched.push({ person, logged: 'down' });
    // Taken for gone when the grace ended; who said that they leave has left.
    else if (presence.mode === 'left' && source === 'system') watched.push({ person, logged: 'down' });
  }
  const chair = state.officers?.chair;
  if (chair !== undefined && (state.phase === 'open' || state.phase === 'suspended')) {
    // A line logged as lost is watched wherever the chair is by then, so that its return is not missed.
    if (isChairLineDark(state, chair)) watched.push({ person: chair, logged: 'down' });
    else if (state.attendance[chair]?.presence.mode === 'onSite')
      watched.push({ person: chair, logged: 'up' });
  }
  for (const [person, { graceEndsAt }] of entriesOf(state.superiors)) {
    watched.push({ person, logged: graceEndsAt === null ? 'up' : 'down' });
  }
  return watched;
}
