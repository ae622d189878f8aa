import type { LoggedEvent } from '../domain/events.ts';
import { emptyMeeting, evolve } from '../domain/meeting.ts';
import type { MeetingState } from '../domain/state.ts';
import { differingFigure, figuresOfMeeting, type MinutesFigures } from '../minutes/figures.ts';
import { canonicalText } from './json.ts';
import { type LogFileHeader, type LogFileLine, logFileHeader, logFileLine } from './log-file.ts';
import { type AsyncDigest, firstHash } from './record.ts';
import { type ChainFault, type ChainStart, verifyChain } from './verify.ts';

/** What a line of the file can be wrong in, in the order in which it is looked for. */
export type LogFault =
  | 'empty'
  | 'notJson'
  | 'shape'
  | 'notCanonical'
  | ChainFault
  /** The event is chained rightly and can't be folded: not written by this product. */
  | 'fold'
  /** The end isn't the one that the header, the minutes or a device names. */
  | 'head'
  | 'figures'
  /** The minutes say something else than the log gives. */
  | 'minutes';

/** What somebody holds in hand beside the file: minutes, or a hash that a device has kept. */
export interface HeldAgainst {
  readonly figures?: MinutesFigures | undefined;
  /** The event that the minutes rest on; without it, the file's last. */
  readonly head?: { readonly seq: number; readonly hash: string } | undefined;
  /** Compares more than figures with the meeting at `head`. @returns what differs; null where nothing does. */
  readonly compare?: ((state: MeetingState) => string | null) | undefined;
}

export type LogVerdict =
  | {
      readonly holds: true;
      readonly header: LogFileHeader;
      readonly events: number;
      readonly withheld: number;
      readonly state: MeetingState;
      readonly figures: MinutesFigures;
    }
  | {
      readonly holds: false;
      /** Of the file, from 1. */
      readonly line: number;
      readonly seq: number | null;
      readonly fault: LogFault;
      /** The figure or field that differs; '' where the fault says all. */
      readonly detail: string;
    };

interface Progress {
  readonly previous: ChainStart;
  readonly state: MeetingState;
  readonly withheld: number;
}

const beginning: Progress = {
  previous: { seq: 0, hash: firstHash, at: 0 },
  state: emptyMeeting,
  withheld: 0,
};

type Step<T> = { readonly value: T } | { readonly fault: LogFault; readonly detail: string };

function parse<T>(
  line: string,
  read: (
    json: unknown,
  ) =>
    | { success: true; data: T }
    | { success: false; error: { issues: readonly { path: readonly PropertyKey[] }[] } },
): Step<T> {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { fault: 'notJson', detail: '' };
  }
  const found = read(json);
  if (!found.success) return { fault: 'shape', detail: found.error.issues[0]?.path.join('.') ?? '' };
  try {
    // Also keeps out a key that stands twice in a line: readers differ on which of the two counts.
    if (canonicalText(Object(json)) !== line) return { fault: 'notCanonical', detail: '' };
  } catch {
    return { fault: 'notCanonical', detail: '' };
  }
  return { value: found.data };
}

async function advance(
  { previous, state, withheld }: Progress,
  record: LogFileLine,
  header: LogFileHeader,
  digest: AsyncDigest,
): Promise<Step<Progress>> {
  if (record.meetingId !== header.meetingId) return { fault: 'meeting', detail: '' };
  const verdict = await verifyChain([record], digest, previous);
  if (!verdict.holds) return { fault: verdict.fault, detail: '' };
  try {
    // What this product writes is a logged event; whatever else fits the chain fails in the fold.
    const next = evolve(state, record as LoggedEvent);
    return {
      value: { previous: record, state: next, withheld: withheld + ('data' in record ? 0 : 1) },
    };
  } catch {
    return { fault: 'fold', detail: record.type };
  }
}

/**
 * Checks a downloaded log line by line: its form, its chain, and that folding it gives the figures that the header and
 * the minutes state. Needs no network and holds one line at a time.
 * @param lines without their line feeds.
 */
export async function checkLog(
  lines: AsyncIterable<string>,
  digest: AsyncDigest,
  against: HeldAgainst = {},
): Promise<LogVerdict> {
  let number = 0;
  let header: LogFileHeader | null = null;
  let progress = beginning;
  let mark: Step<MeetingState> | null = null;
  for await (const line of lines) {
    number += 1;
    if (header === null) {
      const parsed = parse(line, (json) => logFileHeader.safeParse(json));
      if ('fault' in parsed) return { holds: false, line: number, seq: null, ...parsed };
      header = parsed.value;
      continue;
    }
    const parsed = parse(line, (json) => logFileLine.safeParse(json));
    if ('fault' in parsed) return { holds: false, line: number, seq: null, ...parsed };
    const step = await advance(progress, parsed.value, header, digest);
    if ('fault' in step) return { holds: false, line: number, seq: parsed.value.seq, ...step };
    progress = step.value;
    if (progress.previous.seq === against.head?.seq) {
      mark = markAt(progress, against.head.hash);
      if ('fault' in mark) return { holds: false, line: number, seq: progress.previous.seq, ...mark };
    }
  }
  if (header === null) return { holds: false, line: 1, seq: null, fault: 'empty', detail: '' };
  return conclude(header, progress, against, mark && 'value' in mark ? mark.value : null);
}

function markAt({ previous, state }: Progress, hash: string): Step<MeetingState> {
  return previous.hash === hash ? { value: state } : { fault: 'head', detail: '' };
}

function conclude(
  header: LogFileHeader,
  { previous, state, withheld }: Progress,
  against: HeldAgainst,
  atMark: MeetingState | null,
): LogVerdict {
  const seq = previous.seq;
  const broken = (line: number, fault: LogFault, detail = ''): LogVerdict => ({
    holds: false,
    line,
    seq: line === 1 ? null : line - 1,
    fault,
    detail,
  });
  const last = seq + 1;
  if (header.head.seq !== seq || header.head.hash !== previous.hash) return broken(last, 'head');
  if (against.head && atMark === null) return broken(last, 'head');
  const figures = figuresOfMeeting(state);
  const stated = differingFigure(figures, header.figures);
  if (stated !== null) return broken(1, 'figures', stated);
  const rested = atMark ?? state;
  const marked = against.head ? against.head.seq + 1 : last;
  const minuted = against.figures ? differingFigure(figuresOfMeeting(rested), against.figures) : null;
  if (minuted !== null) return broken(marked, 'figures', minuted);
  const other = against.compare?.(rested) ?? null;
  if (other !== null) return broken(marked, 'minutes', other);
  return { holds: true, header, events: seq, withheld, state, figures };
}
