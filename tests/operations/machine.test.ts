import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { root } from '../../scripts/worker-path.mjs';
import { makeMachine } from './support/machine.ts';

const machine = makeMachine();

const script = (name: string) => `${process.execPath} ${join(root, 'scripts', name)}`;
const ready = `env NODE_TLS_REJECT_UNAUTHORIZED=0 ${process.execPath} -e "
  const ask = () => fetch('https://127.0.0.1:3000/readyz').then(async (answer) => console.log('ready:', await answer.text()), () => setTimeout(ask, 200));
  ask();"`;

describe.skipIf(machine === null)('a computer with systemd', () => {
  afterAll(async () => {
    await machine?.cut();
    machine?.remove();
  });

  test('OPS8 runs the service hardened, with media, and backs it up; after a power cut it starts by itself', async () => {
    const installed = await machine?.run(`
      mkdir -p /media/backup
      cd ${root}
      ${script('install-service.ts')} --backup /media/backup
      ${ready}
      ps -eo user:20,args | grep -E '[m]ediasoup-worker|[s]erver/src/main.ts'
      systemctl start diemcau-backup.service; echo "backup: $?"
      kill -9 $(systemctl show -p MainPID --value diemcau); sleep 3
      ${ready}
      systemctl show diemcau -p NRestarts
      runuser -u diemcau -- cat /var/lib/diemcau/last-backup.json
      sync`);
    expect(installed).toMatch(/The service runs/);
    expect(installed?.match(/^ready: \{"status":"ready","media":"available"\}/gm)).toHaveLength(2);
    expect(installed).toMatch(/^diemcau +\/opt\/diemcau\/current\/mediasoup-worker/m);
    expect(installed).toMatch(/^backup: 0$/m);
    expect(installed).toMatch(/^NRestarts=1$/m);
    expect(installed).toMatch(/^\{"succeededAt":\d+\}$/m);

    await machine?.cut();
    const again = await machine?.run(`
      ${ready}
      systemctl is-active diemcau diemcau-backup.timer
      ls /media/backup`);
    expect(again).toMatch(/^ready: \{"status":"ready","media":"available"\}/m);
    expect(again?.match(/^active$/gm)).toHaveLength(2);
    expect(again).toMatch(/^diemcau-0001-/m);
  }, 400_000);
});
