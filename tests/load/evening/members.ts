import type { Known } from '@diemcau/shared/protocol/requests.ts';
import { protocolVersion } from '@diemcau/shared/protocol/version.ts';
import { LightLine, type LineListener } from './line.ts';
import type { EveningMeeting, EveningPerson } from './plan.ts';

/** @returns the address on this side for the n-th line, so that no address runs out of ports. */
export function addressFor(number: number): string {
  return `127.0.0.${2 + (number % 8)}`;
}

/** Runs work for each, so many at a time; the first that fails fails all. */
export async function eachOf<T>(
  items: readonly T[],
  abreast: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) await work(items[index] as T, index);
  };
  await Promise.all(Array.from({ length: abreast }, worker));
}

/** Opens a line with a person's session. @throws with the refusal. */
export function openLine(
  url: string,
  token: string,
  localAddress: string,
  listener?: LineListener,
): Promise<LightLine> {
  return LightLine.open(
    { url, localAddress, auth: { token, protocol: protocolVersion, language: 'vi' } },
    listener,
  );
}

/** What a member says who comes from afar: entering and checking in, in one round trip. The same again is no second check-in. `known`: of a device that comes back. */
export function entryOf({ meetingId }: EveningMeeting, { person }: EveningPerson, known?: Known): object {
  return {
    meetingId,
    checkIn: { id: `in-${person}`, command: { type: 'checkIn', place: { mode: 'remote' } } },
    media: 'unwanted',
    known,
  };
}

/** Enters the meeting and checks in. @throws with the refusal. */
export async function enterRemotely(
  line: LightLine,
  meeting: EveningMeeting,
  person: EveningPerson,
): Promise<void> {
  const answer = await line.request('join', entryOf(meeting, person));
  if (!answer.startsWith('[{"ok":true')) throw new Error(`join: ${answer.slice(0, 300)}`);
}
