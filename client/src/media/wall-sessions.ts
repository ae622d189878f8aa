import type { MeetingId } from '@diemcau/shared/ids.ts';
import { Observable, type Readable } from '../store/observable.ts';
import type { MediaState } from './media-state.ts';
import type { TileSize } from './quality.ts';
import { WallSession } from './wall-session.ts';
import type { TilePicture, TilePriority, WallMediaDoor, WallStatistics, WallTile } from './wall-types.ts';

/** Another server on which meetings are attended. */
export interface FarMedia {
  readonly media: WallMediaDoor['request'];
  readonly onMediaNotice: WallMediaDoor['onNotice'];
  readonly line: WallMediaDoor['line'];
}

/** The servers beside the one that feeds the screen; told of each change of who attends where. */
export interface FarPlaces<F extends FarMedia = FarMedia> {
  readonly all: Readable<ReadonlyMap<string, F>>;
  of(meeting: MeetingId): F | null;
}

/** A tile that goes on showing its meeting when that one moves to another server. */
class RoutedTile implements WallTile {
  readonly #picture: Observable<TilePicture>;
  #inner: WallTile;
  #stop: () => void;
  size: TileSize | null = null;
  priority: TilePriority = 'rest';
  session: WallSession;

  constructor(session: WallSession, meeting: MeetingId) {
    this.session = session;
    this.#inner = session.tile(meeting);
    this.#picture = new Observable(this.#inner.picture.get());
    this.#stop = this.#follow();
  }

  get picture(): Readable<TilePicture> {
    return this.#picture;
  }

  readonly shown = (stream: MediaStream): void => this.#inner.shown(stream);

  use(session: WallSession, meeting: MeetingId): void {
    if (session === this.session) return;
    this.session.setVisible(meeting, null);
    this.#stop();
    this.session = session;
    this.#inner = session.tile(meeting);
    this.#stop = this.#follow();
    session.setPriority(meeting, this.priority);
    session.setVisible(meeting, this.size);
  }

  #follow(): () => void {
    const take = () => this.#picture.set(this.#inner.picture.get());
    take();
    return this.#inner.picture.subscribe(take);
  }
}

/**
 * The media of a wall whose meetings live on several servers: one receiving transport for each server, and no media between
 * them. To the screen it is one {@link WallSession}.
 */
export class WallSessions {
  readonly #home: WallSession;
  readonly #places: FarPlaces;
  readonly #far = new Map<FarMedia, WallSession>();
  readonly #tiles = new Map<MeetingId, RoutedTile>();
  readonly #sound = new Observable<MediaStream | null>(null);
  readonly #stopPlaces: () => void;
  #stopSound: () => void = () => undefined;
  #listened: MeetingId | null = null;
  #wish: 'closed' | 'open' = 'closed';

  constructor(home: WallMediaDoor, places: FarPlaces) {
    this.#home = new WallSession(home);
    this.#places = places;
    this.#stopPlaces = places.all.subscribe(() => this.#reroute());
    this.#reroute();
  }

  get state(): Readable<MediaState> {
    return this.#home.state;
  }

  get sound(): Readable<MediaStream | null> {
    return this.#sound;
  }

  async open(): Promise<void> {
    this.#wish = 'open';
    await Promise.all([this.#home, ...this.#far.values()].map((session) => session.open()));
  }

  tile(meetingId: MeetingId): WallTile {
    return this.#tile(meetingId);
  }

  setVisible(meetingId: MeetingId, size: TileSize | null): void {
    const tile = this.#tile(meetingId);
    tile.size = size;
    tile.session.setVisible(meetingId, size);
  }

  setPriority(meetingId: MeetingId, priority: TilePriority): void {
    const tile = this.#tile(meetingId);
    tile.priority = priority;
    tile.session.setPriority(meetingId, priority);
  }

  listen(meetingId: MeetingId | null): void {
    this.#listened = meetingId;
    const heard = meetingId === null ? this.#home : this.#sessionOf(meetingId);
    for (const session of [this.#home, ...this.#far.values()])
      session.listen(session === heard ? meetingId : null);
    this.#stopSound();
    const take = () => this.#sound.set(heard.sound.get());
    take();
    this.#stopSound = heard.sound.subscribe(take);
  }

  /** By server; the first is the one that feeds the screen. */
  statistics(): Promise<readonly WallStatistics[]> {
    return Promise.all([this.#home, ...this.#far.values()].map((session) => session.statistics()));
  }

  close(): void {
    this.#wish = 'closed';
    this.#stopPlaces();
    this.#stopSound();
    for (const session of [this.#home, ...this.#far.values()]) session.close();
    this.#far.clear();
  }

  #tile(meetingId: MeetingId): RoutedTile {
    const known = this.#tiles.get(meetingId);
    if (known !== undefined) return known;
    const tile = new RoutedTile(this.#sessionOf(meetingId), meetingId);
    this.#tiles.set(meetingId, tile);
    return tile;
  }

  #sessionOf(meetingId: MeetingId): WallSession {
    const place = this.#places.of(meetingId);
    return (place && this.#far.get(place)) ?? this.#home;
  }

  #reroute(): void {
    const places = new Set(this.#places.all.get().values());
    for (const place of places) {
      if (this.#far.has(place)) continue;
      const { media: request, onMediaNotice: onNotice, line } = place;
      const session = new WallSession({ request, onNotice, line });
      this.#far.set(place, session);
      if (this.#wish === 'open') void session.open();
    }
    const gone = [...this.#far].filter(([place]) => !places.has(place));
    for (const [place] of gone) this.#far.delete(place);
    for (const [meetingId, tile] of this.#tiles) tile.use(this.#sessionOf(meetingId), meetingId);
    this.listen(this.#listened);
    for (const [, session] of gone) session.close();
  }
}
