import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root as project } from '../../../scripts/worker-path.mjs';
import { ownFolder, within } from './folders.ts';

/** A machine with a systemd of its own, on a copy of this one's disk that nothing leaves, without a network. */
export interface Machine {
  /** Switches it on: all that is enabled starts, and the script. Resolves when the script has said `done`. @returns what it said. */
  run(script: string): Promise<string>;
  /** Takes its power away. */
  cut(): Promise<void>;
  remove(): void;
}

const patience = 150_000;
const isolated = ['--register=no', '--keep-unit', '--private-network', '--quiet'] as const;

/** Makes one. @returns null, and says why, where that can't be done. */
export function makeMachine(): Machine | null {
  const none = (why: string) => {
    console.warn(`Skipped: no machine with systemd can be made here (${why}).`);
    return null;
  };
  if (process.getuid?.() !== 0) return none('only root can');
  if (spawnSync('systemd-nspawn', ['--version']).status !== 0)
    return none('apt-get install systemd-container');
  const folder = ownFolder();
  const [root, upper, work] = [within(folder, 'root'), within(folder, 'upper'), within(folder, 'work')];
  const layers = `lowerdir=/,upperdir=${upper},workdir=${work}`;
  const mounted = spawnSync('mount', ['-t', 'overlay', 'overlay', '-o', layers, root], { encoding: 'utf8' });
  if (mounted.status !== 0) return none(mounted.stderr.trim());
  // The copy has not what lies on other file systems, and a folder of its own for what passes (/tmp).
  const sees = `test -e '${join(project, 'package.json')}' && test -x '${process.execPath}'`;
  const tried = spawnSync('systemd-nspawn', ['-D', root, ...isolated, '/bin/sh', '-c', sees], {
    encoding: 'utf8',
    timeout: 30_000,
  });
  if (tried.status !== 0) {
    spawnSync('umount', [root]);
    return none(tried.stderr?.trim() || 'it does not see the folder of this project');
  }
  const units = join(root, 'etc', 'systemd', 'system');
  // Of what this machine starts, nothing: only what the tests enable.
  for (const name of readdirSync(units)) {
    if (name.endsWith('.wants')) rmSync(join(units, name), { recursive: true });
  }
  const said = join(root, 'trial.log');
  writeFileSync(
    join(units, 'trial.service'),
    `[Unit]\nAfter=multi-user.target\n[Service]\nExecStart=/bin/sh -x /trial.sh\nStandardOutput=append:/trial.log\nStandardError=append:/trial.log\nEnvironment="PATH=${process.env.PATH}" HOME=${process.env.HOME}\n`,
  );
  writeFileSync(
    join(units, 'trial.target'),
    '[Unit]\nRequires=multi-user.target\nWants=trial.service\nAfter=multi-user.target\n',
  );
  let running: ChildProcess | null = null;
  const cut = async () => {
    if (running === null || running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, 'exit');
    // The machine's first process outlives the program that holds it, and with it all that runs there.
    const { stdout } = spawnSync('pgrep', ['-P', String(running.pid)], { encoding: 'utf8' });
    running.kill('SIGKILL');
    for (const pid of stdout.split('\n').filter(Boolean)) spawnSync('kill', ['-9', pid]);
    await ended;
    await wait(500);
  };
  return {
    cut,
    run: async (script) => {
      rmSync(said, { force: true });
      writeFileSync(join(root, 'trial.sh'), `${script}\necho done\n`);
      running = spawn('systemd-nspawn', ['-D', root, ...isolated, '--boot', 'systemd.unit=trial.target'], {
        stdio: 'ignore',
      });
      const reap = () => running?.kill('SIGKILL');
      process.once('exit', reap);
      running.once('exit', () => process.off('exit', reap));
      const deadline = Date.now() + patience;
      while (Date.now() < deadline && running.exitCode === null) {
        const text = existsSync(said) ? readFileSync(said, 'utf8') : '';
        if (/^done$/m.test(text)) return text;
        await wait(200);
      }
      throw new Error(`the machine did not finish:\n${existsSync(said) ? readFileSync(said, 'utf8') : ''}`);
    },
    remove: () => {
      execFileSync('umount', [root]);
    },
  };
}
