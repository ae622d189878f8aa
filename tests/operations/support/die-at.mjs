// Preloaded into a command under test: kills the process right before its n-th step that changes a disk, as a power cut would.
// DIE_AT: which step; 0 for none. STEPS_FILE: where the number of steps is left at the end.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { DatabaseSync } from 'node:sqlite';

const dieAt = Number(process.env.DIE_AT ?? 0);
const { writeFileSync } = fs;
let steps = 0;

/** @param {any} holder @param {string} name @param {(args: any[]) => boolean} counts */
function wrap(holder, name, counts = () => true) {
  const original = holder[name];
  holder[name] = function stepped(/** @type {any[]} */ ...args) {
    if (counts(args)) {
      steps += 1;
      if (steps === dieAt) process.kill(process.pid, 'SIGKILL');
    }
    return original.apply(this, args);
  };
}

for (const name of [
  'renameSync',
  'rmSync',
  'writeFileSync',
  'mkdirSync',
  'copyFileSync',
  'cpSync',
  'fsyncSync',
  'symlinkSync',
])
  wrap(fs, name);
wrap(DatabaseSync.prototype, 'prepare', ([sql]) => String(sql).startsWith('VACUUM'));
syncBuiltinESMExports();

process.on('exit', () => {
  if (process.env.STEPS_FILE) writeFileSync(process.env.STEPS_FILE, String(steps));
});
