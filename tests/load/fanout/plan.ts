/** The same load for product and baseline: members mark one after another, at a steady pace. */
export const plan = {
  members: 50,
  /** Every member's mark, and as many changes of mind. */
  marks: 250,
  /** Milliseconds between two marks. */
  pace: 20,
  runs: 5,
} as const;

/** Milliseconds from a mark's sending until the last of all screens had it, for each mark. */
export type FanoutTimes = readonly number[];

/** Sends marks at the plan's pace and waits until every screen has each. */
export async function drive(
  send: (mark: number) => void,
  allHave: (mark: number) => Promise<number>,
): Promise<FanoutTimes> {
  const times: Promise<number>[] = [];
  for (let mark = 0; mark < plan.marks; mark += 1) {
    const sentAt = performance.now();
    times.push(allHave(mark).then((arrivedAt) => arrivedAt - sentAt));
    send(mark);
    await new Promise((resolve) => setTimeout(resolve, plan.pace));
  }
  return Promise.all(times);
}
