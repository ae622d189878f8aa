import { Worker } from 'node:worker_threads';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import {
  type AppendAnswer,
  type Batch,
  type EventLog,
  type Head,
  type LogRecord,
  LogUnavailable,
} from './event-log.ts';
import type {
  SqliteRequest,
  SqliteRequestName,
  SqliteRequests,
  SqliteResponse,
  SqliteWorkerData,
} from './sqlite-messages.ts';

interface Waiting {
  readonly resolve: (answer: SqliteRequests[SqliteRequestName]['answer']) => void;
  readonly reject: (error: RequestFailed) => void;
}

class RequestFailed extends Error {
  readonly written: 'no' | 'unknown';
  readonly unavailable: LogUnavailable;
  constructor(written: 'no' | 'unknown', unavailable: LogUnavailable) {
    super(unavailable.message);
    this.written = written;
    this.unavailable = unavailable;
  }
}

/**
 * The embedded event log: SQLite in a thread of its own, since a commit blocks its thread until the disk has it.
 * A thread that died is started anew by the next request.
 */
export class SqliteEventLog implements EventLog {
  readonly #settings: SqliteWorkerData;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #nextId = 1;
  #closed = false;

  constructor(path: string, maxBytes: number | null = null) {
    this.#settings = { path, maxBytes };
  }

  async open(): Promise<void> {
    await this.#request('open', null);
  }

  async append(batches: readonly Batch[]): Promise<AppendAnswer> {
    try {
      return { status: 'done', outcomes: await this.#ask('append', batches) };
    } catch (error) {
      if (error instanceof RequestFailed)
        return { status: 'failed', written: error.written, cause: error.unavailable };
      throw error;
    }
  }

  read(meetingId: MeetingId, afterSeq: number, limit: number): Promise<readonly LogRecord[]> {
    return this.#request('read', { meetingId, afterSeq, limit });
  }

  head(meetingId: MeetingId): Promise<Head | null> {
    return this.#request('head', { meetingId });
  }

  raiseEpoch(meetingId: MeetingId): Promise<Head> {
    return this.#request('raiseEpoch', { meetingId });
  }

  meetings(): Promise<readonly Head[]> {
    return this.#request('meetings', null);
  }

  lastAt(): Promise<number> {
    return this.#request('lastAt', null);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    if (this.#worker) await this.#request('close', null);
    this.#closed = true;
    await this.#worker?.terminate();
    this.#worker = null;
  }

  async #request<Name extends SqliteRequestName>(
    name: Name,
    ask: SqliteRequests[Name]['ask'],
  ): Promise<SqliteRequests[Name]['answer']> {
    try {
      return await this.#ask(name, ask);
    } catch (error) {
      throw error instanceof RequestFailed ? error.unavailable : error;
    }
  }

  #ask<Name extends SqliteRequestName>(
    name: Name,
    ask: SqliteRequests[Name]['ask'],
  ): Promise<SqliteRequests[Name]['answer']> {
    if (this.#closed) {
      return Promise.reject(new RequestFailed('no', new LogUnavailable('closed', 'the event log is closed')));
    }
    const worker = this.#running();
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      // The worker answers each id with its own name's answer: the one place where the pairing is stated to the compiler.
      this.#waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
      worker.postMessage({ id, name, ask } as SqliteRequest);
    });
  }

  #running(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL('./sqlite-worker.ts', import.meta.url), { workerData: this.#settings });
    worker.on('message', (response: SqliteResponse) => this.#take(response));
    worker.on('error', (error) => this.#lose(worker, error instanceof Error ? error.message : String(error)));
    worker.on('exit', () => this.#lose(worker, 'the thread of the event log ended'));
    this.#worker = worker;
    return worker;
  }

  #take(response: SqliteResponse): void {
    const waiting = this.#waiting.get(response.id);
    this.#waiting.delete(response.id);
    if (!waiting) return;
    if (response.ok) waiting.resolve(response.answer);
    else
      waiting.reject(new RequestFailed(response.written, new LogUnavailable(response.kind, response.detail)));
  }

  /** Whatever was asked of a thread that died has an unknown outcome. */
  #lose(worker: Worker, detail: string): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    const lost = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of lost) reject(new RequestFailed('unknown', new LogUnavailable('io', detail)));
  }
}
