import type { QuorumMoment } from '@diemcau/shared/domain/quorum-history.ts';

/** A quorum as a fraction of the official members. */
export interface Fraction {
  readonly numerator: number;
  readonly denominator: number;
}

/** The quorum's history as steps in a box of 100 by 100, its origin at the top left. */
export interface QuorumSteps {
  readonly from: number;
  readonly to: number;
  /** People at the upper edge. */
  readonly top: number;
  /** Paths of an SVG: who was present, the ground under it, and how many a quorum takes. */
  readonly present: string;
  readonly ground: string;
  readonly needed: string;
  /** How many a quorum takes at the end. */
  readonly need: number;
  readonly least: number;
  readonly most: number;
  /** Round times between both ends, with where they stand in per cent from the left. */
  readonly ticks: readonly { readonly at: number; readonly left: number }[];
}

const MINUTE = 60_000;
/** Distances between times that people read at a glance, minutes. */
const distances = [5, 10, 15, 30, 60, 120, 240, 480];

/** @returns round times that leave room for those at both ends. */
function ticksOf(from: number, to: number): QuorumSteps['ticks'] {
  const wanted = distances.find((minutes) => (to - from) / (minutes * MINUTE) < 3.5) ?? 960;
  const distance = wanted * MINUTE;
  const ticks: { at: number; left: number }[] = [];
  for (let at = Math.ceil(from / distance) * distance; at < to; at += distance) {
    const left = ((at - from) / (to - from)) * 100;
    if (left > 22 && left < 78) ticks.push({ at, left });
  }
  return ticks;
}

/** @returns the chart of the moments until `end`, milliseconds since 1970; null where there are none. */
export function quorumSteps(
  moments: readonly QuorumMoment[],
  end: number,
  { numerator, denominator }: Fraction,
): QuorumSteps | null {
  const [first, last] = [moments[0], moments.at(-1)];
  if (first === undefined || last === undefined) return null;
  const from = first.at;
  // A chart of nothing but this instant still has a width.
  const to = Math.max(end, last.at, from + MINUTE);
  const top = Math.max(1, ...moments.map(({ official }) => official));
  const x = (at: number) => Math.round(((at - from) / (to - from)) * 10_000) / 100;
  const y = (people: number) => Math.round((1 - people / top) * 10_000) / 100;
  const needOf = ({ official }: QuorumMoment) => Math.ceil((official * numerator) / denominator);
  const steps = (height: (moment: QuorumMoment) => number) =>
    `${moments.map((moment, index) => `${index === 0 ? `M0 ${y(height(moment))}` : `H${x(moment.at)}V${y(height(moment))}`}`).join('')}H100`;
  const present = steps(({ officialPresent }) => officialPresent);
  const people = moments.map(({ officialPresent }) => officialPresent);
  return {
    from,
    to,
    top,
    present,
    ground: `${present}V100H0Z`,
    needed: steps(needOf),
    need: needOf(last),
    least: Math.min(...people),
    most: Math.max(...people),
    ticks: ticksOf(from, to),
  };
}

/** @returns the moments worth a line of words: the last of each minute, and every one at which the quorum came or went. */
export function toldMoments(moments: readonly QuorumMoment[]): readonly QuorumMoment[] {
  const minuteOf = ({ at }: QuorumMoment) => Math.floor(at / MINUTE);
  return moments.filter((moment, index) => {
    const [before, after] = [moments[index - 1], moments[index + 1]];
    const turns = before !== undefined && before.reached !== moment.reached;
    return turns || after === undefined || minuteOf(after) !== minuteOf(moment);
  });
}
