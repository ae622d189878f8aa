import type { Viewer } from '@diemcau/shared/domain/audience.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { CommandId, MeetingId } from '@diemcau/shared/ids.ts';
import type { ClientCommand } from '@diemcau/shared/protocol/commands.ts';
import type {
  MediaAnswers,
  MediaNotice,
  MediaRequestData,
  MediaRequestName,
  MediaResume,
} from '@diemcau/shared/protocol/media.ts';
import type { Known, Proof, SiteCodeProof } from '@diemcau/shared/protocol/requests.ts';
import type {
  Answer,
  Entrance,
  Head,
  JoinAnswer,
  MediaRequest,
  Receipt,
  ReturnAnswer,
  SiteCodeAnswer,
} from '@diemcau/shared/protocol/socket.ts';
import { Observable, type Readable } from '../store/observable.ts';
import { type Backoff, delayBefore } from './backoff.ts';
import { CommandOutbox, newCommandId } from './command-outbox.ts';
import type { Connection } from './connection.ts';
import { MeetingLine } from './meeting-line.ts';
import { MeetingLogFollower } from './meeting-log-follower.ts';
import type { Membership } from './membership.ts';
import type { CommandStatus } from './sent-command.ts';

export interface JoinWish {
  /** The check-in that goes with the join: `checkIn`, or `attendAsSuperior`. */
  readonly checkIn?: ClientCommand;
  /** The scanned code of the site at which `checkIn` says to be (ATT4). */
  readonly proof?: SiteCodeProof;
  readonly media: 'wanted' | 'unwanted';
}

type Refused = Extract<Answer<never>, { ok: false }>;

/** Before the next attempt when the server is there but could not let this device in: full jitter, milliseconds. */
const rejoining: Backoff = { first: 800, longest: 1_600 };
/** So often in a row one server may send a device on to another before it waits between two tries. */
const sentOnLimit = 3;

/** One meeting as this device sees it: joins it, keeps its state, sends commands, and comes back by itself. */
export class MeetingClient {
  readonly meetingId: MeetingId;
  readonly #connection: MeetingLine;
  readonly #log: MeetingLogFollower;
  readonly #outbox: CommandOutbox;
  readonly #membership = new Observable<Membership>({ kind: 'outside' });
  readonly #noticeListeners = new Set<(notice: MediaNotice) => void>();
  readonly #subscriptions: (() => void)[];
  readonly #waiting: ((answer: Answer<Entrance>) => void)[] = [];
  #wish: (JoinWish & { readonly id: CommandId }) | null = null;
  #mediaKept: () => MediaResume | null = () => null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;
  #sentOn = 0;
  #epoch = 0;

  /** @param home the device's own connection; where the meeting lives on another server, it is followed there. */
  constructor(home: Connection, meetingId: MeetingId) {
    const connection = new MeetingLine(home);
    this.#connection = connection;
    this.meetingId = meetingId;
    this.#outbox = new CommandOutbox(connection, meetingId, undefined, () => this.#joinAgain());
    this.#log = new MeetingLogFollower(
      (after) => connection.request('catchUp', { meetingId, after }),
      ({ viewer }) => this.#setViewer(viewer),
    );
    this.#subscriptions = [
      connection.on('events', (message) => {
        if (message.meetingId === meetingId) this.#log.receive(message.events);
      }),
      connection.on('snapshot', (message) => {
        if (message.meetingId !== meetingId) return;
        this.#setViewer(message.viewer);
        this.#log.replace(message.snapshot, message.head);
      }),
      connection.on('media', (message) => {
        if (message.meetingId !== meetingId) return;
        for (const listener of [...this.#noticeListeners]) listener(message.notice);
      }),
      connection.on('moved', (message) => {
        if (message.meetingId === meetingId) this.#moved(message.to);
      }),
      connection.state.subscribe(() => this.#lineChanged()),
    ];
  }

  /** The meeting's state as far as this device may know it; null until it has been joined once. */
  get state(): Readable<MeetingState | null> {
    return this.#log.state;
  }

  get membership(): Readable<Membership> {
    return this.#membership;
  }

  /** Commands given here, oldest first, with how far each has come. */
  get commands(): Readable<readonly CommandStatus[]> {
    return this.#outbox.statuses;
  }

  /** The last event that this device has seen. */
  get head(): Head {
    return this.#log.head;
  }

  /**
   * Enters the room, and again by itself after each lost line.
   * @returns the first answer that says more than "not now"; a refusal ends the joining.
   */
  join(wish: JoinWish): Promise<Answer<Entrance>> {
    this.#wish = { ...wish, id: newCommandId() };
    this.#membership.set({ kind: 'joining' });
    const answer = new Promise<Answer<Entrance>>((resolve) => this.#waiting.push(resolve));
    const line = this.#connection.state.get();
    if (line.kind === 'ended') this.#refused({ ok: false, code: line.code, message: line.message });
    else void this.#enter();
    return answer;
  }

  /**
   * Wants picture and sound from now on, or no more, without leaving the room; the wish also holds for each join after a lost line.
   * @returns the server's answer to the join that carries it.
   */
  setMedia(media: JoinWish['media']): Promise<Answer<Entrance>> {
    if (this.#wish === null) return Promise.resolve(this.#connection.refusal('notJoined'));
    this.#wish = { ...this.#wish, media };
    const answer = new Promise<Answer<Entrance>>((resolve) => this.#waiting.push(resolve));
    void this.#enter();
    return answer;
  }

  /** Looks whether the line stands and nothing has been missed: after the page was in the background, or slept. */
  check(): void {
    void this.#connection.check();
    if (this.#membership.get().kind === 'joined') this.#log.catchUp();
  }

  /** Leaves the room; the person's presence is not touched by it. */
  async leave(): Promise<void> {
    this.#giveUp(this.#connection.refusal('notJoined'));
    this.#membership.set({ kind: 'outside' });
    await this.#connection.request('leave', { meetingId: this.meetingId });
  }

  /** Says that the page is about to end: its media needn't wait for it. */
  sayGone(): void {
    if (this.#membership.get().kind === 'joined')
      void this.#connection.request('leave', { meetingId: this.meetingId });
  }

  /** Leaves, and stops listening: the end of this object. */
  async close(): Promise<void> {
    for (const unsubscribe of this.#subscriptions.splice(0)) unsubscribe();
    this.#noticeListeners.clear();
    await this.leave();
    this.#connection.close();
  }

  /** Gives a command; it is carried until it is answered, through reconnects, under one id. */
  command(
    command: ClientCommand,
    proof?: Proof,
  ): { readonly id: CommandId; readonly answer: Promise<Answer<Receipt>> } {
    return this.#outbox.give(command, proof);
  }

  /** The code that this terminal's site shows now (ATT4). */
  siteCode(): Promise<Answer<SiteCodeAnswer>> {
    return this.#connection.request('siteCode', { meetingId: this.meetingId });
  }

  /** A request about media. Not repeated: who asked knows whether it is still wanted after a lost line. */
  async media<N extends MediaRequestName>(
    name: N,
    data: MediaRequestData<N>,
  ): Promise<Answer<MediaAnswers[N]>> {
    const request = { meetingId: this.meetingId, name, data } as unknown as MediaRequest;
    return (await this.#connection.request('media', request)) as Answer<MediaAnswers[N]>;
  }

  /** @param kept says what of its media this device could go on with after a lost line. */
  keepMedia(kept: () => MediaResume | null): void {
    this.#mediaKept = kept;
  }

  /** @returns a function that stops listening. */
  onMediaNotice(listener: (notice: MediaNotice) => void): () => void {
    this.#noticeListeners.add(listener);
    return () => this.#noticeListeners.delete(listener);
  }

  /** @param past `untold`: nothing is said of what this device has. A server of an earlier version knows no such words. */
  async #enter(past: 'told' | 'untold' = 'told'): Promise<void> {
    const wish = this.#wish;
    if (wish === null) return;
    const comesBack = wish.media === 'wanted' && this.#membership.get().kind === 'rejoining';
    const resume = comesBack && past === 'told' ? this.#mediaKept() : null;
    const known = past === 'told' ? this.#known() : undefined;
    const answer = await this.#connection.request('join', {
      meetingId: this.meetingId,
      ...(wish.checkIn && {
        checkIn: { id: wish.id, command: wish.checkIn, ...(wish.proof && { proof: wish.proof }) },
      }),
      media: wish.media,
      ...(resume && { resume }),
      ...(known && { known }),
    });
    // Meanwhile left, or joined with another wish.
    if (this.#wish !== wish) return;
    if (answer.ok) this.#entered(answer.value);
    else if (answer.code === 'malformed' && (resume ?? known)) void this.#enter('untold');
    else if (answer.code === 'livesElsewhere') this.#goOn(wish, String(answer.params?.node ?? ''));
    else if (answer.code !== 'tryAgain') this.#refused(answer);
    else if (this.#connection.state.get().kind === 'online') this.#enterLater(wish);
  }

  /** What this device has seen; undefined before it was in the meeting. */
  #known(): Known | undefined {
    const membership = this.#membership.get();
    if (membership.kind !== 'joined' && membership.kind !== 'rejoining') return undefined;
    return { ...this.#log.head, officer: membership.joined.viewer.officer };
  }

  /** Commands wait until it is in the meeting again, wherever that is by now. */
  #joinAgain(): void {
    this.#outbox.pause();
    const wish = this.#wish;
    if (wish !== null) this.#enterLater(wish);
  }

  #enterLater(wish: JoinWish): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        // When the line has gone, its return is what joins.
        if (this.#wish === wish && this.#connection.state.get().kind === 'online') void this.#enter();
      },
      delayBefore(this.#attempt, rejoining, Math.random),
    );
    this.#attempt += 1;
  }

  /** Another server has the meeting. */
  #goOn(wish: JoinWish, address: string): void {
    this.#sentOn += 1;
    if (address === '' || this.#sentOn > sentOnLimit || address === this.#connection.address) {
      this.#sentOn = 0;
      this.#askLater(wish);
    } else this.#connection.move(address);
  }

  /** Asks at home again where the meeting lives. */
  #askLater(wish: JoinWish): void {
    if (this.#connection.address === null) this.#enterLater(wish);
    else this.#connection.moveSoon(null);
  }

  /** The meeting has left the server that this device was in it on. */
  #moved(to: string | null): void {
    const membership = this.#membership.get();
    this.#outbox.pause();
    if (membership.kind === 'joined') this.#membership.set({ ...membership, kind: 'rejoining' });
    if (to !== null && to !== this.#connection.address) this.#connection.moveSoon(to);
    else if (this.#wish !== null) this.#askLater(this.#wish);
  }

  #entered(answer: JoinAnswer | ReturnAnswer): void {
    // A server that has lost the meeting without knowing it yet; its media are not to be heard either.
    if (answer.epoch < this.#epoch && this.#wish !== null) {
      this.#askLater(this.#wish);
      return;
    }
    this.#epoch = answer.epoch;
    this.#attempt = 0;
    this.#sentOn = 0;
    const { as, viewer, media, mediaRefusal } = answer;
    if ('snapshot' in answer) this.#log.replace(answer.snapshot, answer.head);
    else this.#log.receive(answer.events);
    this.#membership.set({ kind: 'joined', joined: { as, viewer, media, mediaRefusal } });
    this.#outbox.resume();
    for (const resolve of this.#waiting.splice(0)) resolve({ ok: true, value: answer });
  }

  #refused(refusal: Refused): void {
    this.#giveUp(refusal);
    this.#membership.set({ kind: 'refused', code: refusal.code, message: refusal.message });
  }

  #giveUp(refusal: Refused): void {
    this.#wish = null;
    clearTimeout(this.#timer);
    this.#outbox.abandon(refusal);
    for (const resolve of this.#waiting.splice(0)) resolve(refusal);
  }

  #setViewer(viewer: Viewer): void {
    this.#membership.update((membership) =>
      membership.kind === 'joined' || membership.kind === 'rejoining'
        ? { ...membership, joined: { ...membership.joined, viewer } }
        : membership,
    );
  }

  #lineChanged(): void {
    const line = this.#connection.state.get();
    const membership = this.#membership.get();
    if (line.kind === 'online') {
      void this.#enter();
      return;
    }
    clearTimeout(this.#timer);
    this.#outbox.pause();
    if (membership.kind === 'joined') this.#membership.set({ ...membership, kind: 'rejoining' });
    if (line.kind === 'ended') this.#refused({ ok: false, code: line.code, message: line.message });
  }
}
