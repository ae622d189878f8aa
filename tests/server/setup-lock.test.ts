import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../../scripts/worker-path.mjs';

const lockModule = join(root, 'scripts', 'setup', 'lock.mjs');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diemcau-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Another process that holds the lock while it reads, waits and writes a number: two at once would lose one. */
function addOne(): Promise<number | null> {
  const program = `
    import { readFileSync, writeFileSync } from 'node:fs';
    import { setTimeout as pause } from 'node:timers/promises';
    import { withLock } from ${JSON.stringify(lockModule)};
    const file = ${JSON.stringify(join(folder, 'number'))};
    await withLock(${JSON.stringify(join(folder, 'lock'))}, async () => {
      const before = Number(readFileSync(file, 'utf8'));
      await pause(60);
      writeFileSync(file, String(before + 1));
    });`;
  return new Promise((resolve) => {
    spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'inherit' }).once(
      'close',
      resolve,
    );
  });
}

describe('the lock of set-up', () => {
  it('lets one process in at a time, and is taken over from one that is gone', async () => {
    writeFileSync(join(folder, 'number'), '0');
    const gone = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => gone.once('close', resolve));
    writeFileSync(join(folder, 'lock'), String(gone.pid));

    const codes = await Promise.all([addOne(), addOne(), addOne(), addOne()]);

    expect(codes).toEqual([0, 0, 0, 0]);
    expect(readFileSync(join(folder, 'number'), 'utf8')).toBe('4');
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });
});
