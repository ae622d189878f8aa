import { asId, type CommandId, type MeetingId } from '@diemcau/shared/ids.ts';
import type { ClientCommand } from '@diemcau/shared/protocol/commands.ts';
import type { Proof } from '@diemcau/shared/protocol/requests.ts';
import type { Answer, Receipt } from '@diemcau/shared/protocol/socket.ts';
import { Observable, type Readable } from '../store/observable.ts';
import { delayBefore, retryBackoff } from './backoff.ts';
import type { MeetingLine } from './meeting-line.ts';
import { type CommandProgress, type CommandStatus, isAnswered } from './sent-command.ts';

/**
 * How long a command waits for its answer, in milliseconds: as long as the server by default waits for a lost line
 * before it takes its person for gone (ATT2), or lets another take the chair (CHAIR1). What somebody pressed longer
 * ago may no longer be what they mean.
 */
export const commandPatience = 60_000;

/** Answered commands that stay readable, so that a screen opened later still finds its receipt. */
const remembered = 50;

/** @returns an id that no other command has. Works without a secure context, where `randomUUID` is missing. */
export function newCommandId(): CommandId {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return asId(Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''));
}

/**
 * Carries commands to the server until each has its answer. A command whose answer was lost is sent again under its
 * own id, and the server gives the first answer again: so nothing is lost and nothing done twice. After
 * {@link commandPatience} it is given up and says so: nothing happens by itself long after it was asked for.
 */
export class CommandOutbox {
  readonly #connection: Pick<MeetingLine, 'request' | 'refusal'>;
  readonly #meetingId: MeetingId;
  readonly #patience: number;
  readonly #statuses = new Observable<readonly CommandStatus[]>([]);
  readonly #waiting = new Map<CommandId, (answer: Answer<Receipt>) => void>();
  /** Kept apart from what screens may read. */
  readonly #proofs = new Map<CommandId, Proof>();
  readonly #attempts = new Map<CommandId, number>();
  /** Commands that have left this device at least once: whether they arrived is not known. */
  readonly #tried = new Set<CommandId>();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  readonly #deadlines = new Map<CommandId, ReturnType<typeof setTimeout>>();
  #door: 'open' | 'shut' = 'shut';

  /** @param patience milliseconds after which an unanswered command is given up. */
  constructor(
    connection: Pick<MeetingLine, 'request' | 'refusal'>,
    meetingId: MeetingId,
    patience: number = commandPatience,
  ) {
    this.#connection = connection;
    this.#meetingId = meetingId;
    this.#patience = patience;
  }

  get statuses(): Readable<readonly CommandStatus[]> {
    return this.#statuses;
  }

  /** Sends the command, now or when the meeting is joined. */
  give(
    command: ClientCommand,
    proof?: Proof,
  ): { readonly id: CommandId; readonly answer: Promise<Answer<Receipt>> } {
    const id = newCommandId();
    if (proof) this.#proofs.set(id, proof);
    const answer = new Promise<Answer<Receipt>>((resolve) => this.#waiting.set(id, resolve));
    const status: CommandStatus = { id, command, givenAt: Date.now(), progress: { phase: 'pending' } };
    this.#statuses.update((statuses) => {
      const done = statuses.filter(isAnswered);
      const forgotten = new Set(done.slice(0, Math.max(0, done.length - remembered)));
      return [...statuses.filter((entry) => !forgotten.has(entry)), status];
    });
    this.#deadlines.set(
      id,
      setTimeout(() => this.#endWaiting(id), this.#patience),
    );
    if (this.#door === 'open') void this.#send(id);
    return { id, answer };
  }

  /** The meeting is joined: what waits is sent, in the order in which it was given. */
  resume(): void {
    this.#door = 'open';
    for (const status of this.#statuses.get())
      if (status.progress.phase === 'pending') void this.#send(status.id);
  }

  /** The line is gone: what is unanswered waits. */
  pause(): void {
    this.#door = 'shut';
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    for (const status of this.#statuses.get()) {
      if (status.progress.phase === 'sent') this.#progress(status.id, { phase: 'pending' });
    }
  }

  /** Gives up what is unanswered. */
  abandon(refusal: Extract<Answer<never>, { ok: false }>): void {
    this.pause();
    for (const id of [...this.#waiting.keys()]) this.#settle(id, refusal);
  }

  async #send(id: CommandId): Promise<void> {
    const status = this.#statuses.get().find((entry) => entry.id === id);
    if (status?.progress.phase !== 'pending') return;
    if (this.#isOverdue(status)) {
      this.#giveUp(id);
      return;
    }
    this.#progress(id, { phase: 'sent' });
    this.#tried.add(id);
    const proof = this.#proofs.get(id);
    const answer = await this.#connection.request('command', {
      meetingId: this.#meetingId,
      id,
      command: status.command,
      ...(proof && { proof }),
    });
    if (!this.#waiting.has(id)) return;
    if (answer.ok || answer.code !== 'tryAgain') this.#settle(id, answer);
    else this.#retryLater(id);
  }

  /** Asked of the clock as well: timers stand still while a laptop sleeps. */
  #isOverdue({ id, givenAt }: CommandStatus): boolean {
    return !this.#deadlines.has(id) || Date.now() - givenAt >= this.#patience;
  }

  /** One that is under way is given up only when it comes back without an answer. */
  #endWaiting(id: CommandId): void {
    this.#deadlines.delete(id);
    const status = this.#statuses.get().find((entry) => entry.id === id);
    if (status?.progress.phase === 'pending') this.#giveUp(id);
  }

  #giveUp(id: CommandId): void {
    this.#settle(id, this.#connection.refusal(this.#tried.has(id) ? 'outcomeUnknown' : 'notSent'));
  }

  #retryLater(id: CommandId): void {
    this.#progress(id, { phase: 'pending' });
    const status = this.#statuses.get().find((entry) => entry.id === id);
    if (status && this.#isOverdue(status)) {
      this.#giveUp(id);
      return;
    }
    if (this.#door === 'shut') return;
    const attempt = this.#attempts.get(id) ?? 0;
    this.#attempts.set(id, attempt + 1);
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        if (this.#door === 'open') void this.#send(id);
      },
      delayBefore(attempt, retryBackoff, Math.random),
    );
    this.#timers.add(timer);
  }

  #settle(id: CommandId, answer: Answer<Receipt>): void {
    clearTimeout(this.#deadlines.get(id));
    this.#deadlines.delete(id);
    this.#tried.delete(id);
    this.#attempts.delete(id);
    this.#proofs.delete(id);
    const resolve = this.#waiting.get(id);
    this.#waiting.delete(id);
    this.#progress(
      id,
      answer.ok
        ? { phase: 'recorded', receipt: answer.value }
        : { phase: 'refused', code: answer.code, message: answer.message },
    );
    resolve?.(answer);
  }

  #progress(id: CommandId, progress: CommandProgress): void {
    this.#statuses.update((statuses) =>
      statuses.map((entry) => (entry.id === id ? { ...entry, progress } : entry)),
    );
  }
}
