import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How long LibreOffice may take to start for the first time and convert, ms. */
const patience = 120_000;

const installed = spawnSync('soffice', ['--version']).status === 0;

/** Where nobody made the machine for tests, LibreOffice may be missing; where somebody did (CI), its tests then fail. */
export const officeIsMissing = !installed && process.env.CI !== 'true';

/** For a test's name: why it was skipped. */
export const whyWithoutOffice = officeIsMissing
  ? ' (LibreOffice is not installed here: the DOCX is not opened with it)'
  : '';

/** Opens a DOCX with LibreOffice. @returns the text that it prints. @throws when it does not open it. */
export async function textOfDocument(docx: Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'diemcau-minutes-'));
  try {
    const path = join(folder, 'minutes.docx');
    await writeFile(path, docx);
    const child = spawn(
      'soffice',
      ['--headless', '--convert-to', 'txt:Text (encoded):UTF8', '--outdir', folder, path],
      // Its profile goes with the folder.
      { env: { ...process.env, HOME: folder }, timeout: patience, stdio: 'ignore' },
    );
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`LibreOffice ended with ${code}`);
    return (await readFile(join(folder, 'minutes.txt'), 'utf8')).replace(/^\uFEFF/, '');
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
