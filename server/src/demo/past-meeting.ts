import { randomUUID } from 'node:crypto';
import type { Actor } from '@diemcau/shared/domain/actor.ts';
import type { Command, CommandOf, CommandType } from '@diemcau/shared/domain/commands.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import { asId, type CellId, type CommandId, type PersonId } from '@diemcau/shared/ids.ts';
import type { Head } from '@diemcau/shared/protocol/socket.ts';
import { cellEntry, sitesOfCell } from '../directory/cells.ts';
import type { DirectoryDatabase } from '../directory/database.ts';
import type { MeetingIndex } from '../directory/meeting-index.ts';
import { roster } from '../directory/members.ts';
import { programme } from '../directory/programmes.ts';
import { summoningMaterial } from '../directory/summoning.ts';
import type { EventLog } from '../meeting/log/event-log.ts';
import { meetingsPort } from '../meeting/meetings.ts';
import { machine, type RoomLog } from '../meeting/ports.ts';
import { MeetingRegistry } from '../meeting/registry.ts';
import type { MeetingRoom } from '../meeting/room.ts';

const MINUTE = 60_000;

interface Parts {
  readonly db: DirectoryDatabase;
  readonly index: MeetingIndex;
  readonly log: EventLog;
  readonly roomLog: RoomLog;
}

interface Wish {
  readonly cellId: CellId;
  readonly title: string;
  readonly startsAt: number;
  /** A superior who was in the hall, by the name and office of the directory. */
  readonly superior: { readonly person: PersonId; readonly name: string; readonly office: string };
}

export interface HeldMeeting {
  readonly state: MeetingState;
  /** When each item of the programme became current: where observations are tied to. */
  readonly moments: readonly Head[];
}

const by = (person: PersonId): Actor => ({ kind: 'person', person });

/** Commands of one meeting; what the play asks for is never refused, else the play is wrong. */
class Play {
  readonly #room: MeetingRoom;

  constructor(room: MeetingRoom) {
    this.#room = room;
  }

  async do<T extends CommandType>(actor: Actor, type: T, data: Omit<CommandOf<T>, 'type'>): Promise<Head> {
    const command = { type, ...data } as unknown as Command;
    const result = await this.#room.submit(actor, asId<CommandId>(randomUUID()), command);
    if (!result.ok)
      throw new Error(`The demonstration's past meeting: ${type} was refused: ${result.refusal.code}`);
    return result.value;
  }
}

/**
 * Holds a meeting of the demonstration to its end at a time that is past: by the same commands as any other, so its log and
 * minutes are whole. The clock alone is put back. @returns null for a cell without officers or a main site.
 */
export async function holdPastMeeting(parts: Parts, wish: Wish): Promise<HeldMeeting | null> {
  const { db, index, log, roomLog } = parts;
  const { cellId, title, startsAt, superior } = wish;
  const cell = await cellEntry(db, cellId);
  const members = await roster(db, cellId);
  const secretary = members.find(({ office }) => office === 'cellSecretary')?.personId;
  const clerk = members.find(({ isClerk }) => isClerk)?.personId;
  const hall = (await sitesOfCell(db, cellId)).find(({ isMain }) => isMain)?.id;
  if (!cell || !secretary || !clerk || !hall) return null;

  let now = startsAt - 60 * MINUTE;
  const registry = new MeetingRegistry({ log, index, source: { ...machine, now: () => now }, roomLog });
  const material = await summoningMaterial(
    db,
    {
      cellId,
      kind: 'regular',
      title,
      startsAt,
      sites: [{ siteId: hall, method: 'byName', responsibleId: secretary }],
      chairId: secretary,
      deputyChairId: null,
      clerkId: clerk,
    },
    programme('regular', cell.type),
  );
  const created = material.ok ? await meetingsPort(registry).create(material.value, secretary) : material;
  const room = material.ok && created.ok ? await registry.room(material.value.facts.meetingId) : null;
  if (!room) return null;

  const play = new Play(room);
  const [chair, writer] = [by(secretary), by(clerk)];
  now = startsAt;
  await play.do(chair, 'openMeeting', {});
  const summoned = members.filter(({ standing }) => standing !== 'suspended' && standing !== 'temporaryOut');
  const away = summoned.at(-1)?.personId;
  for (const { personId: person } of summoned) {
    const entry =
      person === away
        ? ({ mode: 'absentExcused', reason: 'Đi công tác' } as const)
        : ({ mode: 'onSite', site: hall } as const);
    await play.do(writer, 'recordAttendance', { person, entry });
  }
  await play.do(writer, 'completeRollCall', {});
  await play.do(writer, 'registerSuperior', { ...superior, site: hall });
  const moments: Head[] = [];
  for (const { id, minutes } of room.state.agenda.slice(1)) {
    now += minutes * MINUTE;
    moments.push(await play.do(chair, 'moveAgenda', { to: id, leaveAs: 'done' }));
  }
  await adoptMinutes(play, room, { chair, pass: (time) => (now += time) });
  await play.do(chair, 'closeMeeting', {});
  await play.do(writer, 'sealRecord', {});
  const { state } = room;
  await index.upsert({
    id: room.meetingId,
    cellId,
    kind: 'regular',
    title,
    startsAt,
    phase: state.phase,
    chairId: secretary,
    deputyChairId: state.officers?.deputyChair ?? null,
    clerkId: clerk,
  });
  return { state, moments };
}

async function adoptMinutes(
  play: Play,
  room: MeetingRoom,
  { chair, pass }: { readonly chair: Actor; readonly pass: (time: number) => void },
): Promise<void> {
  await play.do(chair, 'openVote', {
    item: null,
    question: 'Thông qua biên bản?',
    rule: 'procedural',
    purpose: 'minutes',
    despiteWaiting: false,
  });
  const vote = room.state.openVote;
  const electors =
    vote === null ? [] : (room.state.votes[vote]?.units.flatMap((unit) => unit.electors) ?? []);
  if (vote === null) return;
  for (const person of electors) await play.do(by(person), 'castMark', { vote, choice: 'inFavour' });
  pass(MINUTE);
  await play.do(chair, 'closeVote', { vote, despiteUnreached: false });
  await play.do(chair, 'announceResult', { vote });
}
