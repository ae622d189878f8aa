import { isPersonPresent } from '@diemcau/shared/domain/presence.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import { Button } from '@mantine/core';
import { IconHome } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import { Link } from 'react-router';
import { Banner } from '../../components/meeting/chrome/banner.tsx';
import { VoteSheet } from '../../components/meeting/vote/vote-sheet.tsx';
import { MediaProvider, noMedia } from '../../hooks/meeting/media.ts';
import { RoomProvider, useMyself, useRoom } from '../../hooks/meeting/room.ts';
import { useGive } from '../../hooks/meeting/use-give.ts';
import { useJoinedRoom } from '../../hooks/meeting/use-joined-room.ts';
import { useVoteAlarm } from '../../hooks/meeting/use-vote-alarm.ts';
import { useConnection } from '../../hooks/use-app.ts';
import { useReadable } from '../../hooks/use-readable.ts';
import { useOwnMeetings } from '../../hooks/wall/use-own-meetings.ts';
import { useWallText } from '../../hooks/wall/use-wall-text.ts';
import { MeetingClient } from '../../net/meeting-client.ts';
import type { Joined } from '../../net/membership.ts';
import classes from './wall.module.css';

const withoutMedia = noMedia('dataOnly');

/** The superior is a member of these live cells: their vote sheets come up over the wall (SUP9). */
export function OwnVotes() {
  return [...useOwnMeetings()].map((meeting) => <OwnMeeting key={meeting} meeting={meeting} />);
}

/** Follows the own cell's meeting as any member does, without pictures; nobody's presence is changed by it. */
function OwnMeeting({ meeting }: { readonly meeting: MeetingId }) {
  const connection = useConnection();
  const [client, setClient] = useState<MeetingClient | null>(null);
  useEffect(() => {
    if (connection === null) return;
    const made = new MeetingClient(connection, meeting);
    setClient(made);
    void made.join({ media: 'unwanted' });
    return () => {
      setClient(null);
      void made.close();
    };
  }, [connection, meeting]);
  return client === null ? null : <Joining client={client} />;
}

function Joining({ client }: { readonly client: MeetingClient }) {
  const membership = useReadable(client.membership);
  const state = useReadable(client.state);
  if (state === null || (membership.kind !== 'joined' && membership.kind !== 'rejoining')) return null;
  return <Inside client={client} state={state} joined={membership.joined} />;
}

function Inside({
  client,
  state,
  joined,
}: {
  readonly client: MeetingClient;
  readonly state: MeetingState;
  readonly joined: Joined;
}) {
  const exit = useCallback(() => undefined, []);
  const room = useJoinedRoom({ client, state, joined, exit });
  return (
    <RoomProvider value={room}>
      <MediaProvider value={withoutMedia}>
        <OwnBanner />
        {state.openVote !== null && (
          <div className={classes.ownVote} data-testid="own-vote">
            <VoteSheet />
          </div>
        )}
      </MediaProvider>
    </RoomProvider>
  );
}

function OwnBanner() {
  const t = useWallText();
  const { state } = useRoom();
  const myself = useMyself();
  const { give, busy } = useGive();
  useVoteAlarm();
  const cell = state.facts?.cellName ?? '';
  const here = myself !== null && isPersonPresent(state, myself);
  return (
    <Banner
      tone="calm"
      icon={<IconHome size={20} aria-hidden />}
      testId="own-cell"
      action={
        <>
          {!here && (
            <Button
              mih={44}
              loading={busy}
              onClick={() => void give({ type: 'checkIn', place: { mode: 'remote' } })}
            >
              {t('own.checkIn')}
            </Button>
          )}
          <Button mih={44} variant="default" component={Link} to={`/hop/${state.facts?.meetingId ?? ''}`}>
            {t('own.enter')}
          </Button>
        </>
      }
    >
      <strong>{t('own.live', { cell })}.</strong> {t(here ? 'own.present' : 'own.absent')}
    </Banner>
  );
}
