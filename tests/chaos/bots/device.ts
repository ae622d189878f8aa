import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { Answer, ClientToServer, JoinAnswer, ServerToClient } from '@diemcau/shared/protocol/socket.ts';
import { protocolVersion } from '@diemcau/shared/protocol/version.ts';
import { io, type Socket } from 'socket.io-client';
import { refusalOfHandshake } from '../../../client/src/net/handshake-refusal.ts';
import { MeetingLogFollower } from '../../../client/src/net/meeting-log-follower.ts';
import type { Ledger } from '../ledger.ts';

/** How long a request may go without an answer, in milliseconds. */
const patience = 2_000;

type RequestName = 'join' | 'command' | 'catchUp';
type RequestOf<N extends RequestName> = Parameters<ClientToServer[N]>[0];
type AnswerOf<N extends RequestName> = Parameters<Parameters<ClientToServer[N]>[1]>[0];

export interface DeviceParts {
  readonly url: string;
  readonly meetingId: MeetingId;
  readonly ledger: Ledger;
  /** The token for the next handshake. */
  readonly token: () => Promise<string>;
  /** The server has refused the token: the next one must be new. */
  readonly tokenRefused: () => void;
}

/** One socket of one person, with a screen that folds what it is sent. It forgets nothing that it was shown. */
export class Device {
  readonly #parts: DeviceParts;
  readonly #socket: Socket<ServerToClient, ClientToServer>;
  readonly #screen: MeetingLogFollower;
  #joined = false;

  constructor(parts: DeviceParts) {
    this.#parts = parts;
    const { meetingId, ledger } = parts;
    this.#screen = new MeetingLogFollower(
      async (after) =>
        (await this.ask('catchUp', { meetingId, after })) ?? { ok: false, code: 'tryAgain', message: '' },
      ({ head }) => ledger.saw(meetingId, [head]),
    );
    this.#socket = io(parts.url, {
      auth: (set) => {
        parts.token().then(
          (token) => set({ token, protocol: protocolVersion, language: 'vi' }),
          () => set({}),
        );
      },
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 30,
      reconnectionDelayMax: 300,
    });
    this.#socket.on('disconnect', (reason) => {
      this.#joined = false;
      // Ended by the server, or by this device itself: the client library does not come back by itself then.
      if (reason === 'io server disconnect') this.#socket.connect();
    });
    this.#socket.on('connect_error', (error) => {
      if (this.#socket.active) return;
      const code = refusalOfHandshake(error)?.code;
      if (code === 'unauthenticated' || code === 'sessionEnded') parts.tokenRefused();
      setTimeout(() => this.#socket.connect(), 200);
    });
    this.#socket.on('events', ({ events }) => {
      ledger.saw(meetingId, events);
      this.#screen.receive(events);
    });
    this.#socket.on('snapshot', ({ snapshot, head }) => {
      ledger.saw(meetingId, [head]);
      this.#screen.replace(snapshot, head);
    });
  }

  /** What the screen shows; null before the first join. */
  get state(): MeetingState | null {
    return this.#screen.state.get();
  }

  /** Enters the room anew. @returns the server's answer; null when none came. */
  async join(): Promise<Answer<JoinAnswer> | null> {
    const { meetingId, ledger } = this.#parts;
    const answer = await this.ask('join', { meetingId, media: 'unwanted' });
    if (answer?.ok) {
      this.#joined = true;
      ledger.saw(meetingId, [answer.value.head]);
      this.#screen.replace(answer.value.snapshot, answer.value.head);
    }
    return answer;
  }

  /** Enters the room where this line has not done so yet. */
  async enter(): Promise<boolean> {
    return this.#joined || (await this.join())?.ok === true;
  }

  /** The screen asks for what it may have missed, and has it when this resolves. */
  async refresh(): Promise<boolean> {
    const { meetingId, ledger } = this.#parts;
    const after = this.state?.seq ?? 0;
    const answer = await this.ask('catchUp', { meetingId, after });
    if (!answer?.ok || answer.value.kind === 'snapshot') return (await this.join())?.ok === true;
    ledger.saw(meetingId, answer.value.events);
    this.#screen.receive(answer.value.events);
    return true;
  }

  /** @returns null when no answer came. */
  async ask<N extends RequestName>(name: N, request: RequestOf<N>): Promise<AnswerOf<N> | null> {
    if (!this.#socket.connected) return null;
    try {
      const emit = this.#socket.timeout(patience).emitWithAck as (
        name: N,
        request: RequestOf<N>,
      ) => Promise<AnswerOf<N>>;
      const answer = await emit.call(this.#socket, name, request);
      if (!answer.ok && answer.code === 'notJoined') this.#joined = false;
      return answer;
    } catch {
      return null;
    }
  }

  /** The line breaks at once, and whatever answer is on its way is never heard; then it comes back. */
  cut(): void {
    this.#socket.io.engine?.close();
  }

  close(): void {
    this.#socket.disconnect();
  }
}
