import { setTimeout as wait } from 'node:timers/promises';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import { ParticipantMedia } from '../../robots/participant-media.ts';
import type { ReceivedStream } from '../../robots/received.ts';
import { type Attendant, attend } from '../../support/members.ts';
import type { Account } from './account.ts';

/** By when a picture that was asked for comes, and one that should end has ended, in milliseconds. */
const patience = 15_000;
/** Within this a camera that is received sends at least one packet, in milliseconds. */
const breath = 700;

/** Two people of a meeting with the product's own client and real WebRTC: one shows a camera, the other sees it. */
export interface MediaPair {
  /** Resolves when the picture that came at first comes no more. @returns false when it goes on. */
  fallsSilent(): Promise<boolean>;
  close(): void;
}

/** @returns null where there is no media to be had. @throws when there is and no picture comes. */
export async function showPicture(
  url: string,
  meetingId: MeetingId,
  shows: Account,
  sees: Account,
): Promise<MediaPair | null> {
  const people: Attendant[] = [];
  const media: ParticipantMedia[] = [];
  const close = () => {
    for (const one of media) one.close();
    for (const { client, connection } of people) {
      void client.close();
      connection.close();
    }
  };
  const join = async (account: Account, camera: 1 | 'off') => {
    const attendant = attend(url, await account.token(), meetingId);
    people.push(attendant);
    const answer = await attendant.client.join({ media: 'wanted' });
    if (!answer.ok) throw new Error(`${answer.code}: ${answer.message}`);
    const own = new ParticipantMedia(attendant.client, { camera, onTrouble: () => undefined });
    media.push(own);
    await own.settled;
    return { offer: answer.value.media, own };
  };
  try {
    const { offer: first } = await join(shows, 1);
    const { offer, own } = await join(sees, 'off');
    if (first === null || offer === null) {
      close();
      return null;
    }
    const streams = await own.watch(offer.producers.map(({ producerId }) => producerId));
    if (!(await comes(streams))) throw new Error('no picture comes');
    return { fallsSilent: () => ends(streams), close };
  } catch (error) {
    close();
    throw error;
  }
}

const packetsOf = (streams: readonly ReceivedStream[]) =>
  streams.reduce((sum, { packets }) => sum + packets, 0);

async function comes(streams: readonly ReceivedStream[]): Promise<boolean> {
  const deadline = Date.now() + patience;
  while (packetsOf(streams) === 0) {
    if (Date.now() > deadline) return false;
    await wait(50);
  }
  return true;
}

async function ends(streams: readonly ReceivedStream[]): Promise<boolean> {
  const deadline = Date.now() + patience;
  for (let before = -1; ; ) {
    const now = packetsOf(streams);
    if (now === before) return true;
    if (Date.now() > deadline) return false;
    before = now;
    await wait(breath);
  }
}
