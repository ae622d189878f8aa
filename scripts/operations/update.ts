import { existsSync, mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { backupAt, useFolder } from './backup-folder.ts';
import { checkChains } from './chains.ts';
import type { Context } from './context.ts';
import { becomesReady, readyAddress } from './health.ts';
import type { Installation } from './installation.ts';
import { makeBackup } from './make-backup.ts';
import type { Manifest } from './manifest.ts';
import { connect, contentsOf } from './postgres-copy.ts';
import { systemctl } from './programs.ts';
import { restoreEmbedded } from './restore-embedded.ts';
import { restorePostgres } from './restore-postgres.ts';
import { OperationRefused, tell } from './say.ts';
import { migrationsOf, withLogFile } from './sqlite-copy.ts';
import { serviceName } from './units.ts';
import { readUpdateNote, type UpdateNote, writeUpdateNote } from './update-note.ts';
import { addVersion, currentVersion, removeVersionsBut, useVersion } from './versions.ts';

/** How many days the backups made by updates are kept; the newest three always are. */
const keepDays = 60;

/** An installation that is updated, and how long its server may take until it is ready, in milliseconds. */
export interface Updating extends Context {
  readonly installation: Installation;
  readonly patience: number;
}

/** `updated`: the new version runs; `takenBack`: the old one does. */
export type UpdateOutcome = 'updated' | 'takenBack';

/** Adds a version, backs the data up while the server stands, and puts the version in use; one that does not answer is taken back. */
export async function update(updating: Updating, source: string): Promise<UpdateOutcome> {
  const { installation } = updating;
  const from = currentVersion(installation);
  if (from === null)
    throw new OperationRefused('Chưa có phiên bản nào được cài.', 'No version is installed.');
  const to = await addVersion(installation, source);
  tell(
    `Phiên bản mới ${to} đã sẵn sàng; đang dùng ${from}.`,
    `The new version ${to} is ready; ${from} is in use.`,
  );
  return goOn(
    updating,
    writeUpdateNote(installation, { stage: 'stopping', from, to, backup: null, data: 'undecided' }),
  );
}

/** Finishes an update that was cut short. @returns null where there is none. */
export async function resume(updating: Updating): Promise<UpdateOutcome | null> {
  const note = readUpdateNote(updating.installation);
  if (note === null || note.stage === 'done' || note.stage === 'takenBack') return null;
  tell('Đang làm tiếp lần cập nhật bị gián đoạn.', 'Going on with the update that was cut short.');
  return note.stage === 'takingBack' ? finishTakingBack(updating, note) : goOn(updating, note);
}

async function goOn(updating: Updating, begun: UpdateNote): Promise<UpdateOutcome> {
  const { installation, original, patience } = updating;
  let note = begun;
  // The old version may have run since a power cut: only a backup of a server that stands, and then goes on standing, counts.
  if (note.stage === 'stopping' || currentVersion(installation) !== note.to) {
    await systemctl('stop', serviceName);
    const { backup } = await makeBackup(original, backupsOfUpdates(original.dataDir), keepDays);
    tell(`Đã sao lưu: ${backup.path}`, `Backed up: ${backup.path}`);
    note = writeUpdateNote(installation, { ...note, stage: 'switching', backup: backup.path });
    useVersion(installation, note.to);
  }
  await systemctl('start', serviceName);
  if (await becomesReady(readyAddress(updating.config), patience)) {
    writeUpdateNote(installation, { ...note, stage: 'done' });
    removeVersionsBut(installation, [note.from, note.to]);
    return 'updated';
  }
  tell(
    'Phiên bản mới không trả lời; đang lấy lại phiên bản cũ. Nhật ký: journalctl -u diemcau',
    'The new version does not answer; the old one is taken back. Its log: journalctl -u diemcau',
  );
  return takeBack(updating, note, 'asNeeded', 'setAside');
}

/** `asNeeded`: the data goes back only where the new version has changed the tables. */
export type DataWish = 'asNeeded' | 'goesBack';
/** What to do about events that came after the update, when the data goes back. */
export type NewEvents = 'refuse' | 'setAside';

/**
 * Takes the last update back: the version of before, and the data of before where that version can't work on the present one. The
 * present data is kept aside.
 * @throws OperationRefused where there is nothing to take back, or events would leave the record unasked.
 */
export async function takeBackLast(
  updating: Updating,
  wish: DataWish,
  events: NewEvents,
): Promise<UpdateOutcome> {
  const note = readUpdateNote(updating.installation);
  if (note?.stage !== 'done' || currentVersion(updating.installation) !== note.to) {
    throw new OperationRefused('Không có lần cập nhật nào để lấy lại.', 'There is no update to take back.');
  }
  return takeBack(updating, note, wish, events);
}

async function takeBack(
  updating: Updating,
  note: UpdateNote,
  wish: DataWish,
  events: NewEvents,
): Promise<UpdateOutcome> {
  const { installation, original, patience } = updating;
  await systemctl('stop', serviceName);
  const { manifest } = backupAt(note.backup ?? '');
  const present = await contents(updating);
  const changed = present === null || present.migrations.join() !== manifest.migrations.join();
  const data = changed || wish === 'goesBack' ? 'goesBack' : 'stays';
  const added = present === null ? 0 : present.events - manifest.log.events;
  if (data === 'goesBack' && added > 0 && events === 'refuse') {
    await systemctl('start', serviceName);
    await becomesReady(readyAddress(updating.config), patience);
    throw new OperationRefused(
      `Từ khi cập nhật đã có thêm ${added} sự kiện; phiên bản cũ không dùng được dữ liệu mới. Để vẫn lấy lại, thêm --set-aside: dữ liệu mới được giữ riêng (không mất), nhưng không còn trong máy chủ.`,
      `${added} events have come since the update, and the old version cannot work on the new data. To take it back all the same give --set-aside: the new data is kept apart (not lost), but no longer served.`,
    );
  }
  tell(
    data === 'stays'
      ? 'Dữ liệu giữ nguyên; chỉ lấy lại phiên bản cũ.'
      : `Lấy lại cả dữ liệu trước khi cập nhật; dữ liệu hiện có được giữ riêng trong ${original.dataDir}.`,
    data === 'stays'
      ? 'The data stays; only the version goes back.'
      : `The data of before the update goes back too; the present data is kept aside in ${original.dataDir}.`,
  );
  return finishTakingBack(updating, writeUpdateNote(installation, { ...note, stage: 'takingBack', data }));
}

/** The version first: the old one refuses data that it does not know, while the new one would change the old data again. */
async function finishTakingBack(updating: Updating, begun: UpdateNote): Promise<UpdateOutcome> {
  const { installation, original, patience } = updating;
  let note = begun;
  await systemctl('stop', serviceName);
  useVersion(installation, note.from);
  if (note.data === 'goesBack') {
    const backup = backupAt(note.backup ?? '');
    if (original.databaseUrl === null) await restoreEmbedded(backup, original.dataDir, 'replace');
    else await restorePostgres(backup, original.databaseUrl, 'replace');
    note = writeUpdateNote(installation, { ...note, data: 'wentBack' });
  }
  await systemctl('start', serviceName);
  if (!(await becomesReady(readyAddress(updating.config), patience))) {
    throw new OperationRefused(
      'Phiên bản cũ cũng không trả lời. Nhật ký: journalctl -u diemcau; sau khi khắc phục, đề nghị chạy lại npm run update.',
      'The old version does not answer either. Its log: journalctl -u diemcau; once mended, give npm run update again.',
    );
  }
  writeUpdateNote(installation, { ...note, stage: 'takenBack' });
  return 'takenBack';
}

/** What the present data holds; null where it can't be read. The server stands. */
async function contents({
  original,
}: Updating): Promise<{ readonly migrations: Manifest['migrations']; readonly events: number } | null> {
  const { dataDir, databaseUrl } = original;
  try {
    if (databaseUrl === null) {
      const { events } = await withLogFile(join(dataDir, 'events.sqlite'), checkChains);
      return { migrations: [...migrationsOf(join(dataDir, 'directory.sqlite'))], events };
    }
    const client = await connect(databaseUrl);
    try {
      const { migrations, log } = await contentsOf(client);
      return { migrations: [...migrations], events: log.events };
    } finally {
      await client.end();
    }
  } catch (error) {
    console.error(error);
    return null;
  }
}

/** Beside the data, on its disk: against a version that fails, not against a disk that does. */
function backupsOfUpdates(dataDir: string): string {
  const folder = join(dirname(dataDir), `${basename(dataDir)}-before-updates`);
  if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
  useFolder(folder, 'orNew');
  return folder;
}
