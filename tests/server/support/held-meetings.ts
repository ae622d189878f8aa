import type { ClerkEntry } from '@diemcau/shared/domain/commands.ts';
import type { MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import type { MeetingRoom } from '../../../server/src/meeting/room.ts';
import type { TestDoor } from './http-app.ts';
import { done } from './rooms.ts';
import type { Village } from './village.ts';

const by = (person: PersonId) => ({ kind: 'person', person }) as const;

/** A meeting of the village's own cell, summoned by its secretary for the present moment. */
export async function summon(door: TestDoor, { own }: Village, kind: 'regular' | 'topic' = 'regular') {
  const created = await door.ask('createMeeting', {
    token: await door.tokenOf(own.secretary),
    body: {
      cellId: own.cellId,
      kind,
      title: 'Sinh hoạt chi bộ',
      startsAt: door.clock.at,
      sites: [{ siteId: own.mainSite, method: 'byName' }],
      clerkId: own.clerk,
    },
  });
  if (!created.value) throw new Error(created.text);
  const room = await door.registry.room(created.value.meetingId);
  if (!room) throw new Error('the meeting is not there');
  return { meetingId: created.value.meetingId, room };
}

/** Opens a meeting and records who is there; secretary and clerk are, the others as it is said. */
export async function rollCall(
  room: MeetingRoom,
  { own }: Village,
  entries: ReadonlyMap<PersonId, ClerkEntry>,
): Promise<void> {
  const [chair, clerk] = [by(own.secretary), by(own.clerk)];
  await done(room, chair, { type: 'openMeeting' });
  const here = { mode: 'onSite', site: own.mainSite } as const;
  const all = new Map<PersonId, ClerkEntry>([[own.secretary, here], [own.clerk, here], ...entries]);
  for (const [person, entry] of all) await done(room, clerk, { type: 'recordAttendance', person, entry });
  await done(room, clerk, { type: 'completeRollCall' });
}

/** Adopts the minutes by vote and closes. */
export async function adoptAndClose(door: TestDoor, room: MeetingRoom, { own }: Village): Promise<void> {
  const chair = by(own.secretary);
  await done(room, chair, {
    type: 'openVote',
    item: null,
    question: 'Thông qua biên bản?',
    rule: 'procedural',
    purpose: 'minutes',
    despiteWaiting: false,
  });
  const vote = room.state.openVote;
  if (!vote) throw new Error('no vote is open');
  for (const person of [own.secretary, own.clerk])
    await done(room, by(person), { type: 'castMark', vote, choice: 'inFavour' });
  door.clock.at += 60_000;
  await done(room, chair, { type: 'closeVote', vote, despiteUnreached: true });
  await done(room, chair, { type: 'announceResult', vote });
  await done(room, chair, { type: 'closeMeeting' });
}

/** A whole meeting: roll call, minutes adopted, closed. */
export async function hold(
  door: TestDoor,
  village: Village,
  entries: ReadonlyMap<PersonId, ClerkEntry> = new Map(),
): Promise<{ readonly meetingId: MeetingId; readonly room: MeetingRoom }> {
  const meeting = await summon(door, village);
  await rollCall(meeting.room, village, entries);
  await adoptAndClose(door, meeting.room, village);
  return meeting;
}
