import { join } from 'node:path';
import { currentLink, type Installation } from './installation.ts';

/** The server's unit; backups have one more, and a timer. */
export const serviceName = 'diemcau.service';
export const backupServiceName = 'diemcau-backup.service';
export const backupTimerName = 'diemcau-backup.timer';

/** A unit of systemd. */
export interface Unit {
  readonly name: string;
  readonly text: string;
}

/** What neither the server nor a backup needs. V8 writes machine code: MemoryDenyWriteExecute= would end it. */
const hardening = `NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
UMask=0077`;

/** @returns the units of an installation: the server, and where backups were asked for their service and timer. */
export function unitsOf(made: Installation): readonly Unit[] {
  const service = { name: serviceName, text: serverUnit(made) };
  if (made.backup === null) return [service];
  return [
    service,
    { name: backupServiceName, text: backupUnit(made, made.backup) },
    { name: backupTimerName, text: timerUnit(made.backup) },
  ];
}

function serverUnit(made: Installation): string {
  const current = currentLink(made);
  return `[Unit]
Description=Diem Cau, hybrid meetings of cells
# The addresses of the local network stand in its certificate, and in what browsers are told of picture and sound.
Wants=network-online.target
After=network-online.target time-sync.target
RequiresMountsFor=${quoted(made.dataDir)} ${quoted(made.prefix)}
# After a power cut it tries until it runs: a disk may be slow to come.
StartLimitIntervalSec=0

[Service]
Type=exec
User=${made.user}
WorkingDirectory=${current}
CacheDirectory=diemcau
Environment=NODE_COMPILE_CACHE=%C/diemcau
Environment=${quoted(`DATA_DIR=${made.dataDir}`)}
Environment=${quoted(`MEDIASOUP_WORKER_BIN=${join(current, 'mediasoup-worker')}`)}
EnvironmentFile=${made.environmentFile}
ExecStart=${quoted(join(current, 'node_modules', 'node', 'bin', 'node'))} --max-semi-space-size=16 server/src/main.ts
Restart=always
RestartSec=2
# The server stops in order by itself; what is left after that is ended.
KillMode=mixed
TimeoutStopSec=20
LimitNOFILE=20000
${hardening}
PrivateDevices=yes
CapabilityBoundingSet=CAP_NET_BIND_SERVICE
AmbientCapabilities=CAP_NET_BIND_SERVICE
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
SystemCallFilter=@system-service
ReadWritePaths=${quoted(made.dataDir)}

[Install]
WantedBy=multi-user.target
`;
}

type NightlyBackup = NonNullable<Installation['backup']>;

/** Runs as root, for a stick belongs to whoever plugged it in; it can write to the data's folder and the backups' alone. */
function backupUnit(made: Installation, { folder, keepDays }: NightlyBackup): string {
  const current = currentLink(made);
  const node = quoted(join(current, 'node_modules', 'node', 'bin', 'node'));
  return `[Unit]
Description=Backup of Diem Cau
RequiresMountsFor=${quoted(made.dataDir)} ${quoted(folder)}

[Service]
Type=oneshot
WorkingDirectory=${current}
Environment=${quoted(`DATA_DIR=${made.dataDir}`)}
EnvironmentFile=${made.environmentFile}
ExecStart=${node} scripts/backup.ts --known --keep ${keepDays} ${quoted(folder)}
TimeoutStartSec=2h
Nice=10
IOSchedulingClass=idle
${hardening}
# A stick that is not plugged in has no folder: then the backup says so, rather than the unit.
ReadWritePaths=${quoted(made.dataDir)} -${folder.includes(' ') ? quoted(folder) : folder}
`;
}

function timerUnit({ at }: NightlyBackup): string {
  return `[Unit]
Description=Backup of Diem Cau each night

[Timer]
OnCalendar=*-*-* ${at}:00
# A night on which the computer was off is made up for at the next start.
Persistent=yes
AccuracySec=1min

[Install]
WantedBy=timers.target
`;
}

/** A value that may hold blanks; \`%\` begins a specifier of systemd. */
function quoted(value: string): string {
  const escaped = value.replaceAll('%', '%%');
  return /[\s"'\\]/.test(escaped) ? `"${escaped.replace(/["\\]/g, '\\$&')}"` : escaped;
}
