import type { DoorCode } from '@diemcau/shared/protocol/refusal-text-door.ts';
import type { Language } from '@diemcau/shared/protocol/socket.ts';
import { Observable, type Readable } from '../store/observable.ts';
import { delayBefore } from './backoff.ts';
import type {
  Connection,
  ConnectionState,
  NoticeData,
  NoticeName,
  RequestAnswer,
  RequestData,
  RequestName,
} from './connection.ts';

/** Of all who lose one server in one instant each asks for the next within this time, full jitter, milliseconds. */
const spread = { first: 800, longest: 800 };

interface Listening {
  readonly name: NoticeName;
  readonly listener: (data: never) => void;
  stop: () => void;
}

/**
 * The line to wherever a meeting lives. It begins with the device's own connection, goes to another server when it is told
 * to, and comes back to ask again when that one is lost. Whoever uses it sees one line that is up or down.
 */
export class MeetingLine {
  readonly #home: Connection;
  readonly #state: Observable<ConnectionState>;
  readonly #listening = new Set<Listening>();
  #address: string | null = null;
  #current: Connection;
  #follow: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(home: Connection) {
    this.#home = home;
    this.#current = home;
    this.#state = new Observable(home.state.get());
    this.#follow = home.state.subscribe(() => this.#stateChanged());
  }

  get state(): Readable<ConnectionState> {
    return this.#state;
  }

  /** The other server that it goes to; null for the device's own connection. */
  get address(): string | null {
    return this.#address;
  }

  check(): Promise<void> {
    return this.#current.check();
  }

  request<N extends RequestName>(name: N, data: RequestData<N>): Promise<RequestAnswer<N>> {
    return this.#current.request(name, data);
  }

  /** @returns a function that stops listening. */
  on<N extends NoticeName>(name: N, listener: (data: NoticeData<N>) => void): () => void {
    const heard: Listening = { name, listener, stop: this.#current.on(name, listener) };
    this.#listening.add(heard);
    return () => {
      this.#listening.delete(heard);
      heard.stop();
    };
  }

  refusal(code: DoorCode): ReturnType<Connection['refusal']> {
    return this.#home.refusal(code);
  }

  get language(): Language {
    return this.#home.language;
  }

  /** Goes to the server with this address; null: back to the device's own connection, to ask. */
  move(address: string | null): void {
    clearTimeout(this.#timer);
    if (this.#closed || address === this.#address) return;
    const before = this.#current;
    this.#follow();
    this.#address = address;
    this.#current = address === null ? this.#home : this.#home.nodes.take(address);
    for (const heard of this.#listening) {
      heard.stop();
      heard.stop = this.#current.on(heard.name, heard.listener as never);
    }
    this.#follow = this.#current.state.subscribe(() => this.#stateChanged());
    if (before !== this.#home) this.#home.nodes.give(before);
    this.#stateChanged();
  }

  /** The same after a while, so that a hall of people does not move in one instant. */
  moveSoon(address: string | null): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.move(address), delayBefore(0, spread, Math.random));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#follow();
    for (const { stop } of this.#listening) stop();
    this.#listening.clear();
    if (this.#current !== this.#home) this.#home.nodes.give(this.#current);
  }

  #stateChanged(): void {
    const state = this.#current.state.get();
    if (this.#current === this.#home) {
      this.#state.set(state);
      return;
    }
    // What ends for good ends at home; another server that is gone is one to be asked after.
    if (state.kind === 'ended' && this.#home.state.get().kind === 'ended') this.#state.set(state);
    else if (state.kind === 'ended' || state.kind === 'reconnecting') {
      this.#state.set({ kind: 'reconnecting', attempt: 1, nextAttemptAt: Date.now() });
      this.moveSoon(null);
    } else {
      if (state.kind === 'online') clearTimeout(this.#timer);
      this.#state.set(state);
    }
  }
}
