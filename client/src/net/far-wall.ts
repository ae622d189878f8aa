import type { CommandId, MeetingId } from '@diemcau/shared/ids.ts';
import type { Answer, WallMediaRequest } from '@diemcau/shared/protocol/socket.ts';
import type { WallOutcome } from '@diemcau/shared/protocol/wall.ts';
import type {
  WallMediaAnswers,
  WallMediaNotice,
  WallMediaRequestData,
  WallMediaRequestName,
} from '@diemcau/shared/protocol/wall-media.ts';
import { Observable, type Readable } from '../store/observable.ts';
import { newCommandId } from './command-outbox.ts';
import type { Connection } from './connection.ts';

type Outcomes = Answer<readonly WallOutcome[]>;

/** What one server of several needs to be asked for the meetings that are attended there. */
export class FarWall {
  readonly address: string;
  readonly #connection: Connection;
  readonly #line = new Observable<'up' | 'down'>('down');
  readonly #attended = new Set<MeetingId>();
  readonly #listeners = new Set<(notice: WallMediaNotice) => void>();
  readonly #subscriptions: (() => void)[];
  readonly #onLeft: (meetings: readonly MeetingId[]) => void;
  #opening: Promise<Answer<unknown>> | null = null;

  /** @param onLeft told of meetings that are no longer to be found there: their line is lost, or they have moved. */
  constructor(address: string, connection: Connection, onLeft: (meetings: readonly MeetingId[]) => void) {
    this.address = address;
    this.#connection = connection;
    this.#onLeft = onLeft;
    this.#subscriptions = [
      connection.on('wallMedia', ({ notice }) => {
        for (const listener of [...this.#listeners]) listener(notice);
      }),
      connection.on('moved', ({ meetingId }) => this.#left([meetingId])),
      connection.state.subscribe(() => this.#lineChanged()),
    ];
  }

  get connection(): Connection {
    return this.#connection;
  }

  /** `up` once meetings can be attended there. */
  get line(): Readable<'up' | 'down'> {
    return this.#line;
  }

  get attended(): ReadonlySet<MeetingId> {
    return this.#attended;
  }

  async attend(id: CommandId, meetings: readonly MeetingId[]): Promise<Outcomes> {
    const open = await this.#opened();
    if (!open.ok) return open;
    const answer = await this.#connection.request('attendMeetings', { id, meetings: [...meetings] });
    if (!answer.ok) return answer;
    for (const { meetingId, ok } of answer.value.outcomes) if (ok) this.#attended.add(meetingId);
    return { ok: true, value: answer.value.outcomes };
  }

  async leave(meetings: readonly MeetingId[]): Promise<Outcomes> {
    const answer = await this.#connection.request('leaveMeetings', {
      id: newCommandId(),
      meetings: [...meetings],
    });
    if (!answer.ok) return answer;
    for (const { meetingId, ok } of answer.value.outcomes) if (ok) this.#attended.delete(meetingId);
    return { ok: true, value: answer.value.outcomes };
  }

  focus(meeting: MeetingId | null): Promise<Answer<Record<never, never>>> {
    return this.#connection.request('focusMeeting', { meeting });
  }

  async message(id: CommandId, meetings: readonly MeetingId[], text: string): Promise<Outcomes> {
    const open = await this.#opened();
    if (!open.ok) return open;
    const answer = await this.#connection.request('messageChairs', { id, meetings: [...meetings], text });
    return answer.ok ? { ok: true, value: answer.value.outcomes } : answer;
  }

  readonly media = async <N extends WallMediaRequestName>(
    name: N,
    data: WallMediaRequestData<N>,
  ): Promise<Answer<WallMediaAnswers[N]>> => {
    const request = { name, data } as unknown as WallMediaRequest;
    return (await this.#connection.request('wallMedia', request)) as Answer<WallMediaAnswers[N]>;
  };

  /** @returns a function that stops listening. */
  readonly onMediaNotice = (listener: (notice: WallMediaNotice) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  close(): void {
    for (const unsubscribe of this.#subscriptions.splice(0)) unsubscribe();
    this.#listeners.clear();
    this.#line.set('down');
    void this.#connection.request('unwatchWall', {});
  }

  /** Watches there, once for each time that the line comes up. */
  async #opened(): Promise<Answer<unknown>> {
    if (this.#connection.state.get().kind !== 'online') {
      // It may only just have been begun: it comes up, or is lost and says so.
      const { state } = this.#connection;
      await new Promise<void>((resolve) => {
        if (state.get().kind !== 'connecting') return resolve();
        const stop = state.subscribe(() => {
          stop();
          resolve();
        });
      });
    }
    this.#opening ??= this.#connection.request('watchWall', { part: 'attending' });
    const answer = await this.#opening;
    if (answer.ok) this.#line.set('up');
    else this.#opening = null;
    return answer;
  }

  #lineChanged(): void {
    const { kind } = this.#connection.state.get();
    if (kind === 'online' || kind === 'connecting') return;
    this.#opening = null;
    this.#line.set('down');
    this.#left([...this.#attended]);
  }

  #left(meetings: readonly MeetingId[]): void {
    const gone = meetings.filter((meeting) => this.#attended.delete(meeting));
    if (gone.length > 0) this.#onLeft(gone);
  }
}
