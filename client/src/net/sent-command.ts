import type { CommandId } from '@diemcau/shared/ids.ts';
import type { ClientCommand } from '@diemcau/shared/protocol/commands.ts';
import type { Receipt } from '@diemcau/shared/protocol/socket.ts';
import type { RefusalCode } from '@diemcau/shared/result.ts';

/** How far a command has come. Nothing counts before `recorded`: screens say "đã gửi", then "đã ghi nhận". */
export type CommandProgress =
  /** Waits for the line, or for the next attempt. */
  | { readonly phase: 'pending' }
  | { readonly phase: 'sent' }
  | { readonly phase: 'recorded'; readonly receipt: Receipt }
  | { readonly phase: 'refused'; readonly code: RefusalCode; readonly message: string };

export interface CommandStatus {
  readonly id: CommandId;
  readonly command: ClientCommand;
  /** When the person gave it, on this device's clock. */
  readonly givenAt: number;
  readonly progress: CommandProgress;
}

/** @returns whether the command has had its answer. */
export function isAnswered(status: CommandStatus): boolean {
  return status.progress.phase === 'recorded' || status.progress.phase === 'refused';
}
