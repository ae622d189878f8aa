import '../../i18n/room-texts.ts';
import { isOver } from '@diemcau/shared/domain/phase.ts';
import { attendanceOf } from '@diemcau/shared/domain/presence.ts';
import type { MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import { Button, Container } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { Activity, useCallback, useEffect, useRef, useState } from 'react';
import { Link, useLocation, useParams, useSearchParams } from 'react-router';
import { late } from '../../components/late.tsx';
import { Loading, RefusalNotice } from '../../components/states.tsx';
import { type ScannedCode, scannedIn } from '../../hooks/meeting/site-code.ts';
import { rememberedWish, useEntrance } from '../../hooks/meeting/use-entrance.ts';
import { type LiveMeeting, useLiveMeeting } from '../../hooks/meeting/use-live-meeting.ts';
import { useMeetingView } from '../../hooks/meeting/use-other-meetings.ts';
import type { MediaWish } from '../../hooks/meeting/use-room-media.ts';
import { useText } from '../../hooks/meeting/use-text.ts';
import { useSession } from '../../hooks/use-app.ts';
import { useReadable } from '../../hooks/use-readable.ts';
import { JoinedMeeting } from './joined-meeting.tsx';
import { type Entrance, LobbyView } from './lobby-view.tsx';
import { fetchRoom, RoomView } from './room-view.tsx';

const ResultView = late(async () => (await import('./result-view.tsx')).ResultView);
const ScannedLobby = late(async () => (await import('./scanned-lobby.tsx')).ScannedLobby);
const SuperiorLobby = late(async () => (await import('./superior-lobby.tsx')).SuperiorLobby);
const TerminalView = late(async () => (await import('./terminal-view.tsx')).TerminalView);

/** The joined meeting's screen: the room, the terminal, or the result. */
function Joined({ live, wish }: { readonly live: LiveMeeting; readonly wish: MediaWish }) {
  const membership = useReadable(live.client.membership);
  const state = useReadable(live.client.state);
  const t = useText();
  if (membership.kind === 'refused') {
    return (
      <Container size="sm" py="xl">
        <RefusalNotice message={membership.message} onRetry={() => window.location.reload()} />
        <Button component={Link} to="/" variant="subtle" mt="md" leftSection={<IconArrowLeft size={20} />}>
          {t('top.home')}
        </Button>
      </Container>
    );
  }
  if (state === null || (membership.kind !== 'joined' && membership.kind !== 'rejoining')) return <Loading />;
  const { joined } = membership;
  return (
    <JoinedMeeting live={live} state={state} joined={joined} wish={wish}>
      {isOver(state) ? <ResultView /> : joined.as.kind === 'terminal' ? <TerminalView /> : <RoomView />}
    </JoinedMeeting>
  );
}

function TerminalMeeting({ live }: { readonly live: LiveMeeting }) {
  useEffect(() => {
    void live.client.join({ media: 'wanted' });
    void live.local.turn('camera', 'on');
    void live.local.turn('microphone', 'on');
  }, [live]);
  return <Joined live={live} wish="full" />;
}

interface PersonMeetingProps {
  readonly live: LiveMeeting;
  readonly person: PersonId;
}

function MemberMeeting({ live, person }: PersonMeetingProps) {
  const { client, local } = live;
  const entrance = useEntrance(live, client.meetingId);
  const membership = useReadable(client.membership);
  const state = useReadable(client.state);
  const begun = useRef<LiveMeeting | null>(null);
  const { enter } = entrance;
  const [query, setQuery] = useSearchParams();
  const scanned = scannedIn(query);
  const scannedAtStart = useRef(scanned);
  const checkInAt = ({ site, code }: ScannedCode) =>
    enter('data', {
      checkIn: { type: 'checkIn', place: { mode: 'onSite', site } },
      proof: { kind: 'siteCode', code },
      media: 'unwanted',
    });
  const spent = entrance.wish !== null && scanned !== null;
  useEffect(() => {
    // A code serves once: what is loaded anew must not offer it again.
    if (spent) setQuery({}, { replace: true });
  }, [spent, setQuery]);
  const go = useCallback(
    ({ place, wish }: Entrance) =>
      enter(wish, {
        checkIn: {
          type: 'checkIn',
          place: place === 'remote' ? { mode: 'remote' } : { mode: 'onSite', site: place },
        },
        media: wish === 'data' ? 'unwanted' : 'wanted',
      }),
    [enter],
  );
  useEffect(() => {
    if (begun.current === live) return;
    begun.current = live;
    const before = scannedAtStart.current === null ? rememberedWish(client.meetingId) : null;
    // A page that was loaded anew goes back to where it was; attendance stands as it is.
    if (before === null) void client.join({ media: 'unwanted' });
    else {
      if (before === 'full') void local.turn('camera', 'on');
      void enter(before, { media: before === 'data' ? 'unwanted' : 'wanted' });
    }
  }, [live, client, local, enter]);
  // A refused check-in leaves the person in the lobby, which goes on following the meeting.
  useEffect(() => {
    if (entrance.refusal !== null && client.state.get() !== null) void client.join({ media: 'unwanted' });
  }, [entrance.refusal, client]);
  const [drawn, setDrawn] = useState<'no' | 'ahead'>('no');
  useEffect(() => {
    if (membership.kind === 'joined') setDrawn('ahead');
  }, [membership.kind]);
  const inside = entrance.wish !== null;
  if (!inside && membership.kind === 'refused' && state === null) return <Joined live={live} wish="data" />;
  if (state === null) return <Loading />;
  if (!inside && isOver(state)) return <Joined live={live} wish="data" />;
  if (!inside && scanned !== null && state.sites[scanned.site] !== undefined) {
    return (
      <ScannedLobby
        state={state}
        site={scanned.site}
        refusal={entrance.refusal}
        busy={entrance.busy}
        onEnter={() => void checkInAt(scanned)}
        onOtherwise={() => setQuery({}, { replace: true })}
      />
    );
  }
  const away = attendanceOf(state, person).presence.mode === 'away';
  if (!inside && away) return <Joined live={live} wish="data" />;
  return (
    <>
      {!inside && (
        <LobbyView
          live={live}
          state={state}
          person={person}
          refusal={entrance.refusal}
          busy={entrance.busy}
          onEnter={(chosen) => void go(chosen)}
        />
      )}
      {/* The room is drawn behind the lobby in idle moments, so that entering only has to show it. */}
      {(inside || drawn === 'ahead') && (
        <Activity mode={inside ? 'visible' : 'hidden'}>
          <Joined live={live} wish={entrance.wish ?? 'full'} />
        </Activity>
      )}
    </>
  );
}

function SuperiorMeeting({ live, cellName }: { readonly live: LiveMeeting; readonly cellName: string }) {
  const { client, local } = live;
  const entrance = useEntrance(live, client.meetingId);
  const location: { readonly state: unknown } = useLocation();
  const begun = useRef<LiveMeeting | null>(null);
  const { enter } = entrance;
  const attend = useCallback(
    (wish: MediaWish) =>
      enter(wish, { checkIn: { type: 'attendAsSuperior' }, media: wish === 'data' ? 'unwanted' : 'wanted' }),
    [enter],
  );
  const switched =
    typeof location.state === 'object' && location.state !== null && 'attend' in location.state;
  useEffect(() => {
    if (begun.current === live) return;
    begun.current = live;
    const before = rememberedWish(client.meetingId) ?? (switched ? 'full' : null);
    if (before === null) return;
    if (before === 'full') void local.turn('camera', 'on');
    void attend(before);
  }, [live, client, local, attend, switched]);
  if (entrance.wish !== null) return <Joined live={live} wish={entrance.wish} />;
  return (
    <SuperiorLobby
      live={live}
      cellName={cellName}
      refusal={entrance.refusal}
      busy={entrance.busy}
      onEnter={(wish) => void attend(wish)}
    />
  );
}

function PersonMeeting({ live, person }: PersonMeetingProps) {
  const { meeting, loaded } = useMeetingView(live.client.meetingId);
  if (loaded === 'no') return <Loading />;
  const over = meeting !== null && ['closed', 'sealed', 'cancelled'].includes(meeting.phase);
  if (meeting?.role === 'superior' && !over) {
    return <SuperiorMeeting live={live} cellName={meeting.cellName} />;
  }
  return <MemberMeeting live={live} person={person} />;
}

function MeetingOf({ meetingId }: { readonly meetingId: MeetingId }) {
  const session = useSession();
  const who = session.kind === 'signedIn' ? session.session : null;
  const live = useLiveMeeting(meetingId, who?.kind === 'terminal' ? 'hall' : 'person');
  if (live === null || who === null) return <Loading />;
  return who.kind === 'terminal' ? (
    <TerminalMeeting live={live} />
  ) : (
    <PersonMeeting live={live} person={who.personId} />
  );
}

/** One meeting from lobby to result; another address is another meeting, begun afresh. */
export function Component() {
  const { meetingId } = useParams();
  useEffect(fetchRoom, []);
  return <MeetingOf key={meetingId} meetingId={meetingId as MeetingId} />;
}
