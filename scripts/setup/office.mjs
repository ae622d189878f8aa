// LibreOffice for the tests that open a DOCX with it: on a machine made for tests (CI=true) it is put there.
import { spawnSync } from 'node:child_process';
import { hasApt, installDebianPackages } from './debian.mjs';
import { step } from './steps.mjs';

/** Installs LibreOffice's writer on a machine for tests alone; elsewhere the tests that want it say that they are skipped. */
export async function provideOffice() {
  if (process.env.CI !== 'true' || !hasApt() || process.getuid?.() !== 0) return;
  if (spawnSync('soffice', ['--version']).status === 0) return;
  await step('LibreOffice for the tests of the minutes (about two minutes)', () =>
    installDebianPackages(['libreoffice-writer'], 'Kiểm thử biên bản DOCX', 'Testing the minutes’ DOCX'),
  );
}
