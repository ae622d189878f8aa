import { ConfigFault } from '../../server/src/config.ts';
import { FolderInUse } from '../../server/src/data-lock.ts';

/** A command that can't be carried out as things are, with what to do about it, in Vietnamese and English. */
export class OperationRefused extends Error {
  readonly vietnamese: string;
  readonly english: string;
  constructor(vietnamese: string, english: string) {
    super(`${vietnamese}\n${english}`);
    this.name = 'OperationRefused';
    this.vietnamese = vietnamese;
    this.english = english;
  }
}

/** Tells a person how far it is: one sentence in each language. */
export function tell(vietnamese: string, english: string): void {
  console.log(`${vietnamese}\n  ${english}`);
}

/** `1,3 MB`: sizes as people read them; whole below ten of a unit is too coarse, so one digit follows. */
export function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

/** `2.4 s`. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

const sayable = [OperationRefused, ConfigFault, FolderInUse];

const systemFaults: Readonly<Record<string, readonly [vietnamese: string, english: string]>> = {
  ENOSPC: ['Hết chỗ trên ổ đĩa.', 'The disk is full.'],
  EDQUOT: ['Hết hạn mức dung lượng trên ổ đĩa.', 'The disk’s quota is used up.'],
  EFBIG: [
    'Tệp quá lớn đối với ổ này (FAT32 chỉ chứa tệp dưới 4 GB); đề nghị định dạng lại thành exFAT hoặc ext4.',
    'The file is too large for this disk (FAT32 holds files below 4 GB); format it as exFAT or ext4.',
  ],
  EIO: [
    'Ổ đĩa báo lỗi đọc/ghi; có thể ổ đã hỏng hoặc bị rút ra.',
    'The disk fails to read or write; it may be broken or pulled out.',
  ],
  EROFS: ['Ổ đĩa chỉ cho đọc.', 'The disk is read-only.'],
  EACCES: ['Không đủ quyền; đề nghị chạy bằng quyền root (sudo).', 'Not permitted; run it as root (sudo).'],
  EPERM: ['Không đủ quyền; đề nghị chạy bằng quyền root (sudo).', 'Not permitted; run it as root (sudo).'],
};

/** What people can mend themselves is said in a sentence, everything else with its cause. */
export function explain(error: unknown): string {
  if (sayable.some((kind) => error instanceof kind) && error instanceof Error) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = systemFaults[code];
  if (known && error instanceof Error) return `${known[0]}\n${known[1]}\n(${error.message})`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Runs a command of the terminal and sets the exit code: what it returns, or 1 with an explanation when it fails. */
export async function runCommand(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
  }
}
