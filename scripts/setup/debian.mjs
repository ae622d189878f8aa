// Debian's packages: which are missing, and installing them where we may.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { CommandFailure, run, SetupFailure, tailOf } from './steps.mjs';

/** The `ID` and `ID_LIKE` words of this Linux: `['debian']`, `['ubuntu', 'debian']`, … */
export function distribution() {
  if (process.platform !== 'linux' || !existsSync('/etc/os-release')) return [];
  const lines = readFileSync('/etc/os-release', 'utf8').split('\n');
  return lines
    .filter((line) => line.startsWith('ID=') || line.startsWith('ID_LIKE='))
    .flatMap((line) =>
      line
        .slice(line.indexOf('=') + 1)
        .replaceAll('"', '')
        .split(' '),
    );
}

/** Whether packages come by apt here. */
export function hasApt() {
  return distribution().includes('debian') && existsSync('/usr/bin/apt-get');
}

/**
 * The packages of a list that are not installed.
 * @param {string[]} names
 */
export function missingPackages(names) {
  return names.filter((name) => {
    const query = spawnSync('dpkg-query', ['-s', name], { encoding: 'utf8' });
    return query.status !== 0 || !query.stdout.includes('Status: install ok installed');
  });
}

const options = ['-o', 'DPkg::Lock::Timeout=600', '-o', 'Acquire::Retries=2'];

/**
 * Installs packages when root; otherwise says which command to give.
 * @param {string[]} names
 * @param {string} purposeVietnamese
 * @param {string} purposeEnglish
 */
export async function installDebianPackages(names, purposeVietnamese, purposeEnglish) {
  const missing = missingPackages(names);
  if (missing.length === 0) return;
  const command = `apt-get install --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0) {
    throw new SetupFailure(
      `${purposeVietnamese} cần các gói của hệ điều hành. Hãy chạy lệnh sau rồi chạy lại:\n  sudo ${command}`,
      `${purposeEnglish} needs packages of the operating system. Give this command, then start again:\n  sudo ${command}`,
    );
  }
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '-y', '--no-install-recommends', ...missing];
  try {
    if (!haveLists()) await run('apt-update', 'apt-get', [...options, 'update'], { env });
    try {
      await run('apt-install', 'apt-get', [...options, ...install], { env });
    } catch {
      // Lists that are too old name files that are gone.
      await run('apt-update', 'apt-get', [...options, 'update'], { env });
      await run('apt-install', 'apt-get', [...options, ...install], { env });
    }
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    console.error(tailOf(error.log));
    throw new SetupFailure(
      `Không cài được gói hệ điều hành. Hãy kiểm tra nguồn apt rồi chạy:\n  ${command}\nNhật ký: ${error.log}`,
      `The packages of the operating system could not be installed. Check the apt sources, then give:\n  ${command}\nLog: ${error.log}`,
    );
  }
}

/** Whether apt knows any package at all: on a fresh image it does not. */
function haveLists() {
  try {
    return execFileSync('apt-cache', ['policy', 'meson'], { encoding: 'utf8' }).includes('Candidate: ');
  } catch {
    return false;
  }
}
