import { setTimeout as pause } from 'node:timers/promises';
import { ParticipantMedia } from '../../robots/participant-media.ts';
import type { ReceivedStream } from '../../robots/received.ts';
import type { Attendant } from '../../support/members.ts';

/** Somebody who watches whoever sends, and begins anew when the media have been lost. */
export class Viewer {
  readonly #client: Attendant['client'];
  readonly #media: ParticipantMedia;
  readonly #subscriptions: (() => void)[];
  #streams: readonly ReceivedStream[] = [];
  #wanted: readonly string[] = [];
  #closed = false;

  constructor({ client }: Attendant) {
    this.#client = client;
    this.#media = new ParticipantMedia(client, { camera: 'off', onTrouble() {} });
    const begin = (producers: readonly string[]) => {
      this.#wanted = producers;
      void this.#watch(producers);
    };
    const look = () => {
      const membership = client.membership.get();
      if (membership.kind !== 'joined') this.#streams = [];
      else begin(membership.joined.media?.producers.map(({ producerId }) => producerId) ?? []);
    };
    this.#subscriptions = [
      client.membership.subscribe(look),
      client.onMediaNotice((notice) => {
        if (notice.type === 'producerAdded') begin([...this.#wanted, notice.producer.producerId]);
      }),
    ];
    look();
  }

  /** When the first whole frame of what is watched now arrived, `performance.now()`; null while there is none. */
  get frameAt(): number | null {
    const [first] = this.#streams.flatMap(({ kind, firstFrameAt }) =>
      kind === 'video' && firstFrameAt !== undefined ? [firstFrameAt] : [],
    );
    return first ?? null;
  }

  close(): void {
    this.#closed = true;
    for (const unsubscribe of this.#subscriptions) unsubscribe();
    this.#media.close();
  }

  /** Transports may stand a moment later than the list of who sends. */
  async #watch(producers: readonly string[]): Promise<void> {
    if (producers.length === 0) return;
    while (!this.#closed && this.#wanted === producers && this.#client.membership.get().kind === 'joined') {
      try {
        const streams = await this.#media.watch(producers);
        if (streams.length > 0) {
          this.#streams = streams;
          return;
        }
      } catch {
        // Refused while something is being built; asked again below.
      }
      await pause(100);
    }
  }
}
