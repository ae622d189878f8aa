import { isOver } from '@diemcau/shared/domain/phase.ts';
import { attendanceOf, placeOf } from '@diemcau/shared/domain/presence.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import { type ReactNode, useCallback } from 'react';
import { useNavigate } from 'react-router';
import { MediaProvider } from '../../hooks/meeting/media.ts';
import { RoomProvider } from '../../hooks/meeting/room.ts';
import { forgetEntrance } from '../../hooks/meeting/use-entrance.ts';
import { useJoinedRoom } from '../../hooks/meeting/use-joined-room.ts';
import type { LiveMeeting } from '../../hooks/meeting/use-live-meeting.ts';
import { useMediaMode } from '../../hooks/meeting/use-media-mode.ts';
import { type MediaWish, useRoomMedia } from '../../hooks/meeting/use-room-media.ts';
import { useDocumentTitle } from '../../hooks/use-document-title.ts';
import type { Joined } from '../../net/membership.ts';

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
  const navigate = useNavigate();
  const companion =
    joined.as.kind === 'member' && placeOf(attendanceOf(state, joined.as.person).presence)?.mode === 'onSite';
  useDocumentTitle(state.facts?.cellName ?? '');
  const mode = useMediaMode(live, wish);
  const media = useRoomMedia(live, mode, companion ? 'hall' : 'own');
  const attends = joined.as.kind === 'superior' && !isOver(state);
  const exit = useCallback(() => {
    if (attends) void client.command({ type: 'leaveAsSuperior' });
    forgetEntrance(client.meetingId);
    void navigate('/');
  }, [client, navigate, attends]);
  const room = useJoinedRoom({ client, state, joined, exit });
  return (
    <RoomProvider value={room}>
      <MediaProvider value={media}>{children}</MediaProvider>
    </RoomProvider>
  );
}
