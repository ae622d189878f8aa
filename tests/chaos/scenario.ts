import { checkStored } from './checker/check.ts';
import type { Finding } from './checker/findings.ts';
import { minutesInHand, statesSeen } from './checker/live.ts';
import { checkMinutes, type MinutesInHand } from './checker/minutes.ts';
import { checkReplay, type Seen } from './checker/replay.ts';
import type { Seeded } from './seeded.ts';
import type { Fault, Form, Stage } from './stage/stage.ts';

/** What one fault came to. */
export interface FaultReport {
  readonly fault: string;
  readonly seed: string;
  readonly note: string;
  /** How long it took, with its checks. */
  readonly seconds: number;
  /** Marks with a receipt, given during this fault. */
  readonly acknowledged: number;
  /** Marks of this fault in the log, with those that nobody was told of. */
  readonly stored: number;
  /** Times a command was put on a line in vain or once more than needed. */
  readonly repeated: number;
  /** Commands without any answer, given up. */
  readonly unanswered: number;
  readonly votesAnnounced: number;
  readonly findings: readonly Finding[];
}

/** Marks that must come in order after each doing of a fault, where so many are still wished for. */
const marksAfterwards = 800;
/** How many minutes are downloaded and checked after a fault: each costs a program's start. */
const papers = { short: 1, long: 3 } as const;

/**
 * Does one fault to a stage while its bots are at work, again until there are as many marks as wished, then stops them,
 * ends the server and checks everything. The stage goes on afterwards.
 */
export async function endure<S extends Stage>(
  stage: S,
  fault: Fault<S>,
  about: { readonly seed: string; readonly chance: Seeded; readonly form: Form; readonly marks: number },
): Promise<FaultReport> {
  const { crew, product } = stage;
  const began = performance.now();
  const before = { given: crew.ledger.given.length, totals: await totals(stage) };
  const wished = crew.acknowledgedMarks + about.marks;
  const findings: Finding[] = [];
  const notes: string[] = [];
  let evidence: { readonly seen: readonly Seen[]; readonly hands: readonly MinutesInHand[] } | null = null;
  try {
    crew.start();
    await crew.recovered();
    do {
      const inflicted = await fault.inflict(stage, about);
      notes.push(inflicted.note);
      findings.push(...(inflicted.findings ?? []));
      await crew.recovered();
      await crew.work(Math.min(wished, crew.acknowledgedMarks + marksAfterwards));
    } while (crew.acknowledgedMarks < wished);
    await crew.stop();
    evidence = { seen: await statesSeen(crew), hands: await takeMinutes(stage, about) };
  } catch (error) {
    findings.push({ promise: 'the product comes back', detail: String(error) });
    // The next fault begins with bots that stand still.
    await crew.stop().catch(() => undefined);
  }
  // With a lifeless server nobody can add anything; the short form looks while it stands there with nothing to do.
  if (about.form === 'long') await product.kill();
  const log = await stage.readLog();
  const stored = await checkStored(log, crew.ledger);
  findings.push(...stored.findings);
  if (evidence) {
    findings.push(...checkReplay(log, evidence.seen));
    for (const hand of evidence.hands) findings.push(...(await checkMinutes(log, hand)));
  }
  if (about.form === 'long') await product.restart();
  const given = crew.ledger.given.slice(before.given);
  const marks = given.filter(({ command }) => command.type === 'castMark');
  return {
    fault: fault.name,
    seed: about.seed,
    note: `${notes[0]}${notes.length > 1 ? `; all of it ${notes.length} times` : ''}`,
    seconds: Math.round((performance.now() - began) / 100) / 10,
    acknowledged: marks.filter(({ receipts }) => receipts.length > 0).length,
    stored: stored.totals.marks - before.totals.marks,
    repeated: given.reduce((sum, { sendings }) => sum + Math.max(0, sendings - 1), 0),
    unanswered: given.filter(({ receipts, refusals }) => receipts.length + refusals.length === 0).length,
    votesAnnounced: stored.totals.announced - before.totals.announced,
    findings,
  };
}

async function totals(stage: Stage) {
  return (await checkStored(await stage.readLog(), stage.crew.ledger)).totals;
}

async function takeMinutes(stage: Stage, { chance, form }: { readonly chance: Seeded; readonly form: Form }) {
  const { crew } = stage;
  const [chair] = crew.accounts;
  if (!chair) throw new Error('nobody is there');
  const first = chance.between(0, crew.meetings.length);
  const chosen = [...crew.meetings.slice(first), ...crew.meetings.slice(0, first)].slice(0, papers[form]);
  const token = await chair.token();
  return Promise.all(chosen.map((meeting) => minutesInHand(meeting, stage.product.url, token)));
}
