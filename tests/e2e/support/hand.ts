import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import type { ClientCommand } from '@diemcau/shared/protocol/commands.ts';
import type { Receipt } from '@diemcau/shared/protocol/socket.ts';
import { Api } from '../../../client/src/net/api.ts';
import { Connection } from '../../../client/src/net/connection.ts';
import { MeetingClient } from '../../../client/src/net/meeting-client.ts';

/** One of the demonstration's people at the socket alone: brings a meeting to where a page has something to show. */
export interface Hand {
  /** Gives a command. @throws with the refusal when it says no. */
  does(command: ClientCommand): Promise<Receipt>;
  readonly token: () => Promise<string>;
  readonly state: () => MeetingState;
  leave(): Promise<void>;
}

/** Enters the meeting as the person, without a check-in. */
export async function handOf(url: string, meetingId: MeetingId, personId: PersonId): Promise<Hand> {
  const api = new Api({ url, language: () => 'vi' });
  const signIn = () =>
    api.call('demoLogin', { body: { enterAs: { kind: 'person', personId }, slot: 'hand' } }, 'nobody');
  const connection = new Connection({
    url,
    language: () => 'vi',
    token: async () => {
      const answer = await signIn();
      return answer.ok ? { ok: true, value: answer.value.accessToken } : answer;
    },
  });
  const client = new MeetingClient(connection, meetingId);
  connection.open();
  const joined = await client.join({ media: 'unwanted' });
  if (!joined.ok) throw new Error(joined.message);
  return {
    async does(command) {
      const answer = await client.command(command).answer;
      if (!answer.ok) throw new Error(`${command.type}: ${answer.message}`);
      return answer.value;
    },
    async token() {
      const answer = await signIn();
      if (!answer.ok) throw new Error(answer.message);
      return answer.value.accessToken;
    },
    state() {
      const state = client.state.get();
      if (state === null) throw new Error('not in the meeting');
      return state;
    },
    async leave() {
      await client.close();
      connection.close();
    },
  };
}
