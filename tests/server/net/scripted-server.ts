import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LoggedEvent } from '@diemcau/shared/domain/events.ts';
import { emptyMeeting, evolve } from '@diemcau/shared/domain/meeting.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import { asId, type CommandId, type MeetingId, type PersonId } from '@diemcau/shared/ids.ts';
import type { ClientToServer, JoinAnswer, Receipt, ServerToClient } from '@diemcau/shared/protocol/socket.ts';
import type { RefusalCode } from '@diemcau/shared/result.ts';
import { type Socket, Server as SocketServer } from 'socket.io';

export const meetingId = asId<MeetingId>('meeting-1');
const person = asId<PersonId>('person-1');

/** The event with this number; all are small ones that need no state before them. */
export function eventAt(seq: number): LoggedEvent {
  const reason = `reason ${seq}`;
  return {
    seq,
    type: 'meetingSuspended',
    at: 1_000 + seq,
    hash: `hash-${seq}`,
    dataHash: '',
    data: { reason, by: { kind: 'system' }, cause: null },
  };
}

/** A real Socket.IO server that answers as a test tells it; its log grows by one event per command, as the true one's does. */
export class ScriptedServer {
  readonly commands: CommandId[] = [];
  readonly joins: (CommandId | null)[] = [];
  readonly catchUps: number[] = [];
  readonly tokens: string[] = [];
  readonly receipts = new Map<CommandId, Receipt>();
  state: MeetingState = emptyMeeting;
  /** Whether the answer to a recorded command reaches who sent it. */
  answers: 'given' | 'lost' = 'given';
  /** Milliseconds between a command and its answer. */
  delay = 0;
  /** What the door says to a token. */
  door: (token: string) => RefusalCode | null = () => null;
  joinRefusal: RefusalCode | null = null;
  /** `earlier`: it knows no join that says what the device has, as before there were such. */
  version: 'own' | 'earlier' = 'own';
  /** Which devices it knows in the meeting: `none` since their join, as a server that the meeting has left. */
  seats: 'kept' | 'none' = 'kept';
  /** What each join wanted of media. */
  readonly mediaWishes: ('wanted' | 'unwanted')[] = [];
  /** `silent`: the line looks whole, and nothing comes back over it. */
  signsOfLife: 'given' | 'silent' = 'given';
  clockAhead = 0;
  readonly #http: HttpServer = createServer();
  readonly #io = new SocketServer<ClientToServer, ServerToClient>(this.#http);
  readonly #log: LoggedEvent[] = [];

  async listen(): Promise<string> {
    this.#io.use((socket, next) => {
      const { token } = socket.handshake.auth as { token: string };
      this.tokens.push(token);
      const code = this.door(token);
      next(
        code === null
          ? undefined
          : Object.assign(new Error(code), { data: { code, message: `no: ${code}` } }),
      );
    });
    this.#io.on('connection', (socket) => this.#serve(socket));
    await new Promise<void>((resolve) => this.#http.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  /** Records the next event without telling anybody. */
  record(): LoggedEvent {
    const event = eventAt(this.state.seq + 1);
    this.state = evolve(this.state, event);
    this.#log.push(event);
    return event;
  }

  tell(...events: LoggedEvent[]): void {
    this.#io.emit('events', { meetingId, events });
  }

  end(code: RefusalCode): void {
    this.#io.emit('ended', { code, message: `ended: ${code}` });
  }

  /** Breaks every line, as a dead server or a lost network does. */
  cut(): void {
    for (const socket of this.#io.sockets.sockets.values()) socket.conn.close();
  }

  async close(): Promise<void> {
    await this.#io.close();
  }

  #serve(socket: Socket<ClientToServer, ServerToClient>): void {
    socket.on('clock', (_, ack) => {
      if (this.signsOfLife === 'given') ack({ ok: true, value: { now: Date.now() + this.clockAhead } });
    });
    socket.on('join', (request, ack) => {
      this.joins.push(request.checkIn?.id ?? null);
      this.seats = 'kept';
      this.mediaWishes.push(request.media);
      if (this.version === 'earlier' && (request.known || request.resume))
        ack({ ok: false, code: 'malformed', message: 'no' });
      else if (this.joinRefusal) ack({ ok: false, code: this.joinRefusal, message: 'no' });
      else ack({ ok: true, value: this.#joinAnswer() });
    });
    socket.on('catchUp', (request, ack) => {
      this.catchUps.push(request.after);
      const events = this.#log.filter((event) => event.seq > request.after);
      ack({ ok: true, value: { kind: 'events', events } });
    });
    socket.on('command', (request, ack) => {
      this.commands.push(request.id);
      if (this.seats === 'none') return ack({ ok: false, code: 'notJoined', message: 'no' });
      const receipt = this.receipts.get(request.id) ?? this.#recordCommand(request.id);
      const answer = () => ack({ ok: true, value: receipt });
      if (this.answers === 'given') setTimeout(answer, this.delay);
      return undefined;
    });
  }

  #recordCommand(id: CommandId): Receipt {
    const { seq, hash } = this.record();
    this.receipts.set(id, { seq, hash });
    return { seq, hash };
  }

  #joinAnswer(): JoinAnswer {
    return {
      as: { kind: 'member', person, name: 'Nguyễn Thị Hòa' },
      viewer: { person, site: null, officer: false },
      snapshot: this.state,
      head: { seq: this.state.seq, hash: `hash-${this.state.seq}` },
      now: Date.now(),
      media: null,
      epoch: 1,
      mediaRefusal: 'mediaUnavailable',
    };
  }
}
