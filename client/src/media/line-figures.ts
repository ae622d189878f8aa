import { lineLevelOf } from '@diemcau/shared/protocol/line-level.ts';
import type { LineLevel } from '@diemcau/shared/protocol/media.ts';
import type { LineReport } from './media-state.ts';

/** What has been counted on one stream since it began. */
interface StreamCounters {
  readonly kind: 'audio' | 'video';
  readonly track: string;
  readonly received: number;
  readonly lost: number;
  readonly frames: number;
  readonly freezes: number;
  readonly height: number;
  readonly samples: number;
  readonly concealed: number;
}

/** The line at one moment, out of the browser's own statistics. */
export interface LineCounters {
  /** What the other end has answered so far, and how long all that took, seconds. */
  readonly trips: { readonly answers: number; readonly seconds: number };
  /** By the stream's number: what was sent, and what of it the other end missed. */
  readonly sent: ReadonlyMap<string, { readonly packets: number; readonly lost: number }>;
  readonly streams: ReadonlyMap<string, StreamCounters>;
}

/** A browser's statistics: an `RTCStatsReport`, or a table that looks like one. */
export type Statistics = Iterable<readonly [string, unknown]>;

/** With fewer packets than this a share says nothing: a microphone that is held back sends none. */
const fewPackets = 20;

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function count(fields: Fields, name: string): number {
  const value = fields[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

function streamOf(fields: Fields): StreamCounters {
  const { kind, trackIdentifier: track } = fields;
  return {
    kind: kind === 'audio' ? 'audio' : 'video',
    track: typeof track === 'string' ? track : '',
    received: count(fields, 'packetsReceived'),
    lost: count(fields, 'packetsLost'),
    frames: count(fields, 'framesDecoded'),
    freezes: count(fields, 'freezeCount'),
    height: count(fields, 'frameHeight'),
    samples: count(fields, 'totalSamplesReceived'),
    // What is made up while nobody speaks is heard by nobody.
    concealed: Math.max(0, count(fields, 'concealedSamples') - count(fields, 'silentConcealedSamples')),
  };
}

/** Reads the statistics of both transports. */
export function countersOf(statistics: Iterable<Statistics>): LineCounters {
  const streams = new Map<string, StreamCounters>();
  const packets = new Map<string, number>();
  const lost = new Map<string, number>();
  let answers = 0;
  let seconds = 0;
  for (const report of statistics) {
    for (const [id, value] of report) {
      const fields = fieldsOf(value);
      if (fields.type === 'inbound-rtp') streams.set(id, streamOf(fields));
      else if (fields.type === 'candidate-pair' && fields.nominated === true) {
        answers += count(fields, 'responsesReceived');
        seconds += count(fields, 'totalRoundTripTime');
      } else if (fields.type === 'outbound-rtp')
        packets.set(String(fields.ssrc), count(fields, 'packetsSent'));
      else if (fields.type === 'remote-inbound-rtp')
        lost.set(String(fields.ssrc), count(fields, 'packetsLost'));
    }
  }
  const sent = new Map(
    [...packets].map(([ssrc, count]) => [ssrc, { packets: count, lost: lost.get(ssrc) ?? 0 }]),
  );
  return { trips: { answers, seconds }, sent, streams };
}

/** @returns the mean round trip of what was answered between two looks, milliseconds; one late answer is none of the line's. */
function roundTripBetween(before: LineCounters, after: LineCounters): number | null {
  const answers = after.trips.answers - before.trips.answers;
  const seconds = after.trips.seconds - before.trips.seconds;
  return answers > 0 && seconds >= 0 ? Math.round((seconds / answers) * 1_000) : null;
}

/** @returns the share of what was sent between two looks that got lost; layers that rest tell nothing. */
function lossOutBetween(before: LineCounters, after: LineCounters): number | null {
  let packets = 0;
  let lost = 0;
  for (const [ssrc, now] of after.sent) {
    const was = before.sent.get(ssrc);
    if (was === undefined || now.packets - was.packets < fewPackets) continue;
    packets += now.packets - was.packets;
    lost += Math.max(0, now.lost - was.lost);
  }
  return packets === 0 ? null : Math.min(1, lost / packets);
}

/** @returns the simulcast layer that a picture of so many lines is. */
function layerOfHeight(height: number): 0 | 1 | 2 {
  if (height <= 200) return 0;
  return height <= 400 ? 1 : 2;
}

/**
 * @param running tracks of pictures that ran all the time between: one that rested counts as frozen when it goes on.
 * @returns what happened between two looks at the line.
 */
export function reportOf(
  before: LineCounters,
  after: LineCounters,
  running: ReadonlySet<string>,
): LineReport {
  let received = 0;
  let lost = 0;
  let freezes = 0;
  let height = 0;
  let samples = 0;
  let concealed = 0;
  for (const [id, now] of after.streams) {
    const was = before.streams.get(id);
    if (was === undefined) continue;
    const packets = now.received - was.received;
    received += Math.max(0, packets);
    lost += Math.max(0, now.lost - was.lost);
    if (now.kind === 'video') {
      if (!running.has(now.track)) continue;
      freezes += Math.max(0, now.freezes - was.freezes);
      if (now.frames > was.frames) height = Math.max(height, now.height);
    } else if (packets >= fewPackets) {
      samples += Math.max(0, now.samples - was.samples);
      concealed += Math.max(0, now.concealed - was.concealed);
    }
  }
  const share = (part: number, whole: number) => Math.min(1, part / whole);
  return {
    roundTrip: roundTripBetween(before, after),
    lossIn: received + lost >= fewPackets ? share(lost, received + lost) : null,
    lossOut: lossOutBetween(before, after),
    spatialLayer: height === 0 ? null : layerOfHeight(height),
    freezes,
    concealed: samples > 0 ? share(concealed, samples) : null,
  };
}

/** @returns those of the running tracks whose pictures have not moved between two looks. */
export function standingTracks(
  before: LineCounters,
  after: LineCounters,
  running: ReadonlySet<string>,
): ReadonlySet<string> {
  const standing = new Set<string>();
  for (const [id, now] of after.streams) {
    const was = before.streams.get(id);
    if (was !== undefined && running.has(now.track) && now.frames === was.frames) standing.add(now.track);
  }
  return standing;
}

/** One bad look doesn't make a bad line, nor one good look a good one. */
const looksUntil = { worse: 2, better: 5 } as const;
const order: Readonly<Record<LineLevel, number>> = { good: 0, fair: 1, poor: 2 };

/** The line in one word that doesn't flicker. */
export class SteadyLevel {
  #level: LineLevel = 'good';
  #other: LineLevel = 'good';
  #looks = 0;

  get level(): LineLevel {
    return this.#level;
  }

  /** Takes in what the latest look says. @returns the word that holds. */
  look(report: LineReport): LineLevel {
    const level = lineLevelOf(report);
    if (level === this.#level) {
      this.#looks = 0;
      return level;
    }
    const direction = (value: LineLevel) => Math.sign(order[value] - order[this.#level]);
    this.#looks = direction(level) === direction(this.#other) ? this.#looks + 1 : 1;
    this.#other = level;
    const worse = order[level] > order[this.#level];
    if (this.#looks >= looksUntil[worse ? 'worse' : 'better']) {
      this.#level = level;
      this.#looks = 0;
    }
    return this.#level;
  }
}
