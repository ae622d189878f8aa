import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { WallMediaNotice, WallMediaOffer } from '@diemcau/shared/protocol/wall-media.ts';
import type { RefusalCode } from '@diemcau/shared/result.ts';
import { delayBefore } from '../net/backoff.ts';
import { Observable, type Readable } from '../store/observable.ts';
import type { MediaOffReason, MediaState, MediaTrouble } from './media-state.ts';
import type { TileSize } from './quality.ts';
import { WallIncoming } from './wall-incoming.ts';
import { WallLink } from './wall-link.ts';
import { WallMeter } from './wall-statistics.ts';
import type { TilePriority, WallMediaDoor, WallStatistics, WallTile } from './wall-types.ts';

const reopening = { first: 400, longest: 10_000 };
/** A line that shakes often mends itself within this time, milliseconds. */
const shakyPatience = 3_000;
/** How long new addresses may take before everything is built anew, milliseconds. */
const restartPatience = 5_000;

/** Refusals after which asking again is of no use; all others pass. */
const final: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'mediaNotAllowed',
  'notAllowed',
  'sessionEnded',
]);

/**
 * All pictures and sounds of a superior's wall over one receiving transport. Framework-free; import it lazily
 * (`await import('../media/wall-session.ts')`), for it brings the WebRTC library along.
 *
 * - `new WallSession(door)` once a wall, `open()` when its screen appears (while nobody is attended its line stands without a
 *   packet of anybody's media, so that the first pictures come the sooner), `close()` when the wall is left.
 *   Attendances that begin or end later arrive as notices by themselves; dead workers, lost lines and new addresses are mended
 *   by itself.
 * - `tile(meetingId)`: its picture, for any meeting at any time; see `TilePicture` for the change without a black frame.
 * - `setVisible(meetingId, size)`: size on screen in device pixels, null when off screen. Only what is visible is received.
 * - `setPriority(meetingId, priority)`: kept until said otherwise; `rest` at first.
 * - `listen(meetingId)`: whose sound `sound` plays; ask the server for `focusMeeting` as well, which alone decides what may
 *   be heard.
 */
export class WallSession {
  readonly #door: WallMediaDoor;
  readonly #incoming: WallIncoming;
  readonly #meter = new WallMeter();
  readonly #state = new Observable<MediaState>({ kind: 'off', reason: null });
  readonly #subscriptions: (() => void)[];
  #link: WallLink | null = null;
  #wish: 'closed' | 'open' = 'closed';
  /** Notices that came since an offer was asked for. */
  #early: WallMediaNotice[] = [];
  /** Raised with every start and stop; what belongs to an earlier one ends by itself. */
  #build = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(door: WallMediaDoor) {
    this.#door = door;
    this.#incoming = new WallIncoming(door.request);
    this.#subscriptions = [
      door.onNotice((notice) => this.#receive(notice)),
      door.line.subscribe(() => this.#doorChanged()),
    ];
  }

  get state(): Readable<MediaState> {
    return this.#state;
  }

  /** For one `<audio autoplay>`: all sounds of the meeting that is listened to; the same stream for as long as there is any. */
  get sound(): Readable<MediaStream | null> {
    return this.#incoming.sound;
  }

  /** Asks for media and keeps them until `close`. Resolves when they stand, or the line is down, or they never will. */
  async open(): Promise<void> {
    if (this.#wish === 'open') return;
    this.#wish = 'open';
    this.#state.set({ kind: 'connecting' });
    if (this.#door.line.get() === 'up') await this.#reopen(null);
  }

  tile(meetingId: MeetingId): WallTile {
    return this.#incoming.slot(meetingId);
  }

  setVisible(meetingId: MeetingId, size: TileSize | null): void {
    const slot = this.#incoming.slot(meetingId);
    slot.size = size === null || size.width < 1 || size.height < 1 ? null : size;
    this.#incoming.changed();
  }

  setPriority(meetingId: MeetingId, priority: TilePriority): void {
    this.#incoming.slot(meetingId).priority = priority;
    this.#incoming.changed();
  }

  listen(meetingId: MeetingId | null): void {
    this.#incoming.listen(meetingId);
  }

  statistics(): Promise<WallStatistics> {
    return this.#meter.read(this.#link, this.#incoming.slots);
  }

  close(): void {
    for (const unsubscribe of this.#subscriptions.splice(0)) unsubscribe();
    this.#stop(null);
  }

  #doorChanged(): void {
    if (this.#wish === 'closed') return;
    if (this.#door.line.get() === 'up') void this.#reopen('lineLost');
    else {
      this.#drop();
      this.#state.set({ kind: 'recovering', reason: 'lineLost' });
    }
  }

  /** Asks the server for a new offer until it gives one, or says why it never will. */
  async #reopen(trouble: MediaTrouble | null): Promise<void> {
    const build = this.#drop();
    this.#state.set(trouble === null ? { kind: 'connecting' } : { kind: 'recovering', reason: trouble });
    for (let attempt = 0; this.#build === build; attempt += 1) {
      if (attempt > 0) await pause(delayBefore(attempt, reopening, Math.random));
      if (this.#build !== build) return;
      this.#early = [];
      const answer = await this.#door.request('open', {});
      if (this.#build !== build) return;
      if (answer.ok) return this.#start(answer.value, build);
      if (final.has(answer.code)) return this.#stop(answer.code);
    }
  }

  async #start(offer: WallMediaOffer, build: number): Promise<void> {
    const link = await WallLink.open(offer, this.#door.request).catch(() => null);
    if (this.#build !== build) {
      link?.close();
      return;
    }
    if (link === null) return this.#stop('unsupportedBrowser');
    this.#link = link;
    link.line.subscribe(() => this.#lineChanged(link));
    this.#incoming.adopt(link, offer.tracks);
    // Where pictures are received at once they make the line stand; otherwise it waits for the first of them.
    if (offer.tracks.length === 0) link.stand().catch(() => undefined);
    this.#state.set({ kind: 'live' });
    for (const notice of this.#early.splice(0)) this.#receive(notice);
  }

  #receive(notice: WallMediaNotice): void {
    if (this.#wish === 'closed') return;
    if (notice.type === 'wallClosed') {
      void this.#reopen(notice.reason);
      return;
    }
    if (this.#link === null) {
      this.#early.push(notice);
      return;
    }
    switch (notice.type) {
      case 'tracks':
        this.#incoming.follow(notice.tracks);
        break;
      case 'meetingClosed':
        this.#incoming.closed(notice.meetingId, notice.reason);
        break;
      default:
        notice satisfies never;
    }
  }

  #stop(reason: MediaOffReason | null): void {
    this.#wish = 'closed';
    this.#drop();
    this.#incoming.end();
    this.#state.set({ kind: 'off', reason });
  }

  #drop(): number {
    clearTimeout(this.#timer);
    this.#early = [];
    this.#incoming.interrupt();
    this.#link?.close();
    this.#link = null;
    this.#build += 1;
    return this.#build;
  }

  #lineChanged(link: WallLink): void {
    if (this.#link !== link) return;
    const line = link.line.get();
    clearTimeout(this.#timer);
    if (line === 'connected') this.#state.set({ kind: 'live' });
    else if (line === 'failed') void this.#mend(link);
    else if (line === 'shaky') this.#timer = setTimeout(() => void this.#mend(link), shakyPatience);
  }

  /** New addresses first, which keeps everything; then everything anew. */
  async #mend(link: WallLink): Promise<void> {
    if (this.#link !== link) return;
    this.#state.set({ kind: 'recovering', reason: 'transportFailed' });
    const restarted = await link.restartIce().then(
      () => true,
      () => false,
    );
    if (this.#link !== link) return;
    clearTimeout(this.#timer);
    if (!restarted) return this.#reopen('transportFailed');
    this.#timer = setTimeout(() => {
      if (this.#link === link && link.line.get() !== 'connected') void this.#reopen('transportFailed');
    }, restartPatience);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
