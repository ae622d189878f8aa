import type { MeetingSummary } from '@diemcau/shared/domain/summary-types.ts';
import { asId, type MeetingId } from '@diemcau/shared/ids.ts';
import type { Answer, WallMediaRequest } from '@diemcau/shared/protocol/socket.ts';
import {
  attendedLimit,
  tilesLimit,
  type WallAlarm,
  type WallAnswers,
  type WallBatch,
  type WallEntry,
  type WallOutcome,
  type WallSums,
} from '@diemcau/shared/protocol/wall.ts';
import type {
  WallMediaAnswers,
  WallMediaNotice,
  WallMediaRequestData,
  WallMediaRequestName,
} from '@diemcau/shared/protocol/wall-media.ts';
import type { RefusalCode } from '@diemcau/shared/result.ts';
import { Keyed } from '../store/keyed.ts';
import { Observable, type Readable } from '../store/observable.ts';
import { type Backoff, delayBefore } from './backoff.ts';
import { newCommandId } from './command-outbox.ts';
import type { Connection } from './connection.ts';
import type { FarWall } from './far-wall.ts';
import { FarWalls } from './far-walls.ts';

/** Whether the wall is being watched. In `rewatching` the last figures stay on the screen. */
export type WallWatch =
  | { readonly kind: 'off' }
  | { readonly kind: 'opening' }
  | { readonly kind: 'watching' }
  | { readonly kind: 'rewatching'; readonly since: number }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly message: string };

/** What the wall needs of this device's socket; a `Connection` is one. */
export type WallDoor = Pick<Connection, 'request' | 'on' | 'state' | 'clock'> &
  Partial<Pick<Connection, 'nodes'>>;

export type Outcomes = Answer<readonly WallOutcome[]>;

/** Milliseconds before the next attempt when the server is there but could not answer. */
const rewatchDelay = 1_000;

/** Before a meeting whose server is lost is looked for: full jitter, milliseconds. */
const finding: Backoff = { first: 800, longest: 1_600 };
/** Refusals that a while mends. */
const passing: ReadonlySet<RefusalCode> = new Set(['tryAgain', 'livesElsewhere', 'tooManyRequests']);
const noMeeting = asId<MeetingId>('');

/** A superior's wall as this device sees it: watches, attends, acknowledges, and takes it all up again after a lost line. */
export class WallClient {
  readonly #door: WallDoor;
  readonly #watch = new Observable<WallWatch>({ kind: 'off' });
  readonly #sums = new Observable<WallSums | null>(null);
  readonly #focus = new Observable<MeetingId | null>(null);
  readonly #noticeListeners = new Set<(notice: WallMediaNotice) => void>();
  readonly #subscriptions: (() => void)[];
  /** Other servers of several on which meetings are attended. */
  readonly far: FarWalls;
  /** Meetings whose server was lost, to be attended again wherever they are found. */
  readonly #lost = new Set<MeetingId>();
  #findAttempt = 0;
  #findTimer: ReturnType<typeof setTimeout> | undefined;
  readonly entries = new Keyed<MeetingId, WallEntry>();
  readonly alarms = new Keyed<MeetingId, readonly WallAlarm[]>();
  /** Of tiles on the screen alone: other figures would be old ones. */
  readonly summaries = new Keyed<MeetingId, MeetingSummary>();
  readonly #line = new Observable<'up' | 'down'>('down');
  #shown: readonly MeetingId[] = [];
  /** What the server was last told; null after a lost line. */
  #told: readonly MeetingId[] | null = null;
  #wanted: 'watched' | 'left' = 'left';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(door: WallDoor) {
    this.#door = door;
    this.far = new FarWalls(door.nodes, (meetings) => this.#lose(meetings));
    this.#subscriptions = [
      door.on('moved', ({ meetingId }) => {
        if (this.entries.at(meetingId).get()?.attended === true) this.#lose([meetingId]);
      }),
      door.on('wall', (batch) => this.#receive(batch)),
      door.on('wallMedia', ({ notice }) => {
        for (const listener of [...this.#noticeListeners]) listener(notice);
      }),
      door.state.subscribe(() => this.#lineChanged()),
    ];
  }

  get watchState(): Readable<WallWatch> {
    return this.#watch;
  }

  /** `up` once all is taken up again: what is built on the wall may be built. */
  get line(): Readable<'up' | 'down'> {
    return this.#line;
  }

  get sums(): Readable<WallSums | null> {
    return this.#sums;
  }

  /** The one meeting that is heard (SUP8). */
  get focused(): Readable<MeetingId | null> {
    return this.#focus;
  }

  /** Meetings that this superior attends now, as the server has recorded them. */
  attended(): readonly MeetingId[] {
    return [...this.entries.all.get().values()]
      .filter(({ attended }) => attended)
      .map(({ meetingId }) => meetingId);
  }

  /** Begins to watch, and again by itself after each lost line. Attends nothing that was not attended before. */
  watch(): void {
    if (this.#wanted === 'watched' && this.#watch.get().kind !== 'refused') return;
    this.#wanted = 'watched';
    this.#watch.set({ kind: 'opening' });
    const line = this.#door.state.get();
    if (line.kind === 'ended') this.#refused(line.code, line.message);
    else if (line.kind === 'online') void this.#begin();
  }

  /** Stops watching; attendances are ended by {@link leave} alone, or by their grace. */
  async close(): Promise<void> {
    const watched = this.#wanted === 'watched';
    this.#wanted = 'left';
    clearTimeout(this.#timer);
    for (const unsubscribe of this.#subscriptions.splice(0)) unsubscribe();
    this.#noticeListeners.clear();
    this.#watch.set({ kind: 'off' });
    this.#line.set('down');
    clearTimeout(this.#findTimer);
    this.far.close();
    if (watched) await this.#door.request('unwatchWall', {});
  }

  /** Says which tiles are on the screen; their cells see that their figures are followed (SUP7). */
  async show(meetings: readonly MeetingId[]): Promise<void> {
    const shown = meetings.slice(0, tilesLimit);
    if (
      shown.length === this.#shown.length &&
      shown.every((meeting, index) => meeting === this.#shown[index])
    )
      return;
    this.#shown = shown;
    const wanted = new Set(shown);
    this.summaries.change(
      [],
      [...this.summaries.all.get().keys()].filter((meeting) => !wanted.has(meeting)),
    );
    if (this.#watch.get().kind === 'watching') await this.#showNow();
  }

  /** Begins open attendances (SUP1). @returns what became of each. */
  async attend(meetings: readonly MeetingId[]): Promise<Outcomes> {
    for (const meeting of meetings) this.#lost.delete(meeting);
    return this.#inParts(meetings, 'attendMeetings', (done) => this.#mark(done, 'yes'));
  }

  /** Ends attendances. */
  async leave(meetings: readonly MeetingId[]): Promise<Outcomes> {
    const focused = this.#focus.get();
    if (focused !== null && meetings.includes(focused)) this.#focus.set(null);
    for (const meeting of meetings) this.#lost.delete(meeting);
    return this.#inParts(meetings, 'leaveMeetings', (done) => this.#mark(done, 'no'));
  }

  /** Which attended meeting is heard; null for none. */
  async focus(meeting: MeetingId | null): Promise<Answer<Record<never, never>>> {
    const before = this.#focus.get();
    this.#focus.set(meeting);
    const place = this.far.of(meeting ?? before ?? noMeeting);
    const answer = await (place?.focus(meeting) ?? this.#door.request('focusMeeting', { meeting }));
    if (!answer.ok && answer.code !== 'tryAgain' && this.#focus.get() === meeting) this.#focus.set(before);
    return answer;
  }

  /** This superior has seen these alarms of a meeting. @returns the first refusal, if there was one. */
  async acknowledge(
    meetingId: MeetingId,
    alarms: readonly WallAlarm[],
  ): Promise<Answer<Record<never, never>>> {
    const waiting = alarms.filter(({ acknowledged }) => !acknowledged);
    const answers = await Promise.all(
      waiting.map(async (alarm) => {
        const { key, since } = alarm;
        const answer = await this.#door.request('acknowledgeAlarm', { meetingId, key, since });
        if (answer.ok) this.#seen(meetingId, alarm);
        return answer;
      }),
    );
    return answers.find((answer) => !answer.ok) ?? { ok: true, value: {} };
  }

  /** A word to the chairs, shown there as from whom to whom. */
  async message(meetings: readonly MeetingId[], text: string): Promise<Outcomes> {
    const id = newCommandId();
    const answer = await this.#door.request('messageChairs', { id, meetings: [...meetings], text });
    if (!answer.ok) return answer;
    const say = (wall: FarWall, theirs: readonly MeetingId[]) => wall.message(id, theirs, text);
    return { ok: true, value: await this.far.follow(answer.value.outcomes, say) };
  }

  /** A request about the wall's media. Not repeated: after a lost line media is built anew. */
  readonly media = async <N extends WallMediaRequestName>(
    name: N,
    data: WallMediaRequestData<N>,
  ): Promise<Answer<WallMediaAnswers[N]>> => {
    const request = { name, data } as unknown as WallMediaRequest;
    return (await this.#door.request('wallMedia', request)) as Answer<WallMediaAnswers[N]>;
  };

  /** @returns a function that stops listening. */
  readonly onMediaNotice = (listener: (notice: WallMediaNotice) => void): (() => void) => {
    this.#noticeListeners.add(listener);
    return () => {
      this.#noticeListeners.delete(listener);
    };
  };

  async #begin(): Promise<void> {
    const answer = await this.#door.request('watchWall', {});
    if (this.#wanted !== 'watched' || this.#watch.get().kind === 'watching') return;
    if (!answer.ok) {
      if (answer.code !== 'tryAgain') this.#refused(answer.code, answer.message);
      else if (this.#door.state.get().kind === 'online') this.#beginLater();
      return;
    }
    // What was attended when the line went is attended again, within its grace without a trace in the record.
    const before = this.attended();
    this.#replace(answer.value);
    const known = this.entries.all.get();
    const again = new Set([...this.attended(), ...before.filter((meeting) => known.has(meeting))]);
    // With the line its server may be gone as well: another one has it soon, and says so.
    for (const meeting of before) if (!known.has(meeting)) this.#lost.add(meeting);
    await Promise.all([this.#showNow(), again.size === 0 ? null : this.attend([...again])]);
    if (this.#wanted !== 'watched' || this.#door.state.get().kind !== 'online') return;
    this.#watch.set({ kind: 'watching' });
    this.#line.set('up');
    if (this.#told !== this.#shown) void this.#showNow();
    const focused = this.#focus.get();
    if (focused !== null) await this.focus(focused);
  }

  #beginLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#door.state.get().kind === 'online') void this.#begin();
    }, rewatchDelay);
  }

  #lineChanged(): void {
    if (this.#wanted === 'left') return;
    const line = this.#door.state.get();
    if (line.kind === 'online') {
      void this.#begin();
      return;
    }
    clearTimeout(this.#timer);
    this.#told = null;
    if (line.kind === 'ended') this.#refused(line.code, line.message);
    else if (this.#watch.get().kind === 'watching') {
      this.#watch.set({ kind: 'rewatching', since: this.#door.clock.now() });
    }
    // Last, for with it the pictures end: who shows them has been told by then.
    this.#line.set('down');
  }

  #refused(code: RefusalCode, message: string): void {
    clearTimeout(this.#timer);
    this.#line.set('down');
    this.#watch.set({ kind: 'refused', code, message });
  }

  #replace({ entries, sums, alarms }: WallAnswers['watchWall']): void {
    this.entries.replace(entries.map((entry) => [entry.meetingId, entry]));
    this.alarms.replace(alarms.map(({ meetingId, alarms: of }) => [meetingId, of]));
    this.#sums.set(sums);
  }

  #receive({ sums, summaries, alarms, entries, gone }: WallBatch): void {
    if (sums !== undefined) this.#sums.set(sums);
    const over = gone ?? [];
    const wanted = new Set(this.#shown);
    this.summaries.change(
      (summaries ?? [])
        .filter(({ meetingId }) => wanted.has(meetingId))
        .map((summary) => [summary.meetingId, summary]),
      over,
    );
    this.alarms.change(
      (alarms ?? []).map(({ meetingId, alarms: of }) => [meetingId, of]),
      over,
    );
    this.entries.change(
      (entries ?? []).map((entry) => [entry.meetingId, entry]),
      over,
    );
    if (entries?.some(({ meetingId }) => this.#lost.has(meetingId))) this.#findLater();
    const focused = this.#focus.get();
    if (focused !== null && this.entries.at(focused).get()?.attended !== true) this.#focus.set(null);
  }

  async #showNow(): Promise<void> {
    const meetings = this.#shown;
    this.#told = meetings;
    const answer = await this.#door.request('showTiles', { meetings: [...meetings] });
    if (!answer.ok || meetings !== this.#shown) return;
    this.summaries.change(answer.value.summaries.map((summary) => [summary.meetingId, summary]));
  }

  async #inParts(
    meetings: readonly MeetingId[],
    name: 'attendMeetings' | 'leaveMeetings',
    done: (meetings: readonly MeetingId[]) => void,
  ): Promise<Outcomes> {
    const outcomes: WallOutcome[] = [];
    for (let from = 0; from < meetings.length; from += attendedLimit) {
      const part = meetings.slice(from, from + attendedLimit);
      const id = newCommandId();
      const answer = await this.#door.request(name, { id, meetings: part });
      if (!answer.ok) return answer;
      const ask = (wall: FarWall, theirs: readonly MeetingId[]) =>
        name === 'attendMeetings' ? wall.attend(id, theirs) : wall.leave(theirs);
      const all = await this.far.follow(answer.value.outcomes, ask);
      done(all.filter(({ ok }) => ok).map(({ meetingId }) => meetingId));
      outcomes.push(...all);
    }
    return { ok: true, value: outcomes };
  }

  /** The server on which these were attended is lost, or has given them away. */
  #lose(meetings: readonly MeetingId[]): void {
    if (this.#wanted === 'left') return;
    for (const meeting of meetings) this.#lost.add(meeting);
    this.#findAttempt = 0;
    this.#findLater();
  }

  #findLater(): void {
    clearTimeout(this.#findTimer);
    this.#findTimer = setTimeout(
      () => void this.#find(),
      delayBefore(this.#findAttempt, finding, Math.random),
    );
    this.#findAttempt += 1;
  }

  /** Attends again what was attended, within its grace without a trace in the record. */
  async #find(): Promise<void> {
    const known = this.entries.all.get();
    const wanted = [...this.#lost].filter((meeting) => known.has(meeting));
    if (wanted.length === 0 || this.#wanted === 'left') return;
    const focused = this.#focus.get();
    const answer = await this.#inParts(wanted, 'attendMeetings', (done) => {
      for (const meeting of done) this.#lost.delete(meeting);
      this.#mark(done, 'yes');
    });
    for (const outcome of answer.ok ? answer.value : []) {
      if (!outcome.ok && !passing.has(outcome.code)) this.#lost.delete(outcome.meetingId);
    }
    if (focused !== null && wanted.includes(focused) && !this.#lost.has(focused)) void this.focus(focused);
    this.far.tidy();
    if (this.#lost.size > 0) this.#findLater();
  }

  #mark(meetings: readonly MeetingId[], attended: 'yes' | 'no'): void {
    const known = this.entries.all.get();
    this.entries.change(
      meetings.flatMap((meeting) => {
        const entry = known.get(meeting);
        return entry === undefined ? [] : [[meeting, { ...entry, attended: attended === 'yes' }] as const];
      }),
    );
  }

  #seen(meetingId: MeetingId, { key, since }: WallAlarm): void {
    const alarms = this.alarms.at(meetingId).get() ?? [];
    const next = alarms.map((alarm) =>
      alarm.key === key && alarm.since === since ? { ...alarm, acknowledged: true } : alarm,
    );
    this.alarms.change([[meetingId, next]]);
  }
}
