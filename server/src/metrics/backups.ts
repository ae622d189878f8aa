import { Gauge, type Registry } from 'prom-client';

/** When the last backup that was checked and kept was finished; 0 where there has been none. */
export function watchBackups(registry: Registry, lastBackupAt: () => number | null): void {
  new Gauge({
    name: 'diemcau_backup_last_success_timestamp_seconds',
    help: 'When the last backup succeeded, in seconds since 1970; 0 for never.',
    registers: [registry],
    collect() {
      this.set((lastBackupAt() ?? 0) / 1000);
    },
  });
}
