import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { ClientToServer, Language, ServerToClient } from '@diemcau/shared/protocol/socket.ts';
import type { Server, Socket } from 'socket.io';
import type { Session } from '../auth/sessions.ts';
import type { NodeWords } from '../cluster/words.ts';
import type { Seat } from './seat.ts';
import type { Wall } from './wall-seats.ts';

/** What the door keeps with a connection. */
export interface ConnectionData {
  session: Session;
  language: Language;
  seats: Map<MeetingId, Seat>;
  /** Null while the connection watches no wall. */
  wall: Wall | null;
}

export type DoorServer = Server<ClientToServer, ServerToClient, NodeWords, ConnectionData>;
export type DoorSocket = Socket<ClientToServer, ServerToClient, NodeWords, ConnectionData>;
