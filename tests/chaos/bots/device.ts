import type { Viewer } from '@diemcau/shared/domain/audience.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { Known } from '@diemcau/shared/protocol/requests.ts';
import type {
  Answer,
  ClientToServer,
  Entrance,
  JoinAnswer,
  ServerToClient,
} from '@diemcau/shared/protocol/socket.ts';
import { protocolVersion } from '@diemcau/shared/protocol/version.ts';
import { io, type Socket } from 'socket.io-client';
import { MeetingLogFollower } from '../../../client/src/net/meeting-log-follower.ts';
import { refusalOfHandshake } from '../../../client/src/net/said-refusal.ts';
import type { Ledger } from '../ledger.ts';

/** How long a request may go without an answer, in milliseconds. */
const patience = 2_000;
/** Before a device asks at home again where its meeting lives, in milliseconds. */
const homeAfter = 300;

type RequestName = 'join' | 'command' | 'catchUp';
type RequestOf<N extends RequestName> = Parameters<ClientToServer[N]>[0];
type AnswerOf<N extends RequestName> = Parameters<Parameters<ClientToServer[N]>[1]>[0];

export interface DeviceParts {
  /** The address of all servers. */
  readonly url: string;
  readonly meetingId: MeetingId;
  readonly ledger: Ledger;
  /** The token for the next handshake. */
  readonly token: () => Promise<string>;
  /** The server has refused the token: the next one must be new. */
  readonly tokenRefused: () => void;
}

/**
 * One device of one person, with a screen that folds what it is sent. It goes to the server that holds its meeting, and the
 * ledger forgets nothing that it was shown or told, however late.
 */
export class Device {
  readonly #parts: DeviceParts;
  readonly #screen: MeetingLogFollower;
  #socket: Socket<ServerToClient, ClientToServer>;
  /** The server of several that it went to; null: whichever answers. */
  #address: string | null = null;
  #joined = false;
  /** As whom it was last let in. */
  #viewer: Viewer | null = null;
  #closed = false;

  constructor(parts: DeviceParts) {
    this.#parts = parts;
    const { meetingId, ledger } = parts;
    this.#screen = new MeetingLogFollower(
      async (after) =>
        (await this.ask('catchUp', { meetingId, after })) ?? { ok: false, code: 'tryAgain', message: '' },
      ({ head, viewer }) => {
        ledger.saw(meetingId, [head]);
        this.#viewer = viewer;
      },
    );
    this.#socket = this.#connect();
  }

  /** What the screen shows; null before the first join. */
  get state(): MeetingState | null {
    return this.#screen.state.get();
  }

  /** Enters the room anew, and says what it has seen. @returns the server's answer; null when none came. */
  join(media: 'wanted' | 'unwanted' = 'unwanted'): Promise<Answer<Entrance> | null> {
    return this.#join(
      media,
      this.#viewer ? { ...this.#screen.head, officer: this.#viewer.officer } : undefined,
    );
  }

  /** Enters the room as if it had seen nothing. @returns what it is shown; null when no answer came, or a refusal. */
  async joinAnew(): Promise<JoinAnswer | null> {
    const answer = await this.#join('unwanted', undefined);
    return answer?.ok && 'snapshot' in answer.value ? answer.value : null;
  }

  async #join(media: 'wanted' | 'unwanted', known: Known | undefined): Promise<AnswerOf<'join'> | null> {
    const { meetingId, ledger } = this.#parts;
    const socket = this.#socket;
    const answer = await this.ask('join', { meetingId, media, known });
    if (answer?.ok && socket === this.#socket) {
      this.#joined = true;
      this.#viewer = answer.value.viewer;
      ledger.saw(meetingId, [answer.value.head]);
      if ('snapshot' in answer.value) this.#screen.replace(answer.value.snapshot, answer.value.head);
      else {
        ledger.saw(meetingId, answer.value.events);
        this.#screen.receive(answer.value.events);
      }
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

  /**
   * @param hear is told of the answer whenever it comes, also when nobody waits for it any more.
   * @returns null when no answer came in time.
   */
  ask<N extends RequestName>(
    name: N,
    request: RequestOf<N>,
    hear: (answer: AnswerOf<N>) => void = () => undefined,
  ): Promise<AnswerOf<N> | null> {
    const socket = this.#socket;
    if (!socket.connected) return Promise.resolve(null);
    return new Promise((resolve) => {
      const giveUp = () => resolve(null);
      const timer = setTimeout(giveUp, patience);
      socket.once('disconnect', giveUp);
      const emit = socket.emit as unknown as (
        name: N,
        request: RequestOf<N>,
        ack: (answer: AnswerOf<N>) => void,
      ) => void;
      emit.call(socket, name, request, (answer) => {
        clearTimeout(timer);
        socket.off('disconnect', giveUp);
        hear(answer);
        if (!answer.ok) this.#refused(socket, answer);
        resolve(answer);
      });
    });
  }

  /** The line breaks at once, and whatever answer is on its way is never heard; then it comes back. */
  cut(): void {
    this.#socket.io.engine?.close();
  }

  /** Gives up on a server of several that does not answer, and asks at home where the meeting lives now. */
  goHome(): void {
    if (this.#address !== null) this.#moveTo(null);
  }

  close(): void {
    this.#closed = true;
    this.#socket.disconnect();
  }

  #refused(
    socket: Socket<ServerToClient, ClientToServer>,
    { code, params }: Extract<Answer<never>, { ok: false }>,
  ): void {
    if (socket !== this.#socket) return;
    if (code === 'notJoined') this.#joined = false;
    if (code === 'livesElsewhere') this.#moveTo(String(params?.node));
  }

  #moveTo(address: string | null): void {
    if (this.#closed) return;
    this.#joined = false;
    this.#address = address;
    // The old line hears its last answers; it is left alone, as a device that walks out of reach leaves it.
    const old = this.#socket;
    old.off('events').off('snapshot').off('moved');
    setTimeout(() => old.disconnect(), 4 * patience).unref();
    this.#socket = this.#connect();
  }

  #connect(): Socket<ServerToClient, ClientToServer> {
    const { url, token, tokenRefused, meetingId, ledger } = this.#parts;
    const address = this.#address;
    const place = new URL(address ?? '/', url);
    const socket: Socket<ServerToClient, ClientToServer> = io(place.origin, {
      path: `${place.pathname.replace(/\/$/, '')}/socket.io/`,
      auth: (set) => {
        token().then(
          (given) => set({ token: given, protocol: protocolVersion, language: 'vi' }),
          () => set({}),
        );
      },
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 30,
      reconnectionDelayMax: 300,
    });
    const isCurrent = () => socket === this.#socket && !this.#closed;
    const comeBack = () => {
      if (!isCurrent()) return;
      if (address === null) socket.connect();
      else this.#moveTo(null);
    };
    socket.on('disconnect', (reason) => {
      if (!isCurrent()) return;
      this.#joined = false;
      // Another server that is gone is one to be asked after; ended by the server the library does not come back by itself.
      if (address !== null || reason === 'io server disconnect') setTimeout(comeBack, homeAfter);
    });
    socket.on('connect_error', (error) => {
      const code = refusalOfHandshake(error)?.code;
      if (code === 'unauthenticated' || code === 'sessionEnded') tokenRefused();
      if (address !== null || !socket.active) setTimeout(comeBack, homeAfter);
    });
    socket.on('events', ({ events }) => {
      ledger.saw(meetingId, events);
      this.#screen.receive(events);
    });
    socket.on('snapshot', ({ snapshot, head, viewer }) => {
      ledger.saw(meetingId, [head]);
      this.#viewer = viewer;
      this.#screen.replace(snapshot, head);
    });
    socket.on('moved', ({ to }) => this.#moveTo(to));
    return socket;
  }
}
