import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { z } from 'zod';

const answer = z.object({
  id: z.number(),
  type: z.enum(['success', 'error']),
  result: z.unknown(),
  message: z.string().optional(),
});
const contexts = z.object({ contexts: z.array(z.object({ context: z.string() })) });
const evaluated = z.discriminatedUnion('type', [
  z.object({ type: z.literal('success'), result: z.object({ type: z.string(), value: z.unknown() }) }),
  z.object({ type: z.literal('exception'), exceptionDetails: z.object({ text: z.string() }) }),
]);

/** Devices are invented and need no leave; nothing is fetched that no page asked for. */
const preferences: Readonly<Record<string, boolean | number | string>> = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.autoplay.default': 0,
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'app.update.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'toolkit.telemetry.enabled': false,
  'intl.accept_languages': 'vi',
};

/** @returns why Firefox can't be driven here, in a sentence; null where it can. */
export function firefoxObstacle(): string | null {
  if (process.env.CI === 'true') return null;
  const there = spawnSync('sh', ['-c', 'command -v firefox-esr']).status === 0;
  return there ? null : 'firefox-esr is not installed (on Debian: apt-get install firefox-esr).';
}

/** One page of a Firefox of its own, spoken to by WebDriver BiDi. */
export interface FirefoxPage {
  goto(url: string): Promise<void>;
  /**
   * Evaluates an expression, and awaits it where it is a promise; it must give what JSON can hold.
   * @throws with the page's own words.
   */
  evaluate(expression: string): Promise<unknown>;
  /** Evaluates until it is true. @throws with `what` after so many milliseconds. */
  until(what: string, expression: string, milliseconds?: number): Promise<void>;
  close(): Promise<void>;
}

/** Starts Firefox without a window, on a profile of its own. */
export async function openFirefox(): Promise<FirefoxPage> {
  const profile = await mkdtemp(join(tmpdir(), 'diemcau-firefox-'));
  const lines = Object.entries(preferences).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  await writeFile(join(profile, 'user.js'), `${lines.join('\n')}\n`);
  const args = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'];
  const child = spawn('firefox-esr', args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, HOME: profile, MOZ_HEADLESS_WIDTH: '1440', MOZ_HEADLESS_HEIGHT: '900' },
  });
  const reap = () => child.kill('SIGKILL');
  process.once('exit', reap);
  const end = async () => {
    process.off('exit', reap);
    if (child.exitCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const session = await Session.open(`${await addressOf(child)}/session`);
    await session.ask('session.new', { capabilities: {} });
    const tree = contexts.parse(await session.ask('browsingContext.getTree', {}));
    return pageOf(session, tree.contexts[0]?.context ?? '', end);
  } catch (error) {
    await end();
    throw error;
  }
}

function pageOf(session: Session, context: string, end: () => Promise<void>): FirefoxPage {
  const evaluate = async (expression: string) => {
    // As text, so that nothing of the protocol's own way of writing values is needed.
    const result = evaluated.parse(
      await session.ask('script.evaluate', {
        expression: `(async () => JSON.stringify({ value: await (${expression}) }))()`,
        target: { context },
        awaitPromise: true,
        userActivation: true,
      }),
    );
    if (result.type === 'exception') throw new Error(`${expression}: ${result.exceptionDetails.text}`);
    return z.object({ value: z.unknown() }).parse(JSON.parse(String(result.result.value))).value;
  };
  return {
    goto: async (url) => {
      await session.ask('browsingContext.navigate', { context, url, wait: 'complete' });
    },
    evaluate,
    until: async (what, expression, milliseconds = 30_000) => {
      const deadline = performance.now() + milliseconds;
      while ((await evaluate(expression)) !== true) {
        if (performance.now() > deadline) throw new Error(`not within ${milliseconds} ms: ${what}`);
        await delay(200);
      }
    },
    close: async () => {
      session.close();
      await end();
    },
  };
}

/** Where Firefox says that it listens. */
async function addressOf(child: ChildProcess): Promise<string> {
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text) => {
      printed += String(text);
    });
  const deadline = performance.now() + 60_000;
  for (;;) {
    const address = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(printed)?.[1];
    if (address !== undefined) return address;
    if (child.exitCode !== null || performance.now() > deadline)
      throw new Error(`Firefox does not listen:\n${printed}`);
    await delay(100);
  }
}

/** Questions and answers over the one socket. */
class Session {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (value: z.infer<typeof answer>) => void>();
  #last = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (text) => {
      // Events have no number, and nobody waits for one.
      const said = answer.safeParse(JSON.parse(String(text)));
      if (!said.success) return;
      this.#waiting.get(said.data.id)?.(said.data);
      this.#waiting.delete(said.data.id);
    });
  }

  static async open(url: string): Promise<Session> {
    const socket = new WebSocket(url);
    await once(socket, 'open');
    return new Session(socket);
  }

  async ask(method: string, params: object): Promise<unknown> {
    this.#last += 1;
    const id = this.#last;
    const answered = new Promise<z.infer<typeof answer>>((resolve) => this.#waiting.set(id, resolve));
    this.#socket.send(JSON.stringify({ id, method, params }));
    const said = await answered;
    if (said.type === 'error') throw new Error(`${method}: ${said.message ?? 'no reason'}`);
    return said.result;
  }

  close(): void {
    this.#socket.close();
  }
}
