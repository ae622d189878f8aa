import type { MeetingId } from '@diemcau/shared/ids.ts';
import { useEffect, useState } from 'react';
import { fetchAhead } from '../../app/ahead.ts';
import { LocalMedia } from '../../media/local-media.ts';
import { MeetingMedia } from '../../media/meeting-media.ts';
import type { CameraPurpose } from '../../media/quality.ts';
import { MeetingClient } from '../../net/meeting-client.ts';
import { watchEnd, watchReturns } from '../../store/page-watch.ts';
import { useConnection } from '../use-app.ts';

/** One meeting on this device: its state and commands, its media, and the device's own camera and microphone. */
export interface LiveMeeting {
  readonly client: MeetingClient;
  readonly media: MeetingMedia;
  readonly local: LocalMedia;
}

/** @returns the meeting's services while the component is on screen; null until the connection is there. */
export function useLiveMeeting(meetingId: MeetingId, purpose: CameraPurpose): LiveMeeting | null {
  const connection = useConnection();
  const [live, setLive] = useState<LiveMeeting | null>(null);
  useEffect(() => {
    if (connection === null) return;
    const client = new MeetingClient(connection, meetingId);
    const local = new LocalMedia(purpose);
    const media = new MeetingMedia(client, local, fetchAhead());
    const unwatch = watchReturns(() => client.check());
    const unwatchEnd = watchEnd(() => client.sayGone());
    setLive({ client, media, local });
    return () => {
      setLive(null);
      unwatch();
      unwatchEnd();
      media.close();
      local.close();
      void client.close();
    };
  }, [connection, meetingId, purpose]);
  return live;
}
