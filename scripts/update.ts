/** `npm run update -- SOURCE`: puts a new version in use; `npm run update -- --back` takes it back. See docs/operators.md. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { named, readContext, wholeNumber } from './operations/context.ts';
import { OperationRefused, runCommand, seconds, tell } from './operations/say.ts';
import { resume, takeBackLast, type UpdateOutcome, type Updating, update } from './operations/update.ts';
import { withLock } from './setup/lock.mjs';

const usage = `npm run update -- NGUỒN/SOURCE [--wait 90]
npm run update -- --back [--data] [--set-aside]
npm run update                         (làm tiếp lần bị gián đoạn / go on with one that was cut short)

  SOURCE         thư mục, tệp .tar.gz, hoặc địa chỉ git (thêm #NHÁNH nếu cần); chỉ dùng nguồn tin cậy
                 a folder, a .tar.gz, or an address of git (with #BRANCH if wanted); only from whom you trust
  --back         lấy lại phiên bản trước, và dữ liệu trước đó nếu phiên bản mới đã đổi cấu trúc dữ liệu
                 take the version of before back, and the data of before where the new one has changed its tables
  --data         lấy lại dữ liệu trước khi cập nhật trong mọi trường hợp
                 take the data of before back in any case
  --set-aside    kể cả khi đã có sự kiện mới (được giữ riêng)
                 also where new events have come (they are kept apart)
  --wait N       số giây chờ máy chủ sẵn sàng (mặc định 90)
                 seconds that the server may take to be ready (90 unless given)
  --prefix D     thư mục cài đặt, nếu lệnh không chạy từ đó
                 folder of the installation, if this is not run from there`;

function sourceOf(text: string): string {
  return existsSync(named(text)) ? named(text) : text;
}

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      back: { type: 'boolean' },
      data: { type: 'boolean' },
      'set-aside': { type: 'boolean' },
      wait: { type: 'string' },
      prefix: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [source, ...rest] = positionals;
  if (values.help || rest.length > 0 || (values.back && source !== undefined)) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const began = performance.now();
  const context = readContext({ prefix: values.prefix });
  const { installation } = context;
  if (installation === null) {
    throw new OperationRefused(
      'Đây không phải là bản cài đặt thành dịch vụ. Đề nghị chạy từ thư mục cài đặt, hoặc thêm --prefix.',
      'This is no installation as a service. Run it from the installation’s folder, or give --prefix.',
    );
  }
  if (context.config.cluster !== null) {
    throw new OperationRefused(
      'Máy chủ này là một trong nhiều máy chủ dùng chung dữ liệu: đề nghị nâng cấp lần lượt từng máy như trong docs/operators.md (Several nodes).',
      'This server is one of several on the same data: upgrade node by node, as docs/operators.md says (Several nodes).',
    );
  }
  const patience = wholeNumber('--wait', values.wait, 90) * 1_000;
  const updating: Updating = { ...context, installation, patience };
  const outcome = await withLock(join(installation.prefix, 'update.lock'), async () => {
    const finished = await resume(updating);
    if (finished !== null) return finished;
    if (values.back) {
      const wish = values.data ? 'goesBack' : 'asNeeded';
      return takeBackLast(updating, wish, values['set-aside'] ? 'setAside' : 'refuse');
    }
    return source === undefined ? null : update(updating, sourceOf(source));
  });
  if (outcome === null) {
    console.log(usage);
    return 2;
  }
  say(outcome, seconds(performance.now() - began));
  return outcome === 'updated' || values.back ? 0 : 1;
});

function say(outcome: UpdateOutcome, took: string): void {
  if (outcome === 'updated') {
    tell(
      `Đã cập nhật, máy chủ sẵn sàng (${took}). Nếu cần lấy lại: npm run update -- --back`,
      `Updated, and the server is ready (${took}). To take it back: npm run update -- --back`,
    );
  } else {
    tell(`Phiên bản cũ đang chạy trở lại (${took}).`, `The version of before runs again (${took}).`);
  }
}
