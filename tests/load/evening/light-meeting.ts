import { setTimeout as pause } from 'node:timers/promises';
import type { VoteId } from '@diemcau/shared/ids.ts';
import type { ClientCommand } from '@diemcau/shared/protocol/commands.ts';
import type { Known } from '@diemcau/shared/protocol/requests.ts';
import type { Head } from '@diemcau/shared/protocol/socket.ts';
import { delayBefore, reconnectBackoff } from '../../../client/src/net/backoff.ts';
import type { LightLine } from './line.ts';
import { addressFor, entryOf, openLine } from './members.ts';
import type { EveningMeeting, EveningPerson } from './plan.ts';
import { note, type Tally } from './tally.ts';

/** What a screen reads of an event. */
interface SeenEvent {
  readonly seq: number;
  readonly hash: string;
  readonly type: string;
  readonly data?: { readonly vote?: VoteId };
}

interface Screen {
  readonly line: LightLine;
  /** Number of the last event that it has; it must have every one of them once. */
  seq: number;
  hash: string;
}

/** A command's effect that is still on its way to some screens. */
interface OnTheWay {
  readonly seq: number;
  readonly sentAt: number;
  missing: number;
}

/** After so long somebody who can't come in gives up, milliseconds. */
const entryPatience = 60_000;

/** The members of one meeting, each on a line of its own. All of a meeting are in one process, so that one clock tells the time. */
export class LightMeeting {
  readonly meeting: EveningMeeting;
  readonly #url: string;
  readonly #mint: (person: EveningPerson) => string;
  readonly #tallyOf: () => Tally;
  readonly #screens = new Map<number, Screen>();
  /** What those had seen whose line ended: they say so when they come back. */
  readonly #seen = new Map<number, Known>();
  readonly #onTheWay: OnTheWay[] = [];
  #commands = 0;
  #lastText = '';
  #lastEvents: readonly SeenEvent[] = [];
  #vote: VoteId | null = null;

  constructor(
    meeting: EveningMeeting,
    url: string,
    { mint, tally }: { readonly mint: (person: EveningPerson) => string; readonly tally: () => Tally },
  ) {
    this.meeting = meeting;
    this.#url = url;
    this.#mint = mint;
    this.#tallyOf = tally;
  }

  /** Where what is seen now is noted. */
  get #tally(): Tally {
    return this.#tallyOf();
  }

  /** The vote that was opened last. */
  get vote(): VoteId {
    if (this.#vote === null) throw new Error('no vote is open');
    return this.#vote;
  }

  /** How many are connected and in the room. */
  get present(): number {
    return this.#screens.size;
  }

  /** A member connects, enters the room and checks in. @returns whether they are in. */
  async arrive(place: number): Promise<boolean> {
    const member = this.#member(place);
    const address = addressFor(this.meeting.index + place);
    const line = await this.#comeIn(() =>
      openLine(this.#url, this.#mint(member), address, {
        onEvent: (text) => this.#see(place, text),
        onLost: () => this.#lose(place),
      }),
    );
    const sentAt = performance.now();
    return new Promise((resolve) => {
      line.ask('join', entryOf(this.meeting, member, this.#seen.get(place)), (text) => {
        const head = text?.startsWith('[{"ok":true') ? headOf(text) : null;
        if (head === null) {
          this.#fail(`join: ${text?.slice(0, 200)}`);
          line.close();
        } else {
          this.#tally.acknowledged.push(performance.now() - sentAt);
          this.#screens.set(place, { line, ...head });
        }
        resolve(head !== null);
      });
    });
  }

  /** Gives a member's command, and resolves when it is acknowledged. @returns whether it was accepted. */
  give(place: number, command: ClientCommand | { readonly type: string }): Promise<boolean> {
    const screen = this.#screens.get(place);
    if (!screen) {
      this.#fail(`${command.type}: not there`);
      return Promise.resolve(false);
    }
    const { meetingId } = this.meeting;
    const id = `${this.#member(place).person}-${this.#commands++}`;
    const sentAt = performance.now();
    return new Promise((resolve) => {
      screen.line.ask('command', { meetingId, id, command }, (text) => {
        const seq = text?.startsWith('[{"ok":true') ? seqIn(text, text.indexOf('"seq":')) : null;
        if (seq === null) this.#fail(`${command.type}: ${text?.slice(0, 200)}`);
        else this.#acknowledged(seq, sentAt);
        resolve(seq !== null);
      });
    });
  }

  /** Everybody's line ends, as when pages are closed. What a screen lacks by then it has missed. */
  close(): void {
    const newest = Math.max(0, ...Array.from(this.#screens.values(), ({ seq }) => seq));
    for (const [place, { line, seq, hash }] of this.#screens) {
      this.#tally.missed += newest - seq;
      this.#seen.set(place, { seq, hash, officer: isOfficer(place) });
      line.close();
    }
    this.#screens.clear();
  }

  /** One member's line ends, as when a page is closed. */
  leave(place: number): void {
    const screen = this.#screens.get(place);
    if (!screen) return;
    this.#seen.set(place, { seq: screen.seq, hash: screen.hash, officer: isOfficer(place) });
    screen.line.close();
    this.#screens.delete(place);
  }

  /** Who is turned away comes again by full jitter, as the product's own client does. */
  async #comeIn(open: () => Promise<LightLine>): Promise<LightLine> {
    const deadline = performance.now() + entryPatience;
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await open();
      } catch (error) {
        if (performance.now() > deadline) throw error;
        this.#tally.turnedAway += 1;
        await pause(delayBefore(attempt, reconnectBackoff, Math.random));
      }
    }
  }

  #acknowledged(seq: number, sentAt: number): void {
    const now = performance.now();
    this.#tally.acknowledged.push(now - sentAt);
    let missing = 0;
    for (const screen of this.#screens.values()) if (screen.seq < seq) missing += 1;
    if (missing === 0) this.#tally.fanout.push(now - sentAt);
    else this.#onTheWay.push({ seq, sentAt, missing });
  }

  #see(place: number, text: string): void {
    const screen = this.#screens.get(place);
    if (!screen || !text.startsWith('["events"')) return;
    const before = screen.seq;
    for (const event of this.#read(text)) {
      if (event.seq <= screen.seq) {
        this.#tally.repeated += 1;
        continue;
      }
      this.#tally.missed += event.seq - screen.seq - 1;
      screen.seq = event.seq;
      screen.hash = event.hash;
      if (event.type === 'voteOpened') this.#vote = event.data?.vote ?? null;
    }
    for (const way of this.#onTheWay) {
      if (way.seq <= before || way.seq > screen.seq) continue;
      way.missing -= 1;
      if (way.missing === 0) this.#tally.fanout.push(performance.now() - way.sentAt);
    }
    if (this.#onTheWay[0]?.missing === 0) this.#onTheWay.shift();
  }

  /** Most of a meeting's screens get the very same text. */
  #read(text: string): readonly SeenEvent[] {
    if (text !== this.#lastText) {
      const [, message] = JSON.parse(text) as [string, { readonly events: readonly SeenEvent[] }];
      this.#lastText = text;
      this.#lastEvents = message.events;
    }
    return this.#lastEvents;
  }

  #lose(place: number): void {
    if (!this.#screens.delete(place)) return;
    this.#tally.lines += 1;
    note(this.#tally, 'a line ended by itself');
  }

  #fail(trouble: string): void {
    this.#tally.failed += 1;
    note(this.#tally, trouble);
  }

  #member(place: number): EveningPerson {
    const member = this.meeting.members[place];
    if (!member) throw new Error('no such member');
    return member;
  }
}

/** The evening makes the first member chair and the second clerk. */
function isOfficer(place: number): boolean {
  return place < 2;
}

/** @returns the log's end in a join's answer; unparsed, since tens of thousands of snapshots come in. */
function headOf(text: string): Head | null {
  const from = text.lastIndexOf('"head":{"seq":');
  const found = from < 0 ? null : /"seq":(\d+),"hash":"([0-9a-f]+)"/.exec(text.slice(from, from + 120));
  return found?.[2] === undefined ? null : { seq: Number(found[1]), hash: found[2] };
}

function seqIn(text: string, from: number): number | null {
  const digits = from < 0 ? null : /"seq":(\d+)/.exec(text.slice(from, from + 40));
  return digits ? Number(digits[1]) : null;
}
