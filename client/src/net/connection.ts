import { type DoorCode, doorMessage } from '@diemcau/shared/protocol/refusal-text-door.ts';
import type { Answer, ClientToServer, Language, ServerToClient } from '@diemcau/shared/protocol/socket.ts';
import { protocolVersion } from '@diemcau/shared/protocol/version.ts';
import type { RefusalCode } from '@diemcau/shared/result.ts';
import { io, type Socket } from 'socket.io-client';
import { Observable, type Readable } from '../store/observable.ts';
import { delayBefore, reconnectBackoff } from './backoff.ts';
import { NodeLines } from './node-lines.ts';
import { refusalOfHandshake } from './said-refusal.ts';
import { ServerClock } from './server-clock.ts';

export type RequestName = keyof ClientToServer;
export type RequestData<N extends RequestName> = Parameters<ClientToServer[N]>[0];
export type RequestAnswer<N extends RequestName> = Parameters<Parameters<ClientToServer[N]>[1]>[0];
export type NoticeName = Exclude<keyof ServerToClient, 'ended'>;
export type NoticeData<N extends NoticeName> = Parameters<ServerToClient[N]>[0];

export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'online' }
  /** `nextAttemptAt` is on this device's clock. */
  | { readonly kind: 'reconnecting'; readonly attempt: number; readonly nextAttemptAt: number }
  | { readonly kind: 'ended'; readonly code: RefusalCode; readonly message: string };

/**
 * Gives an access token for each handshake. `renewed` asks for another one than before, which the server refused.
 * A refusal `tryAgain` means that the server could not be reached; every other one ends the connection.
 */
export type TokenSource = (freshness: 'current' | 'renewed') => Promise<Answer<string>>;

export interface ConnectionOptions {
  /** Origin of the server, as `https://hop.example.vn`; empty for the page's own. */
  readonly url: string;
  /** Of one server of several, as the refusal `livesElsewhere` names it: a path before all others. */
  readonly address?: string;
  readonly token: TokenSource;
  readonly language: () => Language;
  /** Numbers in [0, 1), for the jitter. */
  readonly random?: () => number;
  /** Exchanges after each connect to estimate the server's clock. */
  readonly clockSamples?: number;
  /** For a server with a certificate of its own making, outside a browser. */
  readonly certificate?: 'checked' | 'unchecked';
}

/** Refusals that no further attempt mends. */
const final = ['sessionEnded', 'unauthenticated', 'protocolTooOld', 'notAllowed'] as const;
type FinalCode = (typeof final)[number];

function isFinal(code: RefusalCode): code is FinalCode {
  return final.some((one) => one === code);
}

const defaultTimeout = 10_000;
/** A server that is there answers within this time even on a slow line, milliseconds. */
const signOfLife = 2_000;
/** Two clocks part by a second in some hours: so often the server's is asked for again, milliseconds. */
const clockEvery = 5 * 60_000;

/** The socket to the server: connects, comes back by itself, asks and is answered. Knows nothing of meetings or pages. */
export class Connection {
  readonly clock = new ServerClock();
  /** Connections to single servers of several, for what does not live where this one ends. */
  readonly nodes: NodeLines;
  readonly #options: ConnectionOptions;
  readonly #random: () => number;
  readonly #state = new Observable<ConnectionState>({ kind: 'connecting' });
  readonly #socket: Socket<ServerToClient, ClientToServer>;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #clockTimer: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;
  #tokenRefused = false;
  #checking = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#random = options.random ?? Math.random;
    this.nodes = new NodeLines((address) => new Connection({ ...options, address }));
    const { url, address = '' } = options;
    this.#socket = io(url === '' ? undefined : url, {
      path: `${address}/socket.io`,
      autoConnect: false,
      forceNew: true,
      reconnection: false,
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      timeout: defaultTimeout,
      rejectUnauthorized: options.certificate !== 'unchecked',
    } as Parameters<typeof io>[1]);
    this.#socket.on('connect', () => this.#becameOnline());
    this.#socket.on('disconnect', () => {
      clearTimeout(this.#clockTimer);
      this.#retryLater();
    });
    this.#socket.on('connect_error', (error) => this.#handshakeFailed(error));
    this.#socket.on('ended', ({ code, message }) => this.#endedByServer(code, message));
  }

  get state(): Readable<ConnectionState> {
    return this.#state;
  }

  /** Begins to connect; safe to call again. */
  open(): void {
    if (this.#socket.active || this.#timer !== null || this.#state.get().kind === 'ended') return;
    void this.#attemptNow();
  }

  /** Ends the connection for good, without a word to the person. */
  close(): void {
    this.#end('sessionEnded', this.#sentence('sessionEnded'));
  }

  /** Cuts the waiting short: the device says that it has a network again. */
  retryNow(): void {
    if (this.#state.get().kind !== 'reconnecting' || this.#timer === null) return;
    this.#attempt = 0;
    this.#clearTimer();
    void this.#attemptNow();
  }

  /**
   * Asks for a sign of life after the network has changed or the device has slept: a socket that answers nothing is
   * given up at once, long before it would notice by itself.
   */
  async check(): Promise<void> {
    if (this.#state.get().kind === 'reconnecting') {
      this.retryNow();
      return;
    }
    if (this.#state.get().kind !== 'online' || this.#checking) return;
    this.#checking = true;
    const answer = await this.request('clock', {}, signOfLife);
    this.#checking = false;
    if (answer.ok || this.#state.get().kind !== 'online') return;
    this.#socket.disconnect();
    this.retryNow();
  }

  /** @returns the server's answer; `tryAgain` when there was none in time, and then the outcome is unknown. */
  async request<N extends RequestName>(
    name: N,
    data: RequestData<N>,
    timeout: number = defaultTimeout,
  ): Promise<RequestAnswer<N>> {
    if (!this.#socket.connected) return this.#unanswered();
    try {
      const emitWithAck = this.#socket.timeout(timeout).emitWithAck as (
        name: N,
        data: RequestData<N>,
      ) => Promise<RequestAnswer<N>>;
      return await emitWithAck.call(this.#socket, name, data);
    } catch {
      return this.#unanswered();
    }
  }

  /** @returns a function that stops listening. */
  on<N extends NoticeName>(name: N, listener: (data: NoticeData<N>) => void): () => void {
    const handler = listener as ServerToClient[N];
    this.#socket.on(name, handler as never);
    return () => {
      this.#socket.off(name, handler as never);
    };
  }

  /** @returns a refusal that the client itself states, with its sentence. */
  refusal(code: DoorCode): { readonly ok: false; readonly code: RefusalCode; readonly message: string } {
    return { ok: false, code, message: this.#sentence(code) };
  }

  get language(): Language {
    return this.#options.language();
  }

  #unanswered(): { readonly ok: false; readonly code: RefusalCode; readonly message: string } {
    return this.refusal('tryAgain');
  }

  #sentence(code: DoorCode): string {
    return doorMessage(code, this.#options.language());
  }

  async #attemptNow(): Promise<void> {
    const token = await this.#options.token(this.#tokenRefused ? 'renewed' : 'current');
    if (this.#state.get().kind === 'ended') return;
    if (!token.ok) {
      if (token.code === 'tryAgain' || token.code === 'tooManyRequests') this.#retryLater();
      else this.#end(token.code, token.message);
      return;
    }
    this.#socket.auth = {
      token: token.value,
      protocol: protocolVersion,
      language: this.#options.language(),
    };
    this.#socket.connect();
  }

  #becameOnline(): void {
    this.#attempt = 0;
    this.#tokenRefused = false;
    this.#clearTimer();
    this.#state.set({ kind: 'online' });
    void this.#sampleClock();
  }

  #handshakeFailed(error: unknown): void {
    const refusal = refusalOfHandshake(error);
    const mayRenew = refusal?.code === 'unauthenticated' && !this.#tokenRefused;
    if (refusal !== null && isFinal(refusal.code) && !mayRenew) {
      this.#end(refusal.code, refusal.message ?? this.#sentence(refusal.code));
      return;
    }
    if (mayRenew) this.#tokenRefused = true;
    this.#retryLater();
  }

  #endedByServer(code: RefusalCode, message: string): void {
    if (isFinal(code)) this.#end(code, message);
  }

  #retryLater(): void {
    if (this.#state.get().kind === 'ended' || this.#timer !== null) return;
    const delay = delayBefore(this.#attempt, reconnectBackoff, this.#random);
    this.#attempt += 1;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#attemptNow();
    }, delay);
    this.#state.set({ kind: 'reconnecting', attempt: this.#attempt, nextAttemptAt: Date.now() + delay });
  }

  #end(code: RefusalCode, message: string): void {
    if (this.#state.get().kind === 'ended') return;
    this.#clearTimer();
    this.#state.set({ kind: 'ended', code, message });
    this.nodes.closeAll();
    this.#socket.disconnect();
  }

  #clearTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #sampleClock(): Promise<void> {
    clearTimeout(this.#clockTimer);
    this.#clockTimer = setTimeout(() => void this.#sampleClock(), clockEvery);
    this.clock.expectDrift();
    for (let sample = 0; sample < (this.#options.clockSamples ?? 3); sample += 1) {
      const sentAt = this.clock.localNow();
      const answer = await this.request('clock', {});
      if (!answer.ok) return;
      this.clock.add({ sentAt, answeredAt: this.clock.localNow(), serverNow: answer.value.now });
    }
  }
}
