/** `npm run install-service`: makes this checkout a service of systemd that starts with the computer. See docs/operators.md. */
import { parseArgs } from 'node:util';
import { named, wholeNumber } from './operations/context.ts';
import { install, uninstall } from './operations/install.ts';
import { type Installation, readInstallation } from './operations/installation.ts';
import { OperationRefused, runCommand } from './operations/say.ts';
import { unitsOf } from './operations/units.ts';
import { root } from './worker-path.mjs';

const usage = `npm run install-service -- [--backup THƯ-MỤC/DIRECTORY] [--at 02:30] [--keep 14]
npm run install-service -- --print
npm run install-service -- --uninstall

  --backup D     mỗi đêm sao lưu vào thư mục này (ổ USB hoặc ổ đĩa khác)
                 back up to this folder each night (a stick or another disk)
  --at HH:MM     giờ sao lưu (mặc định 02:30); máy tắt lúc đó thì sao lưu khi bật lại
                 when (02:30 unless given); a night on which the computer was off is made up for
  --keep N       giữ các bản trong N ngày (mặc định 14)
                 keep backups for N days (14 unless given)
  --print        chỉ in các tệp sẽ ghi
                 only print the files that would be written
  --from D       thư mục của phiên bản cần cài (mặc định là thư mục này)
                 folder of the version to install (this one unless given)
  --uninstall    bỏ dịch vụ; dữ liệu và bản sao lưu vẫn còn
                 remove the service; data and backups stay

  --prefix D (/opt/diemcau)  --data D (/var/lib/diemcau)  --environment F (/etc/diemcau.env)
  --units D (/etc/systemd/system)  --user U (diemcau)`;

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      backup: { type: 'string' },
      at: { type: 'string', default: '02:30' },
      keep: { type: 'string' },
      print: { type: 'boolean' },
      uninstall: { type: 'boolean' },
      from: { type: 'string' },
      prefix: { type: 'string', default: '/opt/diemcau' },
      data: { type: 'string', default: '/var/lib/diemcau' },
      environment: { type: 'string', default: '/etc/diemcau.env' },
      units: { type: 'string', default: '/etc/systemd/system' },
      user: { type: 'string', default: 'diemcau' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help || positionals.length > 0) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(values.at)) {
    throw new OperationRefused(`--at ${values.at}: cần giờ:phút.`, `--at ${values.at}: needs hours:minutes.`);
  }
  const folder = values.backup === undefined ? null : named(values.backup);
  const wanted: Installation = {
    prefix: named(values.prefix),
    dataDir: named(values.data),
    environmentFile: named(values.environment),
    unitFolder: named(values.units),
    user: values.user,
    backup:
      folder === null ? null : { folder, keepDays: wholeNumber('--keep', values.keep, 14), at: values.at },
  };
  if (values.print) {
    for (const { name, text } of unitsOf(wanted)) console.log(`# ${wanted.unitFolder}/${name}\n${text}`);
    return 0;
  }
  await (values.uninstall
    ? uninstall(readInstallation(wanted.prefix) ?? wanted)
    : install(wanted, values.from === undefined ? root : named(values.from)));
  return 0;
});
