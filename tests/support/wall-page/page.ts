import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { MediaNotice } from '@diemcau/shared/protocol/media.ts';
import type { Answer } from '@diemcau/shared/protocol/socket.ts';
import type { WallMediaNotice } from '@diemcau/shared/protocol/wall-media.ts';
import { io } from 'socket.io-client';
import { LocalMedia } from '../../../client/src/media/local-media.ts';
import { WallSession } from '../../../client/src/media/wall-session.ts';
import { WallSpeech } from '../../../client/src/media/wall-speech.ts';
import type { TilePriority } from '../../../client/src/media/wall-types.ts';
import { Observable } from '../../../client/src/store/observable.ts';
import { Naive } from './naive.ts';
import { Tiles } from './tiles.ts';

/** A wall without a screen’s comfort, as tests and the benchmark drive it. */
export interface WallPage {
  /** Draws tiles of this size for these meetings, and arms the button. */
  prepare(
    way: 'wall' | 'naive',
    meetings: readonly string[],
    size: { readonly width: number; readonly height: number },
  ): void;
  /** Milliseconds from the click to each tile’s first frame, as far as they have come. */
  firstFrames(): Record<string, number>;
  frames(): Record<string, number>;
  gaps(): number;
  owners(): Record<string, string | null>;
  absences(): Record<string, string | null>;
  state(): string;
  statistics(): Promise<{
    readonly transports: number;
    readonly ingress: number;
    readonly soundEnergy: number;
    readonly tiles: Record<string, { framesDecoded: number; width: number; height: number }>;
  }>;
  see(meetings: readonly string[], size: { readonly width: number; readonly height: number }): void;
  priority(meetingId: string, priority: TilePriority): void;
  listen(meetingId: string | null): Promise<void>;
  speak(meetingId: string): Promise<void>;
  /** Hears these producers as a member of the meeting does. */
  hear(meetingId: string, producerIds: readonly string[]): Promise<number>;
  /** Sound energy that a hearing has received so far. */
  heard(hearing: number): Promise<number>;
  peerConnections(): number;
  /** Ends what was prepared, and the attendances with it. */
  end(): Promise<void>;
}

const connections = new Set<RTCPeerConnection>();
const Native = window.RTCPeerConnection;
window.RTCPeerConnection = class extends Native {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    connections.add(this);
  }
};

const person = new URLSearchParams(location.search).get('person') ?? 'superior';
const socket = io({ transports: ['websocket'], auth: { person } });
const line = new Observable<'up' | 'down'>('down');
socket.on('connect', () => line.set('up'));
socket.on('disconnect', () => line.set('down'));

async function ask<T>(name: string, data: unknown): Promise<T> {
  const answer: Answer<T> = await socket.emitWithAck(name, data);
  if (!answer.ok) throw new Error(`${name}: ${answer.code}`);
  return answer.value;
}

const tiles = new Tiles();
const naive = new Naive(ask, tiles);
const hearings: RTCRtpReceiver[][] = [];
let session: WallSession | null = null;
let clickedAt = Number.NaN;
let drawn: readonly MeetingId[] = [];

const door: ConstructorParameters<typeof WallSession>[0] = {
  line,
  request: (name, data) => socket.emitWithAck('wallMedia', { name, data }),
  onNotice: (listener) => {
    const heard = ({ notice }: { notice: WallMediaNotice }) => listener(notice);
    socket.on('wallMedia', heard);
    return () => socket.off('wallMedia', heard);
  },
};

function startWall(meetings: readonly MeetingId[], size: { width: number; height: number }): WallSession {
  const wall = new WallSession(door);
  for (const meetingId of meetings) {
    const tile = wall.tile(meetingId);
    wall.setVisible(meetingId, size);
    tile.picture.subscribe(() => {
      const { current, next } = tile.picture.get();
      for (const shown of [current, next]) {
        if (shown) tiles.show(meetingId, shown.stream, () => tile.shown(shown.stream));
      }
      tiles.keep(
        meetingId,
        [current, next].flatMap((shown) => (shown ? [shown.stream] : [])),
      );
    });
  }
  const audio = document.createElement('audio');
  audio.autoplay = true;
  document.body.append(audio);
  wall.sound.subscribe(() => {
    audio.srcObject = wall.sound.get();
  });
  return wall;
}

const button = document.querySelector('button');
const arm = (act: () => Promise<void>) => {
  if (button === null) throw new Error('there is no button');
  button.onclick = (event) => {
    clickedAt = event.timeStamp;
    void act();
  };
};

const page: WallPage = {
  prepare(way, ids, size) {
    const meetings = ids as readonly MeetingId[];
    drawn = meetings;
    clickedAt = Number.NaN;
    tiles.draw(meetings, size);
    if (way === 'naive') {
      arm(async () => {
        await ask('attend', { meetings });
        await naive.open(meetings, size.width, person);
      });
      return;
    }
    const wall = startWall(meetings, size);
    session = wall;
    // As the wall's screen does: the line is there before anybody is attended.
    void wall.open();
    arm(async () => {
      await ask('attend', { meetings });
    });
  },
  firstFrames: () =>
    Object.fromEntries([...tiles.firstFrames].map(([meetingId, at]) => [meetingId, at - clickedAt])),
  frames: () => Object.fromEntries(drawn.map((meetingId) => [meetingId, tiles.framesOf(meetingId)])),
  gaps: () => tiles.gaps,
  owners: () =>
    Object.fromEntries(
      drawn.map((meetingId) => {
        const owner = session?.tile(meetingId).picture.get().current?.owner;
        return [meetingId, owner?.kind === 'person' ? owner.person : (owner?.site ?? null)];
      }),
    ),
  absences: () =>
    Object.fromEntries(
      drawn.map((meetingId) => [meetingId, session?.tile(meetingId).picture.get().absence ?? null]),
    ),
  state: () => JSON.stringify(session?.state.get()),
  async statistics() {
    if (session === null) throw new Error('there is no wall');
    const { transports, ingress, soundEnergy, tiles: counted } = await session.statistics();
    return { transports, ingress, soundEnergy, tiles: Object.fromEntries(counted) };
  },
  see(ids, size) {
    for (const meetingId of drawn) {
      session?.setVisible(meetingId, (ids as readonly string[]).includes(meetingId) ? size : null);
    }
  },
  priority: (meetingId, priority) => session?.setPriority(meetingId as MeetingId, priority),
  async listen(meetingId) {
    session?.listen(meetingId as MeetingId | null);
    await ask('focus', { meetingId });
  },
  async speak(meetingId) {
    const peerId = `speech of ${person}`;
    const local = new LocalMedia('person');
    const speech = new WallSpeech(
      {
        media: (name, data) =>
          name === 'openSending'
            ? socket.emitWithAck('openSender', { meetingId, peerId, person })
            : socket.emitWithAck('peer', { peerId, name, data }),
        onMediaNotice: (listener) => {
          const heard = (told: { peerId: string; notice: MediaNotice }) => {
            if (told.peerId === peerId) listener(told.notice);
          };
          socket.on('media', heard);
          return () => socket.off('media', heard);
        },
      },
      local,
    );
    await local.turn('microphone', 'on');
    await speech.open();
  },
  async hear(meetingId, producerIds) {
    hearings.push(await naive.listen(meetingId as MeetingId, 'an', producerIds));
    return hearings.length - 1;
  },
  async heard(hearing) {
    let energy = 0;
    for (const receiver of hearings[hearing] ?? []) {
      for (const report of (await receiver.getStats()).values()) {
        if (report.type === 'inbound-rtp') energy += report.totalAudioEnergy ?? 0;
      }
    }
    return energy;
  },
  peerConnections: () =>
    [...connections].filter(({ connectionState }) => connectionState === 'connected').length,
  async end() {
    session?.close();
    session = null;
    await naive.close();
    await ask('leave', { meetings: drawn });
    tiles.clear();
  },
};

Object.assign(window, { wallPage: page });
