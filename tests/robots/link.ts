import type { DtlsParameters } from 'mediasoup/types';
import { PeerConnection, type Track, Video } from 'node-datachannel';
import { isRtcp } from './rtp/packet.ts';
import { localDtlsParameters, remoteAnswer, type TransportParameters } from './sdp.ts';

/** What the rest of the robot wants to hear of a link. */
export interface LinkListener {
  readonly onRtp?: (bytes: Buffer) => void;
  readonly onRtcp?: (bytes: Buffer) => void;
  /** The link ended by itself: the other side is gone. */
  readonly onLost?: () => void;
}

/** Milliseconds that ICE and DTLS may take. */
const CONNECT_TIMEOUT = 15_000;

/**
 * One WebRTC transport to the SFU, for raw RTP of any number of streams.
 *
 * A peer connection with a single media line hands all packets to that line's track, whatever their SSRC, and sends what it is
 * given. So one formal line stands for camera, microphone and all that is received, and nothing is ever renegotiated.
 */
export class Link {
  readonly #connection: PeerConnection;
  readonly #track: Track;
  readonly #ready: Promise<void>;
  #closed = false;

  /** Resolves when packets can flow; `tellServer` hands the DTLS parameters to the server. */
  static async open(
    direction: 'send' | 'receive',
    transport: TransportParameters,
    tellServer: (parameters: DtlsParameters) => Promise<void>,
    listener: LinkListener,
  ): Promise<Link> {
    const link = new Link(direction, transport, tellServer, listener);
    try {
      await link.#ready;
      return link;
    } catch (error) {
      link.close();
      throw error;
    }
  }

  private constructor(
    direction: 'send' | 'receive',
    transport: TransportParameters,
    tellServer: (parameters: DtlsParameters) => Promise<void>,
    listener: LinkListener,
  ) {
    const sends = direction === 'send';
    const connection = new PeerConnection(transport.id, { iceServers: [], disableAutoNegotiation: true });
    this.#connection = connection;
    const line = new Video('0', sends ? 'SendOnly' : 'RecvOnly');
    line.addVP8Codec(96);
    this.#track = connection.addTrack(line);
    this.#track.onMessage((bytes) => {
      if (isRtcp(bytes)) listener.onRtcp?.(bytes);
      else listener.onRtp?.(bytes);
    });
    this.#track.onClosed(() => {});
    this.#ready = new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`no connection to the media server after ${CONNECT_TIMEOUT} ms`)),
        CONNECT_TIMEOUT,
      );
      this.#track.onOpen(() => {
        clearTimeout(timer);
        resolve();
      });
      connection.onStateChange((state) => {
        if (state !== 'failed' && state !== 'closed' && state !== 'disconnected') return;
        clearTimeout(timer);
        reject(new Error(`the connection to the media server is ${state}`));
        if (!this.#closed) listener.onLost?.();
      });
      connection.onLocalDescription((offer) => {
        tellServer(localDtlsParameters(offer)).then(
          () => {
            if (!this.#closed)
              connection.setRemoteDescription(
                remoteAnswer(transport, sends ? 'recvonly' : 'sendonly'),
                'answer',
              );
          },
          (error: unknown) => {
            clearTimeout(timer);
            reject(error);
          },
        );
      });
    });
    connection.setLocalDescription('offer');
  }

  /** Sends one RTP or RTCP packet; what can't be sent is dropped, as the network would. */
  readonly send = (bytes: Buffer): void => {
    if (!this.#closed && this.#track.isOpen()) this.#track.sendMessageBinary(bytes);
  };

  /** Ends the transport; a second call does nothing. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    // The binding lets go of a track only when that is closed first and has a callback for it; else the process never ends.
    this.#track.close();
    this.#connection.close();
  }
}
