import type {
  Consumer,
  DtlsParameters,
  MediaKind,
  RtpCapabilities,
  RtpParameters,
  WebRtcTransport,
} from 'mediasoup/types';

export type TransportOffer = Pick<
  WebRtcTransport,
  'id' | 'iceParameters' | 'iceCandidates' | 'dtlsParameters'
>;
export type ConsumerOffer = Pick<Consumer, 'id' | 'producerId' | 'kind' | 'rtpParameters'>;

/** What a minimal page shows of a meeting. */
export interface BareState {
  readonly title: string;
  readonly people: readonly { readonly name: string; readonly office: string; readonly mode: string }[];
  readonly agenda: readonly { readonly title: string; readonly minutes: number }[];
}

export interface BareEntry {
  readonly state: BareState;
  readonly transport: TransportOffer;
  readonly consumers: readonly ConsumerOffer[];
}

export interface BareRequests {
  /** Asked once the page is there, so that the click finds the device loaded. */
  capabilities: (answer: (capabilities: RtpCapabilities) => void) => void;
  /** State, transport and paused consumers in one answer. */
  join: (request: { rtpCapabilities: RtpCapabilities }, answer: (entry: BareEntry) => void) => void;
  connectTransport: (request: { dtlsParameters: DtlsParameters }, answer: () => void) => void;
  resume: (answer: () => void) => void;
  openSend: (answer: (transport: TransportOffer) => void) => void;
  produce: (
    request: { kind: MediaKind; rtpParameters: RtpParameters },
    answer: (producer: { id: string }) => void,
  ) => void;
}
