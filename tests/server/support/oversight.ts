import type { MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import type { RouteAnswer, RouteName } from '@diemcau/shared/protocol/http.ts';
import { addPerson } from '../../../server/src/directory/people.ts';
import { assignSuperior, type SuperiorSubject } from '../../../server/src/directory/rights.ts';
import type { MeetingRoom } from '../../../server/src/meeting/room.ts';
import { summon } from './held-meetings.ts';
import type { Answered, TestDoor } from './http-app.ts';
import { done } from './rooms.ts';
import { must, type Village } from './village.ts';

/** @returns what the route answered; throws when it said no. */
export function granted<N extends RouteName>(answer: Answered<N>): RouteAnswer<N> {
  if (!answer.value) throw new Error(answer.text);
  return answer.value;
}

/** Adds somebody to the directory who is a superior over the subject. */
export async function superiorOver(
  { db }: TestDoor,
  name: string,
  ...subjects: readonly SuperiorSubject[]
): Promise<PersonId> {
  const person = must(await addPerson(db, { name, birthYear: 1970, phone: null, title: `Chức vụ ${name}` }));
  for (const subject of subjects) must(await assignSuperior(db, person, subject));
  return person;
}

/** The actor that the door makes of a superior. */
export const asSuperior = (person: PersonId, name = 'Trần Thị Cấp Trên') =>
  ({ kind: 'superior', person, name, office: 'Cán bộ Đảng ủy' }) as const;

/** An open meeting of the own cell that the village's superior attends. */
export async function attendedMeeting(
  door: TestDoor,
  village: Village,
): Promise<{ readonly meetingId: MeetingId; readonly room: MeetingRoom }> {
  const meeting = await summon(door, village);
  await done(meeting.room, { kind: 'person', person: village.own.secretary }, { type: 'openMeeting' });
  await done(meeting.room, asSuperior(village.superior), { type: 'attendAsSuperior' });
  return meeting;
}
