// Which Chromium the browser tests drive. Free of dependencies: set-up asks too.
import { existsSync } from 'node:fs';

/**
 * `CHROMIUM_BIN`, or the system's own Chromium.
 * @returns {string | undefined} undefined where Playwright's own browser serves
 */
export function systemBrowser() {
  return [process.env.CHROMIUM_BIN, '/usr/bin/chromium'].find((path) => path && existsSync(path));
}
