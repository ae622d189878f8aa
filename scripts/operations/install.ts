import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from '../../server/src/backup/durable.ts';
import { readConfig } from '../../server/src/config.ts';
import { useFolder } from './backup-folder.ts';
import { becomesReady, readyAddress } from './health.ts';
import { currentLink, type Installation, noteInstallation } from './installation.ts';
import { hasProgram, runProgram, systemctl } from './programs.ts';
import { OperationRefused, tell } from './say.ts';
import { backupServiceName, backupTimerName, serviceName, unitsOf } from './units.ts';
import { addVersion, currentVersion, useVersion } from './versions.ts';

/** How long the server may take to be ready, in milliseconds: an old computer, and tables to make. */
const patience = 90_000;

/** The variables of a server that the local network reaches over TLS; \`npm start -- --lan\` as a service. */
const firstSettings = `# Biến môi trường của máy chủ Điểm Cầu; xem .env.example. Sau khi sửa: systemctl restart diemcau
# Variables of the Diem Cau server; see .env.example. After a change: systemctl restart diemcau
LAN=1
PORT=3000
`;

/**
 * Makes a checkout a service: a version in a folder of its own, a user, units, and the first start. Given again it goes on
 * where it stopped, and otherwise changes only the units.
 * @param source as {@link addVersion} takes it.
 * @throws OperationRefused with what is missing.
 */
export async function install(wanted: Installation, source: string): Promise<void> {
  if (!hasProgram('systemctl')) {
    throw new OperationRefused('Máy này không có systemd.', 'There is no systemd on this machine.');
  }
  if (process.getuid?.() !== 0) {
    throw new OperationRefused('Đề nghị chạy bằng quyền root (sudo).', 'Run it as root (sudo).');
  }
  if (wanted.backup !== null) {
    if (/^\/(home|root|run\/user)(\/|$)/.test(wanted.backup.folder)) {
      throw new OperationRefused(
        `Dịch vụ không nhìn thấy thư mục riêng của người dùng (${wanted.backup.folder}); đề nghị gắn ổ sao lưu ở /media hoặc /mnt.`,
        `A service does not see users' own folders (${wanted.backup.folder}); mount the backup disk below /media or /mnt.`,
      );
    }
    useFolder(wanted.backup.folder, 'orNew');
  }
  makeUser(wanted);
  mkdirSync(wanted.prefix, { recursive: true, mode: 0o755 });
  makeDataFolder(wanted);
  if (!existsSync(wanted.environmentFile)) writeDurably(wanted.environmentFile, firstSettings);
  noteInstallation(wanted);
  if (currentVersion(wanted) === null) useVersion(wanted, await addVersion(wanted, source));
  for (const { name, text } of unitsOf(wanted)) writeDurably(join(wanted.unitFolder, name), text, 0o644);
  if (hasProgram('systemd-analyze')) {
    await runProgram('systemd-analyze', [
      'verify',
      ...unitsOf(wanted).map(({ name }) => join(wanted.unitFolder, name)),
    ]);
  }
  await systemctl('daemon-reload');
  await systemctl('enable', serviceName);
  await systemctl('restart', serviceName);
  if (wanted.backup !== null) await systemctl('enable', '--now', backupTimerName);
  await seeToReady(wanted);
}

async function seeToReady(made: Installation): Promise<void> {
  process.loadEnvFile(made.environmentFile);
  const address = readyAddress(readConfig({ ...process.env, DATA_DIR: made.dataDir }));
  if (!(await becomesReady(address, patience))) {
    throw new OperationRefused(
      'Dịch vụ đã được cài nhưng máy chủ chưa trả lời. Xem: journalctl -u diemcau -e',
      'The service is installed, but the server does not answer. See: journalctl -u diemcau -e',
    );
  }
  tell(
    `Dịch vụ đang chạy và tự khởi động cùng máy. Địa chỉ và mã một lần của người quản trị đầu tiên: journalctl -u diemcau -e`,
    `The service runs, and starts with the computer. Its addresses and the first administrator's one-time code: journalctl -u diemcau -e`,
  );
  tell(
    `Cấu hình: ${made.environmentFile} · dữ liệu: ${made.dataDir} · chương trình: ${currentLink(made)}`,
    `Settings: ${made.environmentFile} · data: ${made.dataDir} · program: ${currentLink(made)}`,
  );
  if (made.backup === null) {
    tell(
      'Chưa có sao lưu hằng đêm: chạy lại với --backup THƯ-MỤC khi có ổ sao lưu.',
      'There is no nightly backup: run this again with --backup DIRECTORY once there is a disk for it.',
    );
  } else {
    tell(
      `Sao lưu mỗi đêm lúc ${made.backup.at} vào ${made.backup.folder}. Thử ngay: systemctl start ${backupServiceName}`,
      `A backup each night at ${made.backup.at} to ${made.backup.folder}. To try it now: systemctl start ${backupServiceName}`,
    );
  }
}

/** Removes the service and its programs; data, settings and backups stay. Given again it finishes. */
export async function uninstall(made: Installation): Promise<void> {
  const units = [backupTimerName, backupServiceName, serviceName];
  for (const name of units) {
    if (!existsSync(join(made.unitFolder, name))) continue;
    await systemctl('disable', '--now', name);
    rmSync(join(made.unitFolder, name));
  }
  await systemctl('daemon-reload');
  rmSync(made.prefix, { recursive: true, force: true });
  tell(
    `Đã bỏ dịch vụ. Vẫn còn: dữ liệu ${made.dataDir}, cấu hình ${made.environmentFile}, người dùng ${made.user} và các bản sao lưu.`,
    `The service is removed. What stays: the data ${made.dataDir}, the settings ${made.environmentFile}, the user ${made.user} and all backups.`,
  );
}

function makeUser({ user, dataDir }: Installation): void {
  if (spawnSync('id', ['-u', user]).status === 0) return;
  const args = [
    '--system',
    '--user-group',
    '--home-dir',
    dataDir,
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    user,
  ];
  if (spawnSync('useradd', args, { stdio: 'inherit' }).status === 0) return;
  throw new OperationRefused(`Không tạo được người dùng ${user}.`, `The user ${user} could not be made.`);
}

function makeDataFolder({ user, dataDir }: Installation): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const number = (flag: '-u' | '-g') => Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout);
  chownSync(dataDir, number('-u'), number('-g'));
}
