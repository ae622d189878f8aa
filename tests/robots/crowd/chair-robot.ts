import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { CrowdMeeting, DemoDoor } from './demo-door.ts';
import { MemberRobot, type MemberRobotOptions } from './member-robot.ts';

/** What a chair does about the state of the meeting, before whom it waits, in milliseconds at pace 1. */
const beforeGranting = 3_000;
/** The event comes a little after the answer. */
const afterDuty = 1_000;
const afterRefusal = 5_000;

/** A member of the crowd who presides: opens the meeting, completes the roll call, and gives the floor to who asks. */
export class ChairRobot extends MemberRobot {
  #busy = false;

  constructor(
    door: DemoDoor,
    meeting: CrowdMeeting,
    member: { readonly person: MemberRobot['person']; readonly name: string },
    options: MemberRobotOptions,
  ) {
    super(door, meeting, member, options);
    this.states.subscribe(() => this.#preside());
  }

  /** The last event before the own entry may be the last one for long. */
  override async enter(): Promise<void> {
    await super.enter();
    this.#preside();
  }

  #preside(): void {
    const { state } = this;
    if (this.#busy || state === null || this.whereabouts !== 'inside') return;
    if (state.officers?.chair !== this.person) return;
    const duty = dutyOf(state);
    if (duty === null) return;
    this.#busy = true;
    this.later(duty.wait, async () => {
      const done = await this.give(duty.command);
      this.later(done ? afterDuty : afterRefusal, async () => {
        this.#busy = false;
        this.#preside();
      });
    });
  }
}

function dutyOf(state: MeetingState) {
  if (state.phase === 'summoned') return { wait: 0, command: { type: 'openMeeting' } } as const;
  if (state.phase !== 'open') return null;
  if (state.rollCall === 'pending') return { wait: 0, command: { type: 'completeRollCall' } } as const;
  const [first] = state.speaking.queue;
  if (first === undefined || state.speaking.speech !== null || state.openVote !== null) return null;
  const command = { type: 'grantFloor', request: first.id, seconds: 180 } as const;
  return { wait: beforeGranting, command };
}
