/** `npm run restore -- BACKUP`: puts a backup in the place of the data, which is kept aside. See docs/operators.md. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { backupAt } from './operations/backup-folder.ts';
import { named, readContext } from './operations/context.ts';
import { environmentCopy } from './operations/make-backup.ts';
import { restoreEmbedded } from './operations/restore-embedded.ts';
import { restorePostgres } from './operations/restore-postgres.ts';
import { OperationRefused, runCommand, seconds, tell } from './operations/say.ts';

const usage = `npm run restore -- BẢN-SAO-LƯU/BACKUP [--replace] [--data-dir DIR]

  BACKUP         một bản sao lưu, hoặc thư mục sao lưu (lấy bản mới nhất); đề nghị dừng máy chủ trước
                 a backup, or a folder of backups (its newest is taken); stop the server first
  --replace      thay dữ liệu hiện có; dữ liệu đó được giữ sang một bên
                 in place of the data that is there, which is kept aside
  --data-dir D   thư mục dữ liệu, nếu không phải thư mục đã cấu hình
                 the folder of the data, if it is not the configured one`;

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      replace: { type: 'boolean' },
      'data-dir': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [place, ...rest] = positionals;
  if (values.help || place === undefined || rest.length > 0) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const began = performance.now();
  const backup = backupAt(named(place));
  const { original } = readContext({ dataDir: values['data-dir'] });
  const { storage, log, madeAt, files } = backup.manifest;
  if ((storage === 'postgres') !== (original.databaseUrl !== null)) {
    throw new OperationRefused(
      'Bản sao lưu thuộc loại cơ sở dữ liệu khác (nhúng hoặc PostgreSQL) với cấu hình hiện tại (DATABASE_URL).',
      'The backup is of another kind of database (embedded or PostgreSQL) than the present settings (DATABASE_URL).',
    );
  }
  const present = values.replace ? 'replace' : 'refuse';
  const aside =
    original.databaseUrl === null
      ? await restoreEmbedded(backup, original.dataDir, present)
      : await restorePostgres(backup, original.databaseUrl, present);
  const took = seconds(performance.now() - began);
  tell(
    `Đã khôi phục và kiểm tra bản ${madeAt}: ${log.meetings} buổi sinh hoạt, ${log.events} sự kiện, ${took}. Có thể khởi động máy chủ.`,
    `Restored and checked the backup of ${madeAt}: ${log.meetings} meetings, ${log.events} events, ${took}. The server can be started.`,
  );
  if (aside !== null)
    tell(`Dữ liệu trước đó được giữ ở: ${aside}`, `What was there before is kept as: ${aside}`);
  if (files.some(({ name }) => name === environmentCopy)) {
    const settings = join(backup.path, environmentCopy);
    tell(
      `Cấu hình khi sao lưu (không tự ghi đè): ${settings}`,
      `The settings of that time (not put in place by itself): ${settings}`,
    );
  }
  return 0;
});
