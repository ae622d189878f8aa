/** `npm run backup -- DIRECTORY`: a checked copy of all data, while the server runs or not. See docs/operators.md. */
import { parseArgs } from 'node:util';
import { backupAt, useFolder } from './operations/backup-folder.ts';
import { checkBackup } from './operations/check-backup.ts';
import { named, readContext, wholeNumber } from './operations/context.ts';
import { makeBackup, onSameDisk } from './operations/make-backup.ts';
import { runCommand, seconds, size, tell } from './operations/say.ts';

const usage = `npm run backup -- THƯ-MỤC/DIRECTORY [--keep 14] [--data-dir DIR] [--known]
npm run backup -- --check BẢN-SAO-LƯU/BACKUP

  --keep N       giữ các bản trong N ngày (mặc định 14); ba bản mới nhất luôn được giữ
                 keep backups for N days (14 unless given); the newest three always stay
  --data-dir D   thư mục dữ liệu, nếu không phải thư mục đã cấu hình
                 the folder of the data, if it is not the configured one
  --known        chỉ ghi vào thư mục đã từng sao lưu (để không ghi nhầm khi ổ chưa được cắm)
                 only write where backups were made before (not beside a disk that is not plugged in)
  --check        chỉ kiểm tra một bản đã có
                 only check one that is there`;

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      keep: { type: 'string' },
      'data-dir': { type: 'string' },
      known: { type: 'boolean' },
      check: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [place, ...rest] = positionals;
  if (values.help || place === undefined || rest.length > 0) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const began = performance.now();
  if (values.check) {
    const backup = backupAt(named(place));
    await checkBackup(backup);
    const { log, madeAt } = backup.manifest;
    tell(
      `Bản sao lưu ${backup.path} (${madeAt}) nguyên vẹn: ${log.meetings} buổi sinh hoạt, ${log.events} sự kiện.`,
      `The backup ${backup.path} (${madeAt}) is whole: ${log.meetings} meetings, ${log.events} events.`,
    );
    return 0;
  }
  const folder = named(place);
  const keepDays = wholeNumber('--keep', values.keep, 14);
  const { original } = readContext({ dataDir: values['data-dir'] });
  useFolder(folder, values.known ? 'required' : 'orNew');
  const { backup, removed } = await makeBackup(original, folder, keepDays);
  const { log, files } = backup.manifest;
  const bytes = size(files.reduce((sum, file) => sum + file.bytes, 0));
  const took = seconds(performance.now() - began);
  tell(
    `Đã sao lưu và kiểm tra: ${backup.path} – ${log.meetings} buổi sinh hoạt, ${log.events} sự kiện, ${bytes}, ${took}.`,
    `Backed up and checked: ${backup.path} – ${log.meetings} meetings, ${log.events} events, ${bytes}, ${took}.`,
  );
  if (removed > 0) tell(`Đã bỏ ${removed} bản cũ.`, `Removed ${removed} old ones.`);
  if (onSameDisk(original.dataDir, folder)) {
    tell(
      'Lưu ý: bản sao lưu nằm cùng ổ đĩa với dữ liệu; khi ổ hỏng sẽ mất cả hai. Đề nghị dùng ổ khác.',
      'Note: this backup lies on the disk of the data; when that disk dies both are lost. Use another disk.',
    );
  }
  return 0;
});
