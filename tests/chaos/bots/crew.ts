import { setTimeout as wait } from 'node:timers/promises';
import type { MeetingId, SiteId } from '@diemcau/shared/ids.ts';
import { makeCell } from '../../support/members.ts';
import { firstCodeOf, type Product } from '../../support/product.ts';
import { Ledger } from '../ledger.ts';
import { monotonicNow, type Seeded } from '../seeded.ts';
import { Account } from './account.ts';
import { convene, shortenVotes, summonMeetings } from './convening.ts';
import { chairDeed, memberDeed, tellerDeed } from './deeds.ts';
import { Participant } from './participant.ts';
import { Role } from './role.ts';

export interface CrewPlan {
  /** At least five: chair, clerk, teller, one in the hall, one far away. */
  readonly members: number;
  /** Meetings that go on at the same time, each with all members. */
  readonly meetings: number;
  /** Events that a vote brings before it is closed. */
  readonly eventsAVote: number;
}

/** How long after a fault everybody may take until something of theirs is recorded again, in milliseconds. */
const recovery = 90_000;

/** One meeting's bots, by what they do. */
export interface MeetingCrew {
  readonly meetingId: MeetingId;
  readonly participants: readonly Participant[];
  readonly roles: readonly Role[];
  readonly chair: Role;
  readonly teller: Role;
}

/** Everybody who attends the meetings of a run. */
export class Crew {
  readonly ledger = new Ledger();
  readonly accounts: readonly Account[];
  readonly meetings: readonly MeetingCrew[];
  #opens = true;
  #assembledAt = 0;

  private constructor(accounts: readonly Account[], build: (crew: Crew) => readonly MeetingCrew[]) {
    this.accounts = accounts;
    this.meetings = build(this);
  }

  /**
   * Makes a cell and its meetings on a product that is empty, and brings everybody in: one by teller in the hall, the rest far
   * away. Nothing is left undone when this resolves: all meetings are open and their roll calls complete.
   */
  static async assemble(
    product: Product,
    plan: CrewPlan,
    chance: Seeded,
    firstCode: string = firstCodeOf(product),
  ): Promise<Crew> {
    const cell = await makeCell(product, firstCode, plan.members);
    const accounts = cell.members.map((member) => new Account(member, () => product.url));
    const [chair, , teller] = cell.members;
    if (!chair || !teller) throw new Error('too few members');
    await shortenVotes(product.url);
    const { siteId, meetingIds } = await summonMeetings(
      product.url,
      cell.cellId,
      cell.members,
      plan.meetings,
    );
    const crew = new Crew(accounts, (crew) =>
      meetingIds.map((meetingId, index) => {
        const among = chance.fork(`meeting ${index}`);
        return crew.#meeting({ meetingId, siteId, url: product.url, plan, chance: among });
      }),
    );
    await Promise.all(
      crew.meetings.map(({ participants }) => convene(participants, siteId, teller.personId)),
    );
    crew.#assembledAt = monotonicNow();
    return crew;
  }

  /** When everybody was in, monotonic nanoseconds. */
  get assembledAt(): number {
    return this.#assembledAt;
  }

  start(): void {
    this.#opens = true;
    for (const { roles } of this.meetings) for (const role of roles) role.start();
  }

  /** Everybody ends what they have begun, and every vote is closed and announced. */
  async stop(): Promise<void> {
    this.#opens = false;
    await Promise.all(this.meetings.flatMap(({ roles }) => roles.map((role) => role.stop())));
    await Promise.all(this.meetings.map(settle));
  }

  /** Resolves when something new of everybody who marks has been recorded. @throws when somebody waits too long. */
  async recovered(): Promise<void> {
    const since = monotonicNow();
    const waiting = () =>
      this.meetings.flatMap(({ participants }) =>
        participants.slice(4).filter(({ lastReceiptAt }) => lastReceiptAt < since),
      );
    while (waiting().length > 0) {
      if (monotonicNow() - since > recovery * 1e6) {
        throw new Error(`after ${recovery} ms nothing of ${waiting().length} people is recorded`);
      }
      await wait(50);
    }
  }

  /** Resolves when so many marks have been answered with a receipt in all. @throws when none comes for a while. */
  async work(marks: number): Promise<void> {
    let [last, since] = [this.acknowledgedMarks, monotonicNow()];
    while (last < marks) {
      await wait(100);
      const now = this.acknowledgedMarks;
      if (now > last) [last, since] = [now, monotonicNow()];
      else if (monotonicNow() - since > recovery * 1e6)
        throw new Error(`no mark was taken for ${recovery} ms`);
    }
  }

  /** Marks that were answered with a receipt so far. */
  get acknowledgedMarks(): number {
    return this.ledger.given.filter(
      ({ command, receipts }) => command.type === 'castMark' && receipts.length > 0,
    ).length;
  }

  close(): void {
    for (const { participants } of this.meetings) for (const participant of participants) participant.close();
  }

  #meeting(parts: {
    readonly meetingId: MeetingId;
    readonly siteId: SiteId;
    readonly url: string;
    readonly plan: CrewPlan;
    readonly chance: Seeded;
  }): MeetingCrew {
    const { meetingId, siteId, url, plan, chance } = parts;
    const participants = this.accounts.map((account, index) => {
      const own = chance.fork(`member ${index}`);
      const devices = index % 3 === 0 ? 1 : 2;
      return new Participant({ url, meetingId, account, devices, ledger: this.ledger, chance: own });
    });
    const deed = chairDeed({ marks: () => plan.eventsAVote, opens: () => this.#opens });
    const [first, , third] = participants;
    if (!first || !third) throw new Error('too few members');
    const chair = new Role(first, deed, { every: [30, 120] });
    const teller = new Role(third, tellerDeed(siteId), { every: [60, 200] });
    const members = participants
      .filter((participant) => participant !== first && participant !== third)
      .map((participant) => new Role(participant, memberDeed, { every: [15, 110] }));
    return { meetingId, participants, roles: [chair, teller, ...members], chair, teller };
  }
}

/** The last vote is counted, closed and announced, the last speech ended. */
async function settle({ chair, teller }: MeetingCrew): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    await teller.step();
    await chair.step();
    await chair.self.devices[0]?.refresh();
    const { state } = chair.self;
    if (state && state.openVote === null && nothingIsLeft(state)) return;
    await wait(100);
  }
  throw new Error('the last vote could not be closed and announced');
}

function nothingIsLeft({ voteOrder, votes, speaking }: NonNullable<Participant['state']>): boolean {
  const undecided = voteOrder.some((id) => votes[id]?.phase === 'closed');
  return !undecided && speaking.queue.length === 0 && speaking.speech === null;
}
