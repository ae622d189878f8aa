// Makes a checkout ready: `node scripts/setup.mjs start|test|dev`. Runs on any Node from 18 on and needs no package;
// what is there and unchanged is left alone.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './worker-path.mjs';

const mode = process.argv[2] ?? 'start';

if (Number(process.versions.node.split('.')[0]) < 18) {
  console.error(`Cần Node.js 18 trở lên (hiện là ${process.versions.node}).`);
  console.error(`Node.js 18 or newer is needed (this is ${process.versions.node}).`);
  process.exit(1);
}
if (process.platform === 'win32') {
  console.error('Trên Windows, hãy dùng WSL 2 (ví dụ Debian): tải mã về trong WSL rồi chạy lại ở đó.');
  console.error('On Windows, use WSL 2 (Debian, say): clone inside of WSL and start again there.');
  process.exit(1);
}
if (!['start', 'test', 'dev'].includes(mode) || !existsSync(join(root, 'package-lock.json'))) {
  console.error('usage: node scripts/setup.mjs start|test|dev, in a whole checkout');
  process.exit(2);
}

const { done, duration, endChildrenOnSignal, SetupFailure } = await import('./setup/steps.mjs');
const { withLock } = await import('./setup/lock.mjs');
const { installPackages } = await import('./setup/packages.mjs');
const { provideWorker } = await import('./setup/worker.mjs');
const { buildClient } = await import('./setup/client.mjs');
const { provideBrowser } = await import('./setup/browser.mjs');
const { provideServices } = await import('./setup/services.mjs');
const { provideOffice } = await import('./setup/office.mjs');

const started = Date.now();
endChildrenOnSignal();

async function setUp() {
  await installPackages();
  await provideWorker();
  if (mode !== 'dev') await buildClient();
  if (mode === 'test') {
    await provideBrowser();
    await provideServices();
    await provideOffice();
  }
}

try {
  await withLock(join(root, '.cache', 'setup', 'lock'), setUp, (pid) =>
    console.log(`… waiting for another set-up of this checkout (process ${pid})`),
  );
  const took = duration(Date.now() - started);
  console.log(done.steps === 0 ? `✓ set-up: nothing to do  ${took}` : `✓ set-up: ready  ${took}`);
} catch (error) {
  if (error instanceof SetupFailure) console.error(`\n${error.vietnamese}\n\n${error.english}`);
  else {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(`\nCài đặt dừng lại: ${reason}. Hãy chạy lại; nhật ký các bước ở .cache/setup.`);
    console.error(`\nSet-up stopped: ${reason}. Start again; the logs of its steps are in .cache/setup.`);
  }
  process.exitCode = 1;
}
