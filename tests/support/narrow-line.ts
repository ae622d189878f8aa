import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemBrowser } from '../../scripts/browser-path.mjs';

/** A line of its own between this machine and a network namespace, in which a browser can be started. */
export interface NarrowLine {
  /** This machine's address, as seen from the other end. */
  readonly here: string;
  /** The other end's first address. */
  readonly there: string;
  /** A program that starts Chromium at the other end; for Playwright's `executablePath`. */
  readonly browser: string;
  /** The command line that runs a program at the other end. */
  readonly prefix: readonly string[];
  /** Holds both directions to so many kbit/s; what doesn't fit waits at most `queue` milliseconds. Null: no bound. */
  limit(kbit: number | null, queue?: number): void;
  /** Drops so many of 100 UDP packets, both ways; 0 ends it. */
  lose(percent: number): void;
  /** Nothing passes any more, and no end is told. */
  cut(): void;
  mend(): void;
  /** The other end has another address from now on; the old one is gone. */
  move(): void;
  /** Lets only TCP to these ports of this machine through, and no UDP. */
  allowOnly(tcpPorts: readonly number[]): void;
  close(): Promise<void>;
}

let made = 0;

function run(...words: readonly string[]): void {
  const [program = '', ...args] = words;
  try {
    execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  } catch (error) {
    throw new Error(`${words.join(' ')}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * @returns why no such line can be made here, in a sentence; null where it can. With CI=true it always can: there a missing
 * tool is a failure, not a reason to skip.
 */
export function narrowLineObstacle(...tools: readonly string[]): string | null {
  if (process.env.CI === 'true') return null;
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'A network namespace needs Linux and root.';
  for (const tool of ['ip', 'tc', 'nft', ...tools]) {
    if (spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0) return `The program ${tool} is missing.`;
  }
  const name = `dcprobe${process.pid}`;
  if (spawnSync('ip', ['netns', 'add', name]).status !== 0)
    return 'This system allows no network namespaces.';
  spawnSync('ip', ['netns', 'del', name]);
  return null;
}

/** Makes the line; `close` removes it with all that was changed. */
export async function openNarrowLine(): Promise<NarrowLine> {
  made += 1;
  const number = (process.pid * 7 + made) % 200;
  const name = `dcline${process.pid}n${made}`;
  const [near, far] = [`dcn${process.pid}x${made}`, `dcf${process.pid}x${made}`];
  const net = `10.213.${number}`;
  const [here, there] = [`${net}.1`, `${net}.2`];
  let address = 2;
  const prefix = ['ip', 'netns', 'exec', name];
  const remove = () => {
    spawnSync('ip', ['link', 'del', near]);
    spawnSync('ip', ['netns', 'del', name]);
  };
  process.once('exit', remove);
  run('ip', 'netns', 'add', name);
  run('ip', 'link', 'add', near, 'type', 'veth', 'peer', 'name', far);
  run('ip', 'link', 'set', far, 'netns', name);
  // Without addresses of IPv6, whose coming a second later would be a change of network to the browser.
  run('ip', 'link', 'set', near, 'addrgenmode', 'none');
  run(...prefix, 'ip', 'link', 'set', far, 'addrgenmode', 'none');
  run('ip', 'addr', 'add', `${here}/24`, 'dev', near);
  run('ip', 'link', 'set', near, 'up');
  run(...prefix, 'ip', 'addr', 'add', `${there}/24`, 'dev', far);
  run(...prefix, 'ip', 'link', 'set', far, 'up');
  run(...prefix, 'ip', 'link', 'set', 'lo', 'up');
  const chromium = systemBrowser() ?? 'chromium';
  const folder = await mkdtemp(join(tmpdir(), 'diemcau-line-'));
  const browser = join(folder, 'chromium');
  await writeFile(browser, `#!/bin/sh\nexec ${prefix.join(' ')} ${chromium} "$@"\n`);
  await chmod(browser, 0o755);
  const rules = (lines: readonly string[]) => {
    spawnSync(prefix[0] ?? '', [...prefix.slice(1), 'nft', 'delete', 'table', 'inet', 'line']);
    if (lines.length === 0) return;
    run(...prefix, 'nft', 'add', 'table', 'inet', 'line');
    for (const hook of ['input', 'output']) {
      run(...prefix, 'nft', `add chain inet line ${hook} { type filter hook ${hook} priority 0; }`);
      for (const line of lines) run(...prefix, 'nft', `add rule inet line ${hook} ${line}`);
    }
  };
  return {
    here,
    there,
    browser,
    prefix,
    limit: (kbit, queue = 400) => {
      for (const [where, device] of [
        [[], near],
        [prefix, far],
      ] as const) {
        if (kbit === null) {
          spawnSync('sh', ['-c', [...where, 'tc', 'qdisc', 'del', 'dev', device, 'root'].join(' ')]);
          continue;
        }
        const bound = ['rate', `${kbit}kbit`, 'burst', '4kb', 'latency', `${queue}ms`];
        run(...where, 'tc', 'qdisc', 'replace', 'dev', device, 'root', 'tbf', ...bound);
      }
    },
    lose: (percent) => {
      rules(percent === 0 ? [] : [`meta l4proto udp numgen random mod 100 < ${percent} drop`]);
    },
    cut: () => rules([`ip saddr ${net}.0/24 drop`]),
    mend: () => rules([]),
    move: () => {
      const old = `${net}.${address}`;
      address += 1;
      run(...prefix, 'ip', 'addr', 'del', `${old}/24`, 'dev', far);
      run(...prefix, 'ip', 'addr', 'add', `${net}.${address}/24`, 'dev', far);
    },
    allowOnly: (tcpPorts) => {
      const ports = `{ ${tcpPorts.join(', ')} }`;
      rules([
        `tcp dport ${ports} accept`,
        `tcp sport ${ports} accept`,
        `ip saddr ${net}.0/24 meta l4proto { tcp, udp } drop`,
      ]);
    },
    close: async () => {
      process.off('exit', remove);
      remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
