import type { Viewer } from '@diemcau/shared/domain/audience.ts';
import type { CommandType } from '@diemcau/shared/domain/commands.ts';
import { type MeetingRole, permissions, rolesOf } from '@diemcau/shared/domain/permissions.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { PersonId, SiteId } from '@diemcau/shared/ids.ts';
import type { ClientCommand } from '@diemcau/shared/protocol/commands.ts';
import type { PrintedCode, RecordFile } from '@diemcau/shared/protocol/http.ts';
import type { Proof } from '@diemcau/shared/protocol/requests.ts';
import type { Answer, JoinedAs, Receipt, SiteCodeAnswer } from '@diemcau/shared/protocol/socket.ts';
import { createContext, useContext, useMemo } from 'react';
import type { FetchedFile } from '../../net/api.ts';
import type { CommandStatus } from '../../net/sent-command.ts';

/** The line to the server, as the top bar shows it. */
export type Line = 'up' | 'reconnecting' | 'down';

/** A code that opens a site's terminal (SITE3). */
export interface SiteCode {
  readonly code: string;
  /** Milliseconds since 1970; null where the server names no end. */
  readonly expiresAt: number | null;
}

/** Everything that the screens of a meeting read and do. */
export interface Room {
  readonly state: MeetingState;
  readonly as: JoinedAs;
  readonly viewer: Viewer;
  readonly line: Line;
  /** What was given on this device, with answers and receipts. */
  readonly commands: readonly CommandStatus[];
  /** Last hash of the record that this device has seen. */
  readonly hash: string;
  /** `proof` goes along for the door, and never into the record. */
  readonly give: (command: ClientCommand, proof?: Proof) => Promise<Answer<Receipt>>;
  /** The server's clock, milliseconds since 1970. */
  readonly now: () => number;
  readonly issueSiteCode: (site: SiteId) => Promise<Answer<SiteCode>>;
  /** A one-time code for who forgot the password (ID1); it is shown once and kept nowhere. */
  readonly issueMemberCode: (person: PersonId) => Promise<Answer<PrintedCode>>;
  /** What this terminal's site shows to be scanned (ATT4). */
  readonly presenceCode: () => Promise<Answer<SiteCodeAnswer>>;
  /** Fetches a file of the record, as this person may read it. */
  readonly recordFile: (file: RecordFile) => Promise<Answer<FetchedFile>>;
  /** Leaves the screen, not the meeting's attendance. */
  readonly exit: () => void;
}

const RoomContext = createContext<Room | null>(null);
export const RoomProvider = RoomContext.Provider;

/** @returns the meeting around the component; throws outside of one. */
export function useRoom(): Room {
  const room = useContext(RoomContext);
  if (room === null) throw new Error('useRoom outside of a meeting');
  return room;
}

/** @returns the person who looks on; null at a terminal. */
export function useMyself(): PersonId | null {
  const { as } = useRoom();
  return as.kind === 'terminal' ? null : as.person;
}

/** @returns everything that the viewer is in this meeting now. */
export function useRoles(): ReadonlySet<MeetingRole> {
  const { state, as } = useRoom();
  return useMemo(() => {
    if (as.kind === 'terminal') return new Set<MeetingRole>(['terminal']);
    if (as.kind === 'superior') return new Set<MeetingRole>(['superior']);
    return rolesOf(state, { kind: 'person', person: as.person });
  }, [state, as]);
}

/** @returns a test whether one of the viewer's roles may give a command. */
export function useMay(): (type: CommandType) => boolean {
  const roles = useRoles();
  return (type) => permissions[type].some((role) => roles.has(role));
}
