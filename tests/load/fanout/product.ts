import type { VoteId } from '@diemcau/shared/ids.ts';
import { type Attendant, attend, enter, give, makeCell, openVote } from '../../support/members.ts';
import { firstCodeOf, startProduct } from '../../support/product.ts';
import { type FanoutTimes, plan } from './plan.ts';

/** A meeting of the product with a vote open and everybody present, ready for run after run. */
export interface Hall {
  run(): Promise<FanoutTimes>;
  close(): Promise<void>;
}

/** Starts the product and brings the plan's members, each on a connection of its own, into one meeting with an open vote. */
export async function openHall(): Promise<Hall> {
  const product = await startProduct({ DEMO: '0', LOG_LEVEL: 'silent' });
  const cell = await makeCell(product, firstCodeOf(product), plan.members);
  const people = cell.members.map(({ token }) => attend(product.url, token, cell.meetingId));
  const vote = await convene(people);
  const screens = new SeqClock(people);
  return {
    run: () => run(people, vote, screens),
    close: async () => {
      for (const { connection } of people) connection.close();
      await product.stop();
    },
  };
}

/** Everybody remote and checked in, the meeting opened, a vote open. */
async function convene(people: readonly Attendant[]): Promise<VoteId> {
  const [chair] = people;
  if (!chair) throw new Error('nobody is there');
  await enter(chair, null);
  await give(chair, { type: 'summonMeeting' });
  for (const person of people) await enter(person, { type: 'checkIn', place: { mode: 'remote' } });
  await give(chair, { type: 'openMeeting' });
  await give(chair, { type: 'completeRollCall' });
  return openVote(chair);
}

/** When the last of all screens had each event: the state, folded, not just the frame. */
class SeqClock {
  readonly #lastAt = new Map<number, number>();
  readonly #seen = new Map<number, number>();
  readonly #screens: number;

  constructor(people: readonly Attendant[]) {
    this.#screens = people.length;
    for (const { client } of people) {
      let known = client.state.get()?.seq ?? 0;
      client.state.subscribe(() => {
        const seq = client.state.get()?.seq ?? 0;
        const now = performance.now();
        for (; known < seq; known += 1) {
          this.#seen.set(known + 1, (this.#seen.get(known + 1) ?? 0) + 1);
          this.#lastAt.set(known + 1, now);
        }
      });
    }
  }

  /** @returns when the last screen had the event; waits until it has. */
  async allHave(seq: number): Promise<number> {
    while ((this.#seen.get(seq) ?? 0) < this.#screens) await new Promise((resolve) => setTimeout(resolve, 5));
    return this.#lastAt.get(seq) ?? Number.NaN;
  }
}

async function run(people: readonly Attendant[], vote: VoteId, screens: SeqClock): Promise<FanoutTimes> {
  const times: Promise<number>[] = [];
  for (let mark = 0; mark < plan.marks; mark += 1) {
    const person = people[mark % people.length];
    if (!person) continue;
    const choice = mark % 2 === 0 ? 'inFavour' : 'against';
    const sentAt = performance.now();
    const recorded = give(person, { type: 'castMark', vote, choice });
    times.push(recorded.then((seq) => screens.allHave(seq)).then((arrivedAt) => arrivedAt - sentAt));
    await new Promise((resolve) => setTimeout(resolve, plan.pace));
  }
  return Promise.all(times);
}
