import { isOver } from '@diemcau/shared/domain/phase.ts';
import { attendanceOf, placeOf } from '@diemcau/shared/domain/presence.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { PersonId, SiteId } from '@diemcau/shared/ids.ts';
import { type RecordFile, recordFilePaths } from '@diemcau/shared/protocol/http.ts';
import { type ReactNode, useMemo } from 'react';
import { useNavigate } from 'react-router';
import { MediaProvider } from '../../hooks/meeting/media.ts';
import { type Line, type Room, RoomProvider } from '../../hooks/meeting/room.ts';
import { forgetEntrance } from '../../hooks/meeting/use-entrance.ts';
import type { LiveMeeting } from '../../hooks/meeting/use-live-meeting.ts';
import { useMediaMode } from '../../hooks/meeting/use-media-mode.ts';
import { type MediaWish, useRoomMedia } from '../../hooks/meeting/use-room-media.ts';
import { useApp, useConnection } from '../../hooks/use-app.ts';
import { useDocumentTitle } from '../../hooks/use-document-title.ts';
import { type LineKind, useLine } from '../../hooks/use-line.ts';
import { useReadable } from '../../hooks/use-readable.ts';
import type { Joined } from '../../net/membership.ts';

const lines: { readonly [K in LineKind]: Line } = {
  online: 'up',
  connecting: 'reconnecting',
  reconnecting: 'reconnecting',
  offline: 'down',
  ended: 'down',
};

interface JoinedMeetingProps {
  readonly live: LiveMeeting;
  readonly state: MeetingState;
  readonly joined: Joined;
  readonly wish: MediaWish;
  readonly children: ReactNode;
}

/** Gives the screens below it the meeting that this device is in. */
export function JoinedMeeting({ live, state, joined, wish, children }: JoinedMeetingProps) {
  const { client } = live;
  const { session } = useApp();
  const connection = useConnection();
  const navigate = useNavigate();
  const companion =
    joined.as.kind === 'member' && placeOf(attendanceOf(state, joined.as.person).presence)?.mode === 'onSite';
  useDocumentTitle(state.facts?.cellName ?? '');
  const mode = useMediaMode(live, wish);
  const media = useRoomMedia(live, mode, companion ? 'hall' : 'own');
  const membership = useReadable(client.membership);
  const commands = useReadable(client.commands);
  const lineKind = useLine();
  const line = membership.kind === 'rejoining' && lineKind === 'online' ? 'reconnecting' : lines[lineKind];
  const attends = joined.as.kind === 'superior' && !isOver(state);
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
      exit: () => {
        if (attends) void client.command({ type: 'leaveAsSuperior' });
        forgetEntrance(client.meetingId);
        void navigate('/');
      },
    }),
    [client, connection, session, navigate, attends],
  );
  const room = useMemo(
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
  return (
    <RoomProvider value={room}>
      <MediaProvider value={media}>{children}</MediaProvider>
    </RoomProvider>
  );
}
