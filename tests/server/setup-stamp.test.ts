import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filesBelow, hashFiles } from '../../scripts/worker-path.mjs';

let folder: string;
const stamp = (name: string) => hashFiles(join(folder, name), filesBelow(join(folder, name)));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diemcau-stamp-'));
  mkdirSync(join(folder, 'one', 'src'), { recursive: true });
  writeFileSync(join(folder, 'one', 'index.html'), 'page');
  writeFileSync(join(folder, 'one', 'src', 'main.ts'), 'code');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the stamp that decides whether to build again', () => {
  it('is the same for the same sources in another place', () => {
    cpSync(join(folder, 'one'), join(folder, 'two'), { recursive: true });
    expect(stamp('two')).toBe(stamp('one'));
  });

  it('changes with a content, a name and a further file', () => {
    const stamps = [stamp('one')];
    writeFileSync(join(folder, 'one', 'src', 'main.ts'), 'other code');
    stamps.push(stamp('one'));
    renameSync(join(folder, 'one', 'src', 'main.ts'), join(folder, 'one', 'src', 'start.ts'));
    stamps.push(stamp('one'));
    writeFileSync(join(folder, 'one', 'src', 'more.ts'), '');
    stamps.push(stamp('one'));
    expect(new Set(stamps).size).toBe(4);
  });

  it('does not see what is installed, built or left behind by tools', () => {
    const before = stamp('one');
    for (const made of ['node_modules', 'dist', '.cache']) {
      mkdirSync(join(folder, 'one', made));
      writeFileSync(join(folder, 'one', made, 'file.js'), 'made');
    }
    writeFileSync(join(folder, 'one', 'tsconfig.tsbuildinfo'), '{}');
    expect(stamp('one')).toBe(before);
  });

  it('finds nothing where there is no folder', () => {
    expect(filesBelow(join(folder, 'absent'))).toEqual([]);
  });
});
