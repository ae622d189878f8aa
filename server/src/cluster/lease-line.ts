import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectSecured } from 'node:tls';
import { keys } from './keys.ts';

/** Renews a lease that stands, and begins none. */
const extendScript = `
  if redis.call('HGET', KEYS[1], 'incarnation') ~= ARGV[1] then return 0 end
  return redis.call('PEXPIRE', KEYS[1], ARGV[2])`;

const defaultPort = 6379;
/** No answer after so long, milliseconds: this line is given up. */
const answerWithin = 900;
const connectWithin = 1_000;
/** Between attempts: full jitter below this, milliseconds. */
const longestPause = 500;

/** Which node's lease, of which life of it. */
export interface LeaseName {
  readonly name: string;
  readonly incarnation: string;
}

/**
 * A line to Redis that renews a lease and does nothing else; it comes back by itself. Not the client of all other requests: that one
 * takes as much memory again in each thread as a small server, and here every answer is one line of text.
 */
export class LeaseLine {
  readonly #url: URL;
  #socket: Socket | null = null;
  #state: 'connecting' | 'ready' | 'closed' = 'connecting';
  #received = '';
  /** For the answer to the request of the moment. */
  #answered: ((line: string | null) => void) | null = null;
  #timer: NodeJS.Timeout | undefined;

  /** @param url as `redis://user:password@host:port/database`, or `rediss:` for TLS. */
  constructor(url: string) {
    this.#url = new URL(url);
    void this.#open();
  }

  get isReady(): boolean {
    return this.#state === 'ready' && this.#answered === null;
  }

  /** @returns whether the lease stood, and stands for so many milliseconds from now on. Rejects where Redis does not say. */
  async extend({ name, incarnation }: LeaseName, milliseconds: number): Promise<boolean> {
    const answer = await this.#ask(
      'EVAL',
      extendScript,
      '1',
      keys.node(name),
      incarnation,
      `${milliseconds}`,
    );
    return answer === ':1';
  }

  close(): void {
    this.#state = 'closed';
    clearTimeout(this.#timer);
    this.#socket?.destroy();
  }

  async #open(): Promise<void> {
    const { protocol, hostname, port, username, password, pathname } = this.#url;
    const host = hostname.replace(/^\[(.*)\]$/, '$1');
    const at = { host, port: Number(port || defaultPort) };
    const secured = protocol === 'rediss:';
    const socket = secured
      ? connectSecured({ ...at, ...(isIP(host) ? {} : { servername: host }) })
      : connectPlain(at);
    this.#socket = socket;
    this.#received = '';
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => this.#receive(text));
    socket.on('error', () => undefined);
    socket.once('close', () => this.#lost());
    this.#timer = setTimeout(() => socket.destroy(), connectWithin);
    socket.once(secured ? 'secureConnect' : 'connect', async () => {
      clearTimeout(this.#timer);
      const user = username === '' ? [] : [decodeURIComponent(username)];
      try {
        if (password !== '') await this.#ask('AUTH', ...user, decodeURIComponent(password));
        if (pathname.length > 1) await this.#ask('SELECT', pathname.slice(1));
        if (this.#state === 'connecting') this.#state = 'ready';
      } catch {
        socket.destroy();
      }
    });
  }

  #lost(): void {
    clearTimeout(this.#timer);
    this.#answered?.(null);
    if (this.#state === 'closed') return;
    this.#state = 'connecting';
    this.#timer = setTimeout(() => void this.#open(), 50 + Math.round(Math.random() * longestPause));
  }

  /** One request at a time. @returns its answer, a line without its end. */
  async #ask(...words: string[]): Promise<string> {
    const socket = this.#socket;
    if (socket === null || this.#answered !== null) throw new Error('the line is busy');
    const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
    socket.write(`*${words.length}\r\n${parts.join('')}`, 'utf8');
    // A line without an answer is given up: what comes on it later would be taken for the answer to something else.
    const late = setTimeout(() => socket.destroy(), answerWithin);
    const line = await new Promise<string | null>((resolve) => {
      this.#answered = resolve;
    });
    clearTimeout(late);
    this.#answered = null;
    if (line === null) throw new Error('Redis has not answered in time');
    if (line.startsWith('-')) throw new Error(line.slice(1));
    return line;
  }

  #receive(text: string): void {
    this.#received += text;
    const end = this.#received.indexOf('\r\n');
    if (end < 0) return;
    const line = this.#received.slice(0, end);
    this.#received = this.#received.slice(end + 2);
    this.#answered?.(line);
  }
}
