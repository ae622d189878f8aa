// One step of set-up: says what it does and how long it has taken, keeps a log, and fails with a sentence.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../worker-path.mjs';

/** A fault that a person can do something about: says what, in Vietnamese and English. */
export class SetupFailure extends Error {
  /**
   * @param {string} vietnamese
   * @param {string} english
   */
  constructor(vietnamese, english) {
    super(`${vietnamese}\n${english}`);
    this.vietnamese = vietnamese;
    this.english = english;
  }
}

/** A program of a step that ended badly; the step adds what to do about it. */
export class CommandFailure extends Error {
  /**
   * @param {string} command
   * @param {string} how
   * @param {string} log path of the whole output
   */
  constructor(command, how, log) {
    super(`${command}: ${how}`);
    this.log = log;
  }
}

/**
 * "47 s" or "3 min 05 s".
 * @param {number} milliseconds
 */
export function duration(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  if (milliseconds < 10_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** How many steps had something to do since the start. */
export const done = { steps: 0 };

let detail = '';
let remark = '';

/**
 * Adds a word to the closing line of the step that runs.
 * @param {string} text
 */
export function note(text) {
  remark = `  ${text}`;
}

/**
 * Runs one step. On a terminal a single line ticks; elsewhere there is a line at the start and one at the end.
 * @template Result
 * @param {string} title what is done, and how long it usually takes if that is long
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function step(title, work) {
  const started = Date.now();
  const out = process.stdout;
  detail = '';
  remark = '';
  done.steps += 1;
  const tick = () => {
    const line = `… ${title}  ${duration(Date.now() - started)}  ${detail}`;
    out.write(`\r\x1b[2K${line.slice(0, (out.columns || 80) - 1)}`);
  };
  const timer = out.isTTY ? setInterval(tick, 500) : undefined;
  if (!out.isTTY) out.write(`… ${title}\n`);
  try {
    const result = await work();
    finish('✓');
    return result;
  } catch (error) {
    finish('✗');
    throw error;
  }

  /** @param {string} mark */
  function finish(mark) {
    clearInterval(timer);
    if (out.isTTY) out.write('\r\x1b[2K');
    out.write(`${mark} ${title}  ${duration(Date.now() - started)}${remark}\n`);
  }
}

/** Children that are running, so that Ctrl-C can end them. */
const running = new Set();

/** Lets Ctrl-C and the like end whatever runs, compilers under ninja and ninja under sh included. */
export function endChildrenOnSignal() {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      for (const child of running) {
        try {
          process.kill(-child.pid, 'SIGTERM');
        } catch {
          child.kill('SIGTERM');
        }
      }
      process.exit(signal === 'SIGINT' ? 130 : 143);
    });
  }
}

/**
 * Runs a program, its output kept in a log of the checkout's `.cache/setup`.
 * @param {string} logName
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, cwd?: string, timeout?: number, progress?: RegExp }} [options]
 *   `timeout` in ms; `progress` picks what to show beside the clock from an output line
 * @returns {Promise<string>} its output
 */
export function run(logName, command, args, options = {}) {
  const folder = join(root, '.cache', 'setup');
  mkdirSync(folder, { recursive: true });
  const logPath = join(folder, `${logName}.log`);
  const log = createWriteStream(logPath);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    running.add(child);
    let timedOut = false;
    const timer =
      options.timeout === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            if (child.pid) process.kill(-child.pid, 'SIGKILL');
          }, options.timeout);
    let output = '';
    /** @param {Buffer} chunk */
    const hear = (chunk) => {
      log.write(chunk);
      output += chunk.toString('utf8');
      const match = options.progress && [...output.slice(-2000).matchAll(options.progress)].pop();
      if (match) detail = match[0];
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    /** @param {string} how */
    const fail = (how) =>
      log.end(() => reject(new CommandFailure(`${command} ${args.join(' ')}`, how, logPath)));
    child.once('error', (error) => {
      running.delete(child);
      clearTimeout(timer);
      fail(error.message);
    });
    child.once('close', (code, signal) => {
      running.delete(child);
      clearTimeout(timer);
      if (code === 0) return log.end(() => resolve(output));
      fail(
        timedOut ? 'took too long' : code === null ? `ended by ${signal}` : `ended with exit code ${code}`,
      );
    });
  });
}

/**
 * The last lines of a log, for the screen.
 * @param {string} path
 */
export function tailOf(path) {
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
}
