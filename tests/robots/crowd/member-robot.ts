import { isOver } from '@diemcau/shared/domain/phase.ts';
import { handStateOf } from '@diemcau/shared/domain/selectors.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { Choice } from '@diemcau/shared/domain/vote-types.ts';
import type { PersonId, VoteId } from '@diemcau/shared/ids.ts';
import type { ClientCommand } from '@diemcau/shared/protocol/commands.ts';
import { refusalMessage } from '@diemcau/shared/protocol/refusal-text.ts';
import type { RefusalCode } from '@diemcau/shared/result.ts';
import type { Connection } from '../../../client/src/net/connection.ts';
import { MeetingClient } from '../../../client/src/net/meeting-client.ts';
import type { Readable } from '../../../client/src/store/observable.ts';
import { ParticipantMedia } from '../participant-media.ts';
import type { LayerCount } from '../robot-media.ts';
import { type CrowdMeeting, type DemoDoor, demoConnection } from './demo-door.ts';

/** How the robots behave; times are in milliseconds at pace 1. */
export interface Temper {
  /** Numbers in [0, 1). */
  readonly random: () => number;
  /** Multiplies every wait: a test has no time for human ones. */
  readonly pace: number;
}

export interface MemberRobotOptions extends Temper {
  readonly layers: LayerCount;
  /** Says what the robot does. */
  readonly tell: (sentence: string) => void;
}

/** Refusals of entry that time may mend: the chair has not summoned or opened yet. */
const mayPass: ReadonlySet<RefusalCode> = new Set([
  'meetingNotSummoned',
  'meetingNotOpen',
  'tooManyRequests',
]);
const ENTER_AGAIN = 5_000;

/** Of a hundred voters: the share in favour, without opinion, against; the rest don't raise a hand. */
const shares: readonly (readonly [Choice, number])[] = [
  ['inFavour', 0.87],
  ['noOpinion', 0.05],
  ['against', 0.05],
];

/** One member of the crowd: comes in from afar, shows a picture, votes, and speaks when given the floor. */
export class MemberRobot {
  readonly person: PersonId;
  readonly name: string;
  readonly #door: DemoDoor;
  readonly #options: MemberRobotOptions;
  readonly #connection: Connection;
  readonly #client: MeetingClient;
  readonly #media: ParticipantMedia;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #seenVotes = new Set<VoteId>();
  #entered = false;
  #speaking = false;
  #gone = false;

  constructor(
    door: DemoDoor,
    meeting: CrowdMeeting,
    member: { readonly person: PersonId; readonly name: string },
    options: MemberRobotOptions,
  ) {
    this.person = member.person;
    this.name = member.name;
    this.#door = door;
    this.#options = options;
    this.#connection = demoConnection(door, member.person);
    this.#client = new MeetingClient(this.#connection, meeting.id);
    this.#media = new ParticipantMedia(this.#client, {
      camera: options.layers,
      onTrouble: (reason) => this.#tell('noMedia', { reason }),
    });
    this.#client.state.subscribe(() => this.#react());
    this.#client.membership.subscribe(() => this.#noticeExpulsion());
  }

  /** Whether the robot is in the room; `gone` when it will not come back. */
  get whereabouts(): 'outside' | 'inside' | 'gone' {
    if (this.#gone) return 'gone';
    return this.#client.membership.get().kind === 'joined' ? 'inside' : 'outside';
  }

  get camera(): 'off' | 'on' {
    return this.#media.camera;
  }

  get media(): ParticipantMedia {
    return this.#media;
  }

  /** The meeting as this robot knows it. */
  get state(): MeetingState | null {
    return this.#client.state.get();
  }

  /** The same, to be watched. */
  protected get states(): Readable<MeetingState | null> {
    return this.#client.state;
  }

  /** Comes in and checks in as remote; waits for a chair who has not opened yet. */
  async enter(): Promise<void> {
    this.#connection.open();
    const answer = await this.#client.join({
      checkIn: { type: 'checkIn', place: { mode: 'remote' } },
      media: 'wanted',
    });
    if (this.#gone) return;
    if (answer.ok) {
      this.#entered = true;
      this.#tell('checkedIn');
      const { mediaRefusal } = answer.value;
      if (mediaRefusal !== null && mediaRefusal !== 'replaced')
        this.#tell('noMedia', { reason: refusalMessage({ code: mediaRefusal }, this.#connection.language) });
      await this.#media.settled;
      return;
    }
    this.#tell('refusedEntry', { reason: answer.message });
    if (mayPass.has(answer.code)) this.later(ENTER_AGAIN, () => void this.enter());
    else this.#gone = true;
  }

  /** Asks to speak; the chair decides. */
  async askToSpeak(): Promise<void> {
    if (await this.give({ type: 'askToSpeak', kind: 'speech' })) this.#tell('asks');
  }

  /** Leaves the meeting openly, so that nobody waits for the line to come back; then ends. */
  async leave(): Promise<void> {
    if (this.#gone) return;
    this.#gone = true;
    this.#stopTimers();
    if (this.#client.membership.get().kind === 'joined') {
      const { answer } = this.#client.command({ type: 'leaveMeeting' });
      await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 2_000).unref())]);
    }
    await this.end();
  }

  /** Closes everything without a word to the meeting. */
  async end(): Promise<void> {
    this.#gone = true;
    this.#stopTimers();
    this.#media.close();
    await this.#client.close();
    this.#connection.close();
  }

  #react(): void {
    const state = this.#client.state.get();
    if (!state || this.#gone || isOver(state)) return;
    this.#reactToVote(state);
    this.#reactToFloor(state);
  }

  /** After a lost line the room may no longer be this person's. */
  #noticeExpulsion(): void {
    const membership = this.#client.membership.get();
    if (!this.#entered || this.#gone || membership.kind !== 'refused') return;
    this.#gone = true;
    this.#tell('refusedEntry', { reason: membership.message });
  }

  #reactToVote(state: MeetingState): void {
    const id = state.openVote;
    if (id === null || this.#seenVotes.has(id)) return;
    this.#seenVotes.add(id);
    const choice = this.#choose();
    if (choice !== null)
      this.later(2_000 + this.#options.random() * 10_000, () => void this.#mark(id, choice));
  }

  async #mark(id: VoteId, choice: Choice): Promise<void> {
    const state = this.#client.state.get();
    const vote = state?.votes[id];
    if (vote?.phase !== 'open') return;
    if (handStateOf(vote, this.person).kind !== 'mayMark' || vote.marked[this.person]) return;
    if (await this.give({ type: 'castMark', vote: id, choice })) this.#tell('votes');
  }

  #choose(): Choice | null {
    let left = this.#options.random();
    for (const [choice, share] of shares) {
      left -= share;
      if (left < 0) return choice;
    }
    return null;
  }

  #reactToFloor(state: MeetingState): void {
    const request = state.speaking.speech?.request;
    const speaks = request?.person === this.person;
    if (speaks === this.#speaking) return;
    this.#speaking = speaks;
    this.#media.setVoice(speaks ? 'speaking' : 'silent');
    this.#tell(speaks ? 'speaks' : 'hasSpoken');
    if (!speaks || !request) return;
    this.later(15_000 + this.#options.random() * 15_000, () => {
      if (this.#speaking) void this.give({ type: 'endSpeech', request: request.id });
    });
  }

  /** @returns whether it was recorded; a refusal is told in the server's words. */
  protected async give(command: ClientCommand): Promise<boolean> {
    const answer = await this.#client.command(command).answer;
    if (!answer.ok && !this.#gone) this.#tell('refusedCommand', { reason: answer.message });
    return answer.ok;
  }

  /** Acts after so many milliseconds at pace 1, unless the robot is gone by then. */
  protected later(milliseconds: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!this.#gone) act();
    }, milliseconds * this.#options.pace);
    this.#timers.add(timer);
  }

  #stopTimers(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #tell(sentence: Parameters<DemoDoor['say']>[0], values: Readonly<Record<string, string>> = {}): void {
    this.#options.tell(this.#door.say(sentence, { name: this.name, ...values }));
  }
}
