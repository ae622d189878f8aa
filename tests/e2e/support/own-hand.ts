import { asId, type MeetingId, type PersonId, type VoteId } from '@diemcau/shared/ids.ts';
import type { ClientCommand } from '@diemcau/shared/protocol/commands.ts';
import { call } from '../../support/api.ts';
import { type Attendant, attend } from '../../support/members.ts';

/** Somebody of the demonstration at a client without pages: gives commands, and reads answers as they come. */
export class OwnHand {
  readonly attendant: Attendant;

  constructor(attendant: Attendant) {
    this.attendant = attendant;
  }

  /** Signs in as one of the demonstration's people. */
  static async of(url: string, meetingId: MeetingId, personId: PersonId): Promise<OwnHand> {
    const enterAs = { kind: 'person', personId } as const;
    const { accessToken } = await call(url, 'demoLogin', { body: { enterAs, slot: 'hand' } });
    return new OwnHand(attend(url, accessToken, meetingId));
  }

  /** Enters the meeting; `checkIn` where the person is not there by another device. */
  async join(checkIn?: ClientCommand): Promise<void> {
    const wish = { media: 'unwanted', ...(checkIn === undefined ? {} : { checkIn }) } as const;
    const answer = await this.attendant.client.join(wish);
    if (!answer.ok) throw new Error(`join: ${answer.code} ${answer.message}`);
  }

  /** @throws with code and sentence where the command is refused. */
  async give(command: ClientCommand): Promise<void> {
    const refusal = await this.refusalOf(command);
    if (refusal !== null) throw new Error(`${command.type}: ${refusal.code} ${refusal.message}`);
  }

  /** @returns code and sentence; null where the command is recorded. */
  async refusalOf(command: ClientCommand): Promise<{ code: string; message: string } | null> {
    const answer = await this.attendant.client.command(command).answer;
    return answer.ok ? null : { code: answer.code, message: answer.message };
  }

  /** The open vote, as this client knows it. */
  get vote(): VoteId {
    const open = this.attendant.client.state.get()?.openVote;
    if (!open) throw new Error('no vote is open');
    return asId<VoteId>(open);
  }

  async close(): Promise<void> {
    await this.attendant.client.close();
    this.attendant.connection.close();
  }
}
