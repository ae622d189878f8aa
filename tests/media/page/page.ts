import type { MediaNotice } from '@diemcau/shared/protocol/media.ts';
import type { JoinAnswer } from '@diemcau/shared/protocol/socket.ts';
import { io } from 'socket.io-client';
import { LocalMedia } from '../../../client/src/media/local-media.ts';
import { MeetingMedia } from '../../../client/src/media/meeting-media.ts';
import type { Membership } from '../../../client/src/net/membership.ts';
import { Observable } from '../../../client/src/store/observable.ts';

/** What one person sees and hears of another, counted by the browser. */
export interface Perceived {
  readonly frames: number;
  readonly width: number;
  readonly packets: number;
  readonly held: boolean;
  readonly muted: boolean;
}

/** The page as tests drive it. */
export interface TestPage {
  join(person: string): Promise<void>;
  turn(source: 'camera' | 'microphone', to: 'on' | 'off'): Promise<void>;
  resize(width: number, height: number): void;
  hide(): void;
  perceive(person: string, source: string): Promise<Perceived | null>;
  state(): string;
  /** Every state since the last asking, oldest first. */
  states(): string[];
  ownHeld(): string[];
  speaker(): string | null;
  fault(source: 'camera' | 'microphone'): string | null;
}

const connections: RTCPeerConnection[] = [];
const Native = window.RTCPeerConnection;
window.RTCPeerConnection = class extends Native {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    connections.push(this);
  }
};

let size = { width: 640, height: 360 };
const local = new LocalMedia('person');
const membership = new Observable<Membership>({ kind: 'outside' });
const socket = io({ transports: ['websocket'] });
const media = new MeetingMedia(
  {
    membership,
    media: (name, data) => socket.emitWithAck('media', { name, data }),
    onMediaNotice: (listener) => {
      socket.on('notice', (notice: MediaNotice) => listener(notice));
      return () => socket.off('notice');
    },
  },
  local,
);

const passed: string[] = [];
media.state.subscribe(() => passed.push(JSON.stringify(media.state.get())));

/** Tiles as the product has them: an element a picture, shown as long as it is mounted. */
const tiles = new Map<string, HTMLVideoElement>();
media.remote.subscribe(() => {
  for (const { producerId, source, track } of media.remote.get()) {
    if (source !== 'camera' || tiles.has(producerId)) continue;
    const video = document.createElement('video');
    video.muted = true;
    video.autoplay = true;
    tiles.set(producerId, video);
    document.body.append(video);
    media.show(producerId, size);
    if (track !== null) video.srcObject = new MediaStream([track]);
  }
  for (const { producerId, track } of media.remote.get()) {
    const video = tiles.get(producerId);
    if (video && track !== null && video.srcObject === null) video.srcObject = new MediaStream([track]);
  }
});

async function packetsOf(track: MediaStreamTrack | null): Promise<number> {
  for (const connection of connections) {
    for (const receiver of connection.getReceivers()) {
      if (track === null || receiver.track.id !== track.id) continue;
      for (const report of (await receiver.getStats()).values()) {
        if (report.type === 'inbound-rtp') return report.packetsReceived;
      }
    }
  }
  return 0;
}

const page: TestPage = {
  async join(person) {
    const answer: Pick<JoinAnswer, 'media' | 'mediaRefusal'> = await socket.emitWithAck('join', { person });
    const as = { kind: 'member', person, name: person } as JoinAnswer['as'];
    const viewer = { person: null, site: null, officer: false };
    membership.set({ kind: 'joined', joined: { as, viewer, ...answer } });
  },
  turn: (source, to) => local.turn(source, to),
  resize(width, height) {
    size = { width, height };
    for (const producerId of tiles.keys()) media.show(producerId, size);
  },
  hide() {
    for (const producerId of tiles.keys()) media.show(producerId, null);
  },
  async perceive(person, source) {
    const found = media.remote
      .get()
      .find((item) => item.owner.kind === 'person' && item.owner.person === person && item.source === source);
    if (found === undefined) return null;
    const { producerId, held, muted, track } = found;
    const video = tiles.get(producerId);
    const frames = video?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
    return { frames, width: video?.videoWidth ?? 0, packets: await packetsOf(track), held, muted };
  },
  state: () => JSON.stringify(media.state.get()),
  states: () => passed.splice(0),
  ownHeld: () => [...media.held.get()],
  speaker() {
    const owner = media.activeSpeaker.get();
    return owner?.kind === 'person' ? owner.person : null;
  },
  fault(source) {
    const state = local.states.get()[source];
    return state.kind === 'failed' ? state.fault : null;
  },
};

Object.assign(window, { testPage: page });
