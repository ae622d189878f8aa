// The browser of the tests: Debian's where there is one, elsewhere Playwright's own.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { systemBrowser } from '../browser-path.mjs';
import { root } from '../worker-path.mjs';
import { distribution, installDebianPackages } from './debian.mjs';
import { pinnedNode } from './packages.mjs';
import { CommandFailure, run, SetupFailure, step, tailOf } from './steps.mjs';

const playwrightCli = join(root, 'node_modules', '@playwright', 'test', 'cli.js');

function playwrightHasBrowser() {
  const ask =
    "const { chromium } = require('@playwright/test'); process.exit(require('fs').existsSync(chromium.executablePath()) ? 0 : 1)";
  return spawnSync(pinnedNode, ['-e', ask], { cwd: root }).status === 0;
}

/** Sees to it that the browser tests have a Chromium. */
export async function provideBrowser() {
  if (systemBrowser() !== undefined || playwrightHasBrowser()) return;
  // Ubuntu's package of this name only points at a snap.
  if (distribution()[0] === 'debian' && process.getuid?.() === 0) {
    return step('Chromium for the browser tests, from Debian', () =>
      installDebianPackages(['chromium'], 'Kiểm thử trên trình duyệt', 'Testing in a browser'),
    );
  }
  await step('Chromium for the browser tests, from Playwright', async () => {
    try {
      await run('playwright-install', pinnedNode, [playwrightCli, 'install', 'chromium']);
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      console.error(tailOf(error.log));
      throw new SetupFailure(
        `Không tải được Chromium của Playwright. Hãy cài Chromium bằng trình quản lý gói của hệ điều hành (trên Debian: sudo apt-get install chromium), hoặc đặt CHROMIUM_BIN trỏ tới một Chromium sẵn có, rồi chạy lại. Nhật ký: ${error.log}`,
        `Playwright's Chromium could not be downloaded. Install Chromium with your system's package manager (on Debian: sudo apt-get install chromium), or let CHROMIUM_BIN name one that you have, then start again. Log: ${error.log}`,
      );
    }
  });
}
