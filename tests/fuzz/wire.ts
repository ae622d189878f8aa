import { WebSocket } from 'ws';

/** Milliseconds after which a message counts as unanswered. */
export const patience = 15_000;

/** How a connection began: open, refused with what the server said, or broken off without a word. */
export type Opening =
  | { readonly kind: 'open'; readonly wire: Wire }
  | { readonly kind: 'refused'; readonly said: unknown }
  | { readonly kind: 'closed' };

/** What came of a message that asks for an answer. */
export type Reply =
  | { readonly kind: 'answer'; readonly value: unknown }
  | { readonly kind: 'closed' }
  | { readonly kind: 'silence' };

/**
 * Engine.IO and Socket.IO as text on a bare WebSocket, so that a frame may be anything. Tests of the product use its real
 * client; this one has no opinion on what may be sent.
 */
export class Wire {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  #next = 0;
  #closed = false;
  /** Told of messages that the server sends by itself: name and content, now and then. */
  onNews: ((name: string, content: unknown) => void) | null = null;
  #news = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#take(String(data)));
    socket.on('close', () => this.#end());
    socket.on('error', () => this.#end());
    if (socket.readyState > WebSocket.OPEN) this.#end();
  }

  /** @param connect the text after `40`: the handshake as JSON, or what is to be tried in its place. */
  static open(url: string, connect: string, localAddress: string): Promise<Opening> {
    const address = `${url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(address, { localAddress, perMessageDeflate: false });
    return new Promise((resolve) => {
      const timer = setTimeout(() => socket.terminate(), patience);
      const settle = (opening: Opening) => {
        clearTimeout(timer);
        socket.off('message', listen).off('close', closed);
        resolve(opening);
      };
      const closed = () => settle({ kind: 'closed' });
      const listen = (data: unknown) => {
        const text = String(data);
        if (text.startsWith('0')) socket.send(`40${connect}`);
        if (text.startsWith('40')) settle({ kind: 'open', wire: new Wire(socket) });
        if (text.startsWith('44')) {
          settle({ kind: 'refused', said: JSON.parse(text.slice(2)) });
          socket.terminate();
        }
      };
      socket.on('message', listen).on('close', closed);
      socket.on('error', () => {});
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Sends `[name, payload]`, written as `text`, and waits for its answer. */
  ask(text: string): Promise<Reply> {
    const id = this.#next;
    this.#next += 1;
    return this.#expect(id, () => this.#socket.send(`42${id}${text}`));
  }

  /** Sends a frame as it stands; whatever it does, a request behind it is answered, or the connection ends. */
  async throwIn(frame: string | Buffer): Promise<Reply> {
    if (this.#closed) return { kind: 'closed' };
    this.#socket.send(frame);
    return this.ask('["clock",{}]');
  }

  close(): void {
    this.#socket.terminate();
    this.#end();
  }

  #expect(id: number, send: () => void): Promise<Reply> {
    if (this.#closed) return Promise.resolve({ kind: 'closed' });
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle({ kind: 'silence' }), patience);
      const settle = (reply: Reply) => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        resolve(reply);
      };
      this.#waiting.set(id, settle);
      send();
    });
  }

  #take(text: string): void {
    if (text === '2') this.#socket.send('3');
    if (text.startsWith('42')) this.#hear(text);
    if (!text.startsWith('43')) return;
    const bracket = text.indexOf('[');
    const answer = this.#waiting.get(Number(text.slice(2, bracket)));
    if (answer) answer({ kind: 'answer', value: JSON.parse(text.slice(bracket))[0] });
  }

  #hear(text: string): void {
    this.#news += 1;
    if (this.onNews === null || this.#news % 20 > 0 || text.length > 20_000) return;
    const [name, content] = JSON.parse(text.slice(2));
    this.onNews(String(name), content);
  }

  #end(): void {
    this.#closed = true;
    for (const answer of [...this.#waiting.values()]) answer({ kind: 'closed' });
  }
}
