import type { Actor } from '@diemcau/shared/domain/actor.ts';
import { ordinaryItem } from '@diemcau/shared/domain/agenda-item.ts';
import type { Command } from '@diemcau/shared/domain/commands.ts';
import { defaultRules } from '@diemcau/shared/domain/roster.ts';
import {
  type AgendaItemId,
  asId,
  type CellId,
  type CommandId,
  type MeetingId,
  type PersonId,
} from '@diemcau/shared/ids.ts';
import type { MeetingRegistry } from '../../../server/src/meeting/registry.ts';
import type { MeetingRoom } from '../../../server/src/meeting/room.ts';
import { plan } from './plan.ts';

const people = Array.from({ length: plan.members }, (_, index) => asId<PersonId>(`dang-vien-${index}`));
const by = (index: number): Actor => ({ kind: 'person', person: people[index % people.length] as PersonId });

/** Gives a command; a refusal is a fault of the benchmark. */
async function give(room: MeetingRoom, actor: Actor, command: Command): Promise<void> {
  const given = await room.submit(actor, null, command);
  if (!given.ok) throw new Error(`${command.type} was refused: ${given.refusal.code}`);
}

/** A meeting of the cell that is open, with everybody present. */
export async function openMeeting(
  registry: MeetingRegistry,
  index: number,
  cellId: CellId,
): Promise<MeetingRoom> {
  const meetingId = asId<MeetingId>(`cuoc-hop-${index}`);
  const [chair, clerk] = people as readonly [PersonId, PersonId];
  const created = await registry.create(meetingId, asId<CommandId>('tao'), {
    type: 'createMeeting',
    facts: {
      meetingId,
      cellId,
      cellName: `Chi bộ thôn ${index + 1}`,
      cellType: 'rural',
      committeeName: 'Đảng ủy xã',
      kind: 'regular',
      title: 'Sinh hoạt thường kỳ',
      startsAt: Date.now(),
      rules: { ...defaultRules, minimumVote: 0 },
    },
    roll: people.map((person, place) => ({
      person,
      name: `Đảng viên số ${place + 1}`,
      label: null,
      standing: 'official',
      office: place === 0 ? 'cellSecretary' : null,
      group: null,
      groupOffice: null,
      specialDuty: false,
      detained: false,
    })),
    sites: [],
    officers: { chair, deputyChair: null, clerk },
    agenda: Array.from({ length: 12 }, (_, place) => ({
      id: asId<AgendaItemId>(`muc-${place}`),
      title: `Nội dung ${place + 1}`,
      kind: 'other' as const,
      presenter: null,
      minutes: 8,
      draftDecision: null,
      ...ordinaryItem,
    })),
  });
  const room = await registry.room(meetingId);
  if (!created.ok || !room) throw new Error('the meeting was not created');
  await give(room, by(0), { type: 'summonMeeting' });
  await give(room, by(0), { type: 'openMeeting' });
  const arrive = people.map((person, place) => {
    room.lines.up({ kind: 'person', person });
    return give(room, by(place), { type: 'checkIn', place: { mode: 'remote' } });
  });
  await Promise.all(arrive);
  await give(room, by(1), { type: 'completeRollCall' });
  return room;
}

/** One thing after another, as they happen in a meeting: discussion, somebody steps out, the programme moves, a vote. */
function* course(room: MeetingRoom): Generator<() => Promise<void>> {
  for (let round = 0; ; round += 1) {
    for (const place of [3, 7]) {
      const person = by(place + round);
      yield () => give(room, person, { type: 'askToSpeak', kind: 'speech' });
      const waiting = () => room.state.speaking.queue[0]?.id ?? asId<never>('khong-co');
      yield () => give(room, by(0), { type: 'grantFloor', request: waiting(), seconds: 180 });
      yield () => give(room, person, { type: 'stepAway' });
      yield () => give(room, person, { type: 'comeBack' });
      const speaking = () => room.state.speaking.speech?.request.id ?? asId<never>('khong-co');
      yield () => give(room, by(0), { type: 'endSpeech', request: speaking() });
    }
    const next = () => room.state.agenda[(round + 1) % room.state.agenda.length]?.id ?? null;
    yield () => give(room, by(0), { type: 'moveAgenda', to: next(), leaveAs: 'done' });
    yield () =>
      give(room, by(0), {
        type: 'openVote',
        item: null,
        question: `Thông qua nội dung ${round + 1}`,
        rule: 'resolution',
        purpose: 'motion',
        despiteWaiting: true,
      });
    const vote = () => room.state.openVote ?? asId<never>('khong-co');
    for (let place = 0; place < plan.members; place += 1) {
      const choice = place % 5 === 0 ? 'against' : 'inFavour';
      yield () => give(room, by(place), { type: 'castMark', vote: vote(), choice });
    }
    yield () => give(room, by(0), { type: 'closeVote', vote: vote(), despiteUnreached: false });
    yield () => give(room, by(0), { type: 'announceResult', vote: vote() });
  }
}

/** Lets every meeting go its course at the plan's pace, each at its own time. @returns a function that ends it. */
export function liveOn(rooms: readonly MeetingRoom[], failed: (error: unknown) => void): () => void {
  const timers = new Map<MeetingRoom, NodeJS.Timeout>();
  for (const [index, room] of rooms.entries()) {
    const steps = course(room);
    // Meetings stand at different places of their course.
    const ahead = index % 30;
    const step = () => {
      const given = steps.next().value as () => Promise<void>;
      given().catch(failed);
      timers.set(room, setTimeout(step, plan.pace * (0.5 + ((index * 37) % 100) / 100)));
    };
    timers.set(room, setTimeout(step, (plan.pace * ahead) / 30));
  }
  return () => {
    for (const timer of timers.values()) clearTimeout(timer);
  };
}
