import { setTimeout as wait } from 'node:timers/promises';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import { asId, type CommandId, type MeetingId, type PersonId } from '@diemcau/shared/ids.ts';
import type { ClientCommand } from '@diemcau/shared/protocol/commands.ts';
import type { Answer, Receipt } from '@diemcau/shared/protocol/socket.ts';
import { type GivenCommand, isPassing, type Ledger } from '../ledger.ts';
import { monotonicNow, type Seeded } from '../seeded.ts';
import type { Account } from './account.ts';
import { Device } from './device.ts';

/** How often (0 to 1) a device sends twice, hangs up before the answer, gives up then, asks again later, or leaves a server that is silent. */
const often = {
  twoDevices: 0.12,
  twice: 0.12,
  hangUp: 0.05,
  giveUp: 0.03,
  askAgain: 0.1,
  leave: 0.4,
} as const;
/** The longest that a command may go unanswered through any fault, in milliseconds. */
const longest = 120_000;

export interface ParticipantParts {
  readonly url: string;
  readonly meetingId: MeetingId;
  readonly account: Account;
  readonly devices: number;
  readonly ledger: Ledger;
  readonly chance: Seeded;
}

/** What became of a command in the end. */
export type Outcome = 'recorded' | 'refused' | 'givenUp';

/** A person in one meeting with several devices, who repeats a command under its id until it is answered. */
export class Participant {
  readonly person: PersonId;
  readonly meetingId: MeetingId;
  readonly chance: Seeded;
  readonly devices: readonly Device[];
  readonly #ledger: Ledger;
  #lastReceiptAt = 0;

  constructor({ url, meetingId, account, devices, ledger, chance }: ParticipantParts) {
    this.person = account.personId;
    this.meetingId = meetingId;
    this.chance = chance;
    this.#ledger = ledger;
    const parts = {
      url,
      meetingId,
      ledger,
      token: () => account.token(),
      tokenRefused: () => account.refused(),
    };
    this.devices = Array.from({ length: devices }, () => new Device(parts));
  }

  /** What the first device shows. */
  get state(): MeetingState | null {
    return this.devices[0]?.state ?? null;
  }

  /** When something was last recorded of this person, monotonic nanoseconds. */
  get lastReceiptAt(): number {
    return this.#lastReceiptAt;
  }

  /** Gives a command in plain: no duplicate, nothing dropped. @throws when it is refused. */
  async must(command: ClientCommand): Promise<void> {
    const given = this.#begin(command);
    if ((await this.#carry(given, this.#first())) !== 'recorded') {
      throw new Error(`${command.type} was refused: ${given.refusals.at(-1)?.code}`);
    }
  }

  /** Gives a command as hands and lines do: sometimes twice, sometimes from two devices, sometimes without hearing the answer. */
  async give(command: ClientCommand): Promise<Outcome> {
    const { chance } = this;
    const given = this.#begin(command);
    const device = chance.pick(this.devices);
    await this.enter(device);
    const echoes: Promise<unknown>[] = [];
    if (chance.happens(often.twoDevices)) echoes.push(this.#echo(given, chance.pick(this.devices)));
    if (chance.happens(often.twice)) echoes.push(this.#echo(given, device));
    if (chance.happens(often.hangUp)) {
      echoes.push(this.#echo(given, device));
      await wait(chance.between(0, 4));
      device.cut();
      if (chance.happens(often.giveUp / often.hangUp)) {
        await Promise.all(echoes);
        return 'givenUp';
      }
    }
    const outcome = await this.#carry(given, chance.pick(this.devices));
    await Promise.all(echoes);
    if (outcome === 'recorded' && chance.happens(often.askAgain)) await this.#echo(given, device);
    return outcome;
  }

  /** Resolves when the device is in the room. */
  async enter(device: Device): Promise<void> {
    const deadline = monotonicNow() + longest * 1e6;
    while (!(await device.enter())) {
      if (monotonicNow() > deadline) throw new Error('a device could not enter the meeting again');
      if (this.chance.happens(often.leave)) device.goHome();
      await wait(40);
    }
  }

  close(): void {
    for (const device of this.devices) device.close();
  }

  #first(): Device {
    const [device] = this.devices;
    if (!device) throw new Error('nobody comes without a device');
    return device;
  }

  #begin(command: ClientCommand): GivenCommand {
    const id = asId<CommandId>(this.chance.newId());
    return this.#ledger.begin({ id, meetingId: this.meetingId, person: this.person, command });
  }

  /** Sends once and hears what comes, or not. */
  async #echo(given: GivenCommand, device: Device): Promise<Answer<Receipt> | null> {
    given.sendings += 1;
    const { id, meetingId, command } = given;
    return device.ask('command', { meetingId, id, command }, (answer) => {
      this.#ledger.answered(given, answer);
      if (answer.ok) this.#lastReceiptAt = monotonicNow();
    });
  }

  async #carry(given: GivenCommand, first: Device): Promise<'recorded' | 'refused'> {
    const deadline = monotonicNow() + longest * 1e6;
    for (let device = first; ; device = this.chance.pick(this.devices)) {
      const answer = (await device.enter()) ? await this.#echo(given, device) : null;
      if (answer?.ok) return 'recorded';
      if (answer && !isPassing(answer.code)) return 'refused';
      if (answer === null && this.chance.happens(often.leave)) device.goHome();
      if (monotonicNow() > deadline) throw new Error(`${given.command.type} got no answer for ${longest} ms`);
      await wait(this.chance.between(15, 60));
    }
  }
}
