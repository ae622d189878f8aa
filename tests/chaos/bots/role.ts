import { setTimeout as wait } from 'node:timers/promises';
import { isPersonPresent } from '@diemcau/shared/domain/presence.ts';
import type { MeetingState, VoteState } from '@diemcau/shared/domain/state.ts';
import type { ClientCommand } from '@diemcau/shared/protocol/commands.ts';
import type { Participant } from './participant.ts';

/** What somebody does next, by what their screen shows; null: nothing now. */
export type Deed = (state: MeetingState, self: Participant) => ClientCommand | null;

export interface Pace {
  /** Milliseconds between two looks at the screen, from and below. */
  readonly every: readonly [number, number];
}

/** Does one deed after the other until told to stop, and comes back into the meeting when taken for gone. */
export class Role {
  readonly self: Participant;
  readonly #deed: Deed;
  readonly #pace: Pace;
  #running: Promise<void> = Promise.resolve();
  #stopped = true;

  constructor(self: Participant, deed: Deed, pace: Pace) {
    this.self = self;
    this.#deed = deed;
    this.#pace = pace;
  }

  start(): void {
    this.#stopped = false;
    this.#running = this.#run();
    // Whoever stops it hears of its end; until then it is not unhandled.
    this.#running.catch(() => undefined);
  }

  /** Resolves when what was begun is answered. @throws when a command stayed without an answer. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  /** Looks at the screen as it is in the log by now, and does what there is to do. */
  async step(): Promise<void> {
    const [device] = this.self.devices;
    if (!device) return;
    await this.self.enter(device);
    await device.refresh();
    const command = device.state && this.#deed(device.state, this.self);
    if (command) await this.self.give(command);
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      // Who has nothing to do looks at the screen all the same, so each device comes back by itself.
      for (const device of this.self.devices) await device.enter();
      const { state } = this.self;
      const command = state && (comeBack(state, this.self) ?? this.#deed(state, this.self));
      if (command) await this.self.give(command);
      await wait(this.self.chance.between(...this.#pace.every));
    }
  }
}

/** The grace of a lost line may have ended during a fault: whoever was taken for gone checks in again. */
function comeBack(state: MeetingState, { person }: Participant): ClientCommand | null {
  if (state.phase !== 'open' || isPersonPresent(state, person)) return null;
  return { type: 'checkIn', place: { mode: 'remote' } };
}

/** @returns the vote that is open; one that is closed already and not announced is none. */
export function openVoteOf(state: MeetingState): VoteState | null {
  const vote = state.openVote === null ? undefined : state.votes[state.openVote];
  return vote?.phase === 'open' ? vote : null;
}
