import type { MeetingId } from '@diemcau/shared/ids.ts';
import { protocolVersion } from '@diemcau/shared/protocol/version.ts';
import type { WallBatch } from '@diemcau/shared/protocol/wall.ts';
import { io, type Socket } from 'socket.io-client';
import { type Happening, plan, type Ready } from './plan.ts';

/** A superior's screen: when it has learned of what, and how much came over the line. */
export class Watcher {
  readonly socket: Socket;
  readonly tiles: readonly MeetingId[];
  bytes = 0;
  messages = 0;
  /** For each tile, event numbers that it showed and when, milliseconds since 1970. */
  readonly #seen = new Map<MeetingId, { readonly seq: number; readonly at: number }[]>();

  constructor(url: string, token: string, tiles: readonly MeetingId[]) {
    this.tiles = tiles;
    const auth = { token, protocol: protocolVersion, language: 'vi' };
    this.socket = io(url, { auth, transports: ['websocket'], forceNew: true, reconnection: false });
    this.socket.on('connect', () => {
      this.socket.io.engine.on('packet', ({ data }: { data?: unknown }) => {
        this.bytes += 2 + Buffer.byteLength(String(data ?? ''));
        this.messages += 1;
      });
    });
    this.socket.on('wall', ({ summaries }: WallBatch) => {
      for (const { meetingId, seq } of summaries ?? []) this.#note(meetingId, seq);
    });
    this.socket.on('state', ({ meetingId, state }: { meetingId: MeetingId; state: { seq: number } }) =>
      this.#note(meetingId, state.seq),
    );
  }

  /** Begins to watch the tiles by the product's wall. */
  async watchWall(): Promise<void> {
    await this.#connected();
    for (const [name, data] of [
      ['watchWall', {}],
      ['showTiles', { meetings: this.tiles }],
    ] as const) {
      const answer = await this.socket.emitWithAck(name, data);
      if (!answer.ok) throw new Error(`${name} was refused: ${answer.code}`);
    }
  }

  /** Begins to get whole states. */
  async followStates(): Promise<void> {
    await this.#connected();
    this.socket.emit('follow', this.tiles);
  }

  reset(): void {
    this.bytes = 0;
    this.messages = 0;
    this.#seen.clear();
  }

  /** @returns how long after each happening this screen showed it, milliseconds; what it had no time to show is left out. */
  delays(happenings: readonly Happening[]): readonly number[] {
    const tiles = new Set(this.tiles);
    const delays: number[] = [];
    for (const [meetingId, seq, at] of happenings) {
      if (!tiles.has(meetingId)) continue;
      const shown = this.#seen.get(meetingId)?.find((one) => one.seq >= seq);
      if (shown) delays.push(shown.at - at);
    }
    return delays;
  }

  #note(meetingId: MeetingId, seq: number): void {
    const seen = this.#seen.get(meetingId) ?? [];
    seen.push({ seq, at: performance.timeOrigin + performance.now() });
    this.#seen.set(meetingId, seen);
  }

  async #connected(): Promise<void> {
    if (this.socket.connected) return;
    await new Promise<void>((resolve, reject) => {
      this.socket.once('connect', resolve);
      this.socket.once('connect_error', reject);
    });
  }
}

/** The plan's superiors, each with tiles of their own. */
export function watchersOf({ tokens, meetings }: Ready, url: string): readonly Watcher[] {
  return tokens.map((token, index) => {
    const tiles = Array.from(
      { length: plan.tiles },
      (_, place) => meetings[(index * plan.tiles + place) % meetings.length] as MeetingId,
    );
    return new Watcher(url, token, tiles);
  });
}
