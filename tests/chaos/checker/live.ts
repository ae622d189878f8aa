import { viewerOf } from '@diemcau/shared/domain/audience.ts';
import { recordFilePaths } from '@diemcau/shared/protocol/http.ts';
import type { Crew, MeetingCrew } from '../bots/crew.ts';
import type { Participant } from '../bots/participant.ts';
import type { MinutesInHand } from './minutes.ts';
import type { Seen } from './replay.ts';

/** Collects, while the server lives and nobody gives commands, what screens show and what the server says anew. */
export async function statesSeen(crew: Crew): Promise<readonly Seen[]> {
  const seen = await Promise.all(
    crew.meetings.flatMap(({ participants }) => participants.map((participant) => statesOf(participant))),
  );
  return seen.flat();
}

async function statesOf(participant: Participant): Promise<readonly Seen[]> {
  const { person, meetingId, devices } = participant;
  const seen: Seen[] = [];
  for (const [number, device] of devices.entries()) {
    await participant.enter(device);
    await device.refresh();
    const { state } = device;
    const viewer = state && viewerOf(state, { person, site: null });
    if (state && viewer) seen.push({ meetingId, whose: `the screen ${number} of ${person}`, viewer, state });
  }
  const answer = await devices[0]?.joinAnew();
  if (answer) {
    const { viewer, snapshot } = answer;
    seen.push({ meetingId, whose: `the snapshot for ${person}`, viewer, state: snapshot });
  }
  return seen;
}

/** Downloads a meeting's log and minutes as its chair would. */
export async function minutesInHand(
  { meetingId }: MeetingCrew,
  url: string,
  token: string,
): Promise<MinutesInHand> {
  const get = async (path: string) => {
    const answer = await fetch(url + path.replace(':meetingId', meetingId), {
      headers: { authorization: `Bearer ${token}` },
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  };
  return { meetingId, docx: await get(recordFilePaths.docx), log: await get(recordFilePaths.log) };
}
