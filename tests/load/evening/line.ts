import { WebSocket } from 'ws';

/** What a line tells its owner. */
export interface LineListener {
  /** An event of the server as it came: `["events",{…}]`. Whoever wants to read it parses it. */
  onEvent?(text: string): void;
  /** The line has ended by itself. */
  onLost?(): void;
}

export interface LineOptions {
  /** As `http://127.0.0.1:3000`. */
  readonly url: string;
  /** What is said at the handshake; null: nothing. */
  readonly auth: object | null;
  /** The address on this side: each has its own 28,000 ports. */
  readonly localAddress?: string;
}

const answerTimeout = 60_000;

const pong = Buffer.from('3');

/** Nobody listens in on a benchmark: that clients hide what they say with chance costs time, and nothing of it is measured. */
const sameMask = (mask: Buffer) => mask.fill(1);

interface Waiting {
  readonly answered: (text: string | null) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * A connection that speaks Socket.IO's framing (engine.io 4, packets of version 5) over a bare `ws`. Tens of thousands fit into
 * the processes that make the load: no reconnection, no heartbeat timers, and no message is parsed unless somebody reads it.
 */
export class LightLine {
  readonly #socket: WebSocket;
  readonly #listener: LineListener;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 0;
  #closed = false;

  /** Resolves when the server has let the line in. @throws with the refusal that the server gave. */
  static async open(
    { url, auth, localAddress }: LineOptions,
    listener: LineListener = {},
  ): Promise<LightLine> {
    const address = `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(address, {
      perMessageDeflate: false,
      skipUTF8Validation: true,
      generateMask: sameMask,
      ...(localAddress === undefined ? {} : { localAddress }),
    });
    const line = new LightLine(socket, listener);
    await new Promise<void>((resolve, reject) => {
      socket.on('error', reject);
      socket.on('close', () => reject(new Error('the line ended before it stood')));
      socket.on('message', (data: Buffer) => line.#take(data, auth, resolve, reject));
    });
    return line;
  }

  private constructor(socket: WebSocket, listener: LineListener) {
    this.#socket = socket;
    this.#listener = listener;
    socket.on('close', () => {
      for (const id of [...this.#waiting.keys()]) this.#settle(id, null);
      if (!this.#closed) this.#listener.onLost?.();
    });
  }

  /**
   * Asks, and hands the answer over as it came, `[{"ok":true,…}]`, before any message that came after it; null when none
   * comes within a minute, or the line ends.
   */
  ask(name: string, data: object, answered: (text: string | null) => void): void {
    const id = this.#nextId++;
    const timer = setTimeout(() => this.#settle(id, null), answerTimeout);
    this.#waiting.set(id, { answered, timer });
    this.#say(`42${id}${JSON.stringify([name, data])}`);
  }

  /** As {@link ask}. @throws when no answer comes. */
  request(name: string, data: object): Promise<string> {
    return new Promise((resolve, reject) => {
      this.ask(name, data, (text) => {
        if (text === null) reject(new Error(`${name}: no answer`));
        else resolve(text);
      });
    });
  }

  close(): void {
    this.#closed = true;
    this.#socket.close();
  }

  /** As bytes: `ws` writes these with their head in one piece. */
  #say(text: string): void {
    this.#socket.send(Buffer.from(text), { binary: false });
  }

  #take(data: Buffer, auth: object | null, opened: () => void, refused: (error: Error) => void): void {
    if (data[0] === 0x32) {
      // ping
      this.#socket.send(pong, { binary: false });
      return;
    }
    const text = data.toString();
    switch (text.charCodeAt(0)) {
      case 0x30: // open
        this.#say(auth === null ? '40' : `40${JSON.stringify(auth)}`);
        return;
      case 0x34: // message
        break;
      default:
        return;
    }
    switch (text.charCodeAt(1)) {
      case 0x30: // connect
        opened();
        return;
      case 0x32: // event
        this.#listener.onEvent?.(text.slice(2));
        return;
      case 0x33: // ack
        this.#answer(text);
        return;
      case 0x34: // connect error
        refused(new Error(text.slice(2)));
    }
  }

  #answer(text: string): void {
    const begin = text.indexOf('[');
    this.#settle(Number(text.slice(2, begin)), text.slice(begin));
  }

  #settle(id: number, text: string | null): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    waiting.answered(text);
  }
}
