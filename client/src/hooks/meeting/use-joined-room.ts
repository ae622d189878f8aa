import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { PersonId, SiteId } from '@diemcau/shared/ids.ts';
import { type RecordFile, recordFilePaths } from '@diemcau/shared/protocol/http.ts';
import { useMemo } from 'react';
import type { MeetingClient } from '../../net/meeting-client.ts';
import type { Joined } from '../../net/membership.ts';
import { useApp, useConnection } from '../use-app.ts';
import { type LineKind, useLine } from '../use-line.ts';
import { useReadable } from '../use-readable.ts';
import type { Line, Room } from './room.ts';

const lines: { readonly [K in LineKind]: Line } = {
  online: 'up',
  connecting: 'reconnecting',
  reconnecting: 'reconnecting',
  offline: 'down',
  ended: 'down',
};

interface JoinedRoomParts {
  readonly client: MeetingClient;
  readonly state: MeetingState;
  readonly joined: Joined;
  /** Leaves the screen; the same function for as long as it does the same. */
  readonly exit: () => void;
}

/** @returns what the screens of a meeting read and do, for the meeting that this device has joined. */
export function useJoinedRoom({ client, state, joined, exit }: JoinedRoomParts): Room {
  const { session } = useApp();
  const connection = useConnection();
  const membership = useReadable(client.membership);
  const commands = useReadable(client.commands);
  const lineKind = useLine();
  const line = membership.kind === 'rejoining' && lineKind === 'online' ? 'reconnecting' : lines[lineKind];
  const steady = useMemo(
    () => ({
      give: (...given: Parameters<Room['give']>) => client.command(...given).answer,
      now: connection?.clock.now ?? Date.now,
      issueSiteCode: (siteId: SiteId) =>
        session.call('issueSiteCode', { params: { meetingId: client.meetingId, siteId }, body: {} }),
      issueMemberCode: (personId: PersonId) =>
        session.call('issueMemberCode', { params: { meetingId: client.meetingId }, body: { personId } }),
      presenceCode: () => client.siteCode(),
      recordFile: (file: RecordFile) =>
        session.fetchFile(recordFilePaths[file], { meetingId: client.meetingId }),
      exit,
    }),
    [client, connection, session, exit],
  );
  return useMemo(
    () => ({
      ...steady,
      state,
      as: joined.as,
      viewer: joined.viewer,
      line,
      commands,
      hash: client.head.hash,
    }),
    [steady, state, joined, line, commands, client],
  );
}
