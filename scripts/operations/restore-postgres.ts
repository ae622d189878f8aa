import { join } from 'node:path';
import { type PostgresClient, quotedName } from '../../server/src/postgres/client.ts';
import { sqlState } from '../../server/src/postgres/pool.ts';
import type { KeptBackup } from './backup-folder.ts';
import { checkBackup } from './check-backup.ts';
import { connect, contentsOf, databaseName, dumpName, runPostgresProgram } from './postgres-copy.ts';
import type { Present } from './restore-embedded.ts';
import { OperationRefused } from './say.ts';

/**
 * Puts a backup in the place of the database of an address. It is loaded into a database of its own and checked there; then both
 * change their names in one transaction, which fails while any server is connected.
 * @returns the name that the database of before has now; null where there was none.
 */
export async function restorePostgres(
  backup: KeptBackup,
  url: string,
  present: Present,
): Promise<string | null> {
  await checkBackup(backup);
  const name = databaseName(url);
  const fresh = `${name}_restoring`;
  const main = await connect(url, 'postgres');
  try {
    const held = await exists(main, name);
    if (held && present === 'refuse' && (await holdsData(url))) {
      throw new OperationRefused(
        `Cơ sở dữ liệu ${name} đã có dữ liệu. Để thay bằng bản sao lưu, thêm --replace; dữ liệu hiện có được đổi tên và giữ lại.`,
        `The database ${name} holds data. Give --replace to put the backup in its place; the present one is renamed and kept.`,
      );
    }
    await main.query(`DROP DATABASE IF EXISTS ${quotedName(fresh)}`);
    await main.query(`CREATE DATABASE ${quotedName(fresh)} TEMPLATE template0 ENCODING 'UTF8'`);
    const args = ['--exit-on-error', '--no-owner', '--no-privileges', `--dbname=${fresh}`];
    await runPostgresProgram('pg_restore', [...args, join(backup.path, dumpName)], url, fresh);
    await checkLoaded(url, fresh, backup);
    return await exchange(main, name, fresh, held);
  } finally {
    await main.end();
  }
}

async function checkLoaded(url: string, database: string, { manifest }: KeptBackup): Promise<void> {
  const client = await connect(url, database);
  try {
    const { log } = await contentsOf(client);
    if (log.heads === manifest.log.heads) return;
  } finally {
    await client.end();
  }
  throw new OperationRefused(
    'Nhật ký đã nạp không phải là nhật ký đã được sao lưu.',
    'The log that was loaded is not the one that was backed up.',
  );
}

/** Both names change or neither; a database that somebody is connected to keeps its own. */
async function exchange(
  main: PostgresClient,
  name: string,
  fresh: string,
  held: boolean,
): Promise<string | null> {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const aside = `${name}_before_${stamp}`;
  try {
    await main.query('BEGIN');
    if (held) await main.query(`ALTER DATABASE ${quotedName(name)} RENAME TO ${quotedName(aside)}`);
    await main.query(`ALTER DATABASE ${quotedName(fresh)} RENAME TO ${quotedName(name)}`);
    await main.query('COMMIT');
  } catch (error) {
    await main.query('ROLLBACK');
    if (sqlState(error) !== objectInUse) throw error;
    throw new OperationRefused(
      `Vẫn còn máy chủ nối với cơ sở dữ liệu ${name}; đề nghị dừng mọi máy chủ rồi chạy lại. Chưa có gì thay đổi.`,
      `Servers are still connected to the database ${name}; stop them all and start again. Nothing has changed.`,
    );
  }
  return held ? aside : null;
}

const objectInUse = '55006';

async function exists(main: PostgresClient, name: string): Promise<boolean> {
  return (await main.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])).rows.length > 0;
}

async function holdsData(url: string): Promise<boolean> {
  const client = await connect(url);
  try {
    const { rows } = await client.query<{ there: boolean }>(
      `SELECT to_regclass('public.heads') IS NOT NULL OR to_regclass('public.people') IS NOT NULL AS there`,
    );
    return rows[0]?.there === true;
  } finally {
    await client.end();
  }
}
