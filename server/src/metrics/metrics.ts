import type { CommandType } from '@diemcau/shared/domain/commands.ts';
import type { RefusalCode } from '@diemcau/shared/result.ts';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { ClusterMetrics, type ClusterSources } from './cluster.ts';
import { type MeetingSources, watchMeetings } from './meetings.ts';
import { type MediaSources, watchMedia } from './sfu.ts';

/** Seconds; a vote's answer is a few milliseconds on a quick disk, half a second on a bad day. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** What is told of each answer and each append. */
export interface Meter {
  /** A command was answered, `seconds` after it came. */
  commandAnswered(type: CommandType, outcome: 'accepted' | 'refused', seconds: number): void;
  refused(door: 'socket' | 'http', code: RefusalCode): void;
  /** The event log has answered an append, which may hold batches of many meetings. */
  appended(outcome: 'done' | 'failed', seconds: number): void;
}

/** The process's figures in the form that Prometheus reads. Names of people, cells and meetings are in none of them. */
export class Metrics implements Meter {
  readonly #registry = new Registry();
  readonly #commands: Histogram<'type' | 'outcome'>;
  readonly #refusals: Counter<'door' | 'code'>;
  readonly #appends: Histogram<'outcome'>;

  constructor() {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#commands = new Histogram({
      name: 'diemcau_command_seconds',
      help: 'From a command’s arrival to its answer, by kind of command.',
      labelNames: ['type', 'outcome'],
      buckets,
      registers,
    });
    this.#refusals = new Counter({
      name: 'diemcau_refusals_total',
      help: 'Answers that were no, by code.',
      labelNames: ['door', 'code'],
      registers,
    });
    this.#appends = new Histogram({
      name: 'diemcau_append_seconds',
      help: 'How long the event log took to make a batch durable.',
      labelNames: ['outcome'],
      buckets,
      registers,
    });
    for (const outcome of ['done', 'failed'] as const) this.#appends.zero({ outcome });
  }

  /** Adds what is looked up whenever somebody asks. */
  watch(sources: MeetingSources & MediaSources): void {
    watchMeetings(this.#registry, sources);
    watchMedia(this.#registry, sources);
  }

  /** Adds the figures of a server that is one of several. */
  cluster(sources: ClusterSources): ClusterMetrics {
    return new ClusterMetrics(this.#registry, sources);
  }

  commandAnswered(type: CommandType, outcome: 'accepted' | 'refused', seconds: number): void {
    this.#commands.observe({ type, outcome }, seconds);
  }

  refused(door: 'socket' | 'http', code: RefusalCode): void {
    this.#refusals.inc({ door, code });
  }

  appended(outcome: 'done' | 'failed', seconds: number): void {
    this.#appends.observe({ outcome }, seconds);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
