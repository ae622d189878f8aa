import { createHash } from 'node:crypto';
import type { Actor } from '@diemcau/shared/domain/actor.ts';
import { ordinaryItem } from '@diemcau/shared/domain/agenda-item.ts';
import type { Command } from '@diemcau/shared/domain/commands.ts';
import type { LoggedEvent } from '@diemcau/shared/domain/events.ts';
import { decide, emptyMeeting, evolve } from '@diemcau/shared/domain/meeting.ts';
import { defaultRules, type RollEntry } from '@diemcau/shared/domain/roster.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import { type AgendaItemId, asId, type CellId, type MeetingId, type PersonId } from '@diemcau/shared/ids.ts';

/** A meeting that lives in memory: the domain alone, driven by its own commands. */
export class Hall {
  state: MeetingState = emptyMeeting;
  readonly events: LoggedEvent[] = [];
  readonly people: readonly PersonId[];
  #now = Date.UTC(2026, 10, 24, 12);
  #ids = 0;

  constructor(count: number) {
    this.people = Array.from({ length: count }, (_, index) => asId<PersonId>(`person-${index}`));
    this.#create();
  }

  /** Decides and folds one command; a refusal is a fault of the benchmark. */
  give(person: number | 'system', command: Command): void {
    this.#now += 40;
    const actor: Actor =
      person === 'system' ? { kind: 'system' } : { kind: 'person', person: this.people[person] as PersonId };
    const decision = decide(this.state, command, { actor, now: this.#now, newId: () => `id-${++this.#ids}` });
    if (!decision.ok) throw new Error(`${command.type}: ${decision.refusal.code}`);
    for (const { type, data } of decision.events) {
      const seq = this.state.seq + 1;
      const hash = createHash('sha256').update(String(seq)).digest('hex');
      const by = actor.kind === 'person' ? actor : ({ kind: 'system' } as const);
      const event = {
        seq,
        type,
        at: this.#now,
        hash,
        dataHash: hash,
        data: { ...data, by, cause: null },
      } as LoggedEvent;
      this.state = evolve(this.state, event);
      this.events.push(event);
    }
  }

  #create(): void {
    const roll = this.people.map(
      (person, index): RollEntry => ({
        person,
        name: `Đảng viên số ${index + 1}`,
        label: null,
        standing: 'official',
        office: index === 0 ? 'cellSecretary' : null,
        group: null,
        groupOffice: null,
        specialDuty: false,
        detained: false,
      }),
    );
    const [chair, clerk] = this.people as readonly [PersonId, PersonId];
    this.give('system', {
      type: 'createMeeting',
      facts: {
        meetingId: asId<MeetingId>('meeting'),
        cellId: asId<CellId>('cell'),
        cellName: 'Chi bộ thôn 1',
        cellType: 'rural',
        committeeName: 'Đảng ủy xã',
        kind: 'regular',
        title: 'Sinh hoạt thường kỳ',
        startsAt: this.#now,
        rules: { ...defaultRules, minimumVote: 0 },
      },
      roll,
      sites: [],
      officers: { chair, deputyChair: null, clerk },
      agenda: Array.from({ length: 14 }, (_, index) => ({
        id: asId<AgendaItemId>(`item-${index}`),
        title: `Nội dung ${index + 1}`,
        kind: 'other' as const,
        presenter: null,
        minutes: 7,
        draftDecision: null,
        ...ordinaryItem,
      })),
    });
    this.give(0, { type: 'summonMeeting' });
    for (const index of this.people.keys()) this.give(index, { type: 'checkIn', place: { mode: 'remote' } });
    this.give(0, { type: 'openMeeting' });
    this.give(1, { type: 'completeRollCall' });
  }
}

/** One round of a meeting's life: some speak, the programme moves, everybody votes. */
export function live(hall: Hall, round: number): void {
  for (const offset of [3, 7, 11]) {
    const person = (round * 5 + offset) % hall.people.length;
    hall.give(person, { type: 'askToSpeak', kind: 'speech' });
    const request = hall.state.speaking.queue[0]?.id;
    if (!request) throw new Error('nobody waits');
    hall.give(0, { type: 'grantFloor', request, seconds: 180 });
    hall.give(0, { type: 'endSpeech', request });
  }
  const to = hall.state.agenda[round % hall.state.agenda.length]?.id ?? null;
  hall.give(0, { type: 'moveAgenda', to, leaveAs: 'done' });
  hall.give(0, {
    type: 'openVote',
    item: to,
    question: `Thông qua nội dung ${round + 1}`,
    rule: 'resolution',
    purpose: 'motion',
    despiteWaiting: false,
  });
  const vote = hall.state.openVote;
  if (!vote) throw new Error('no vote is open');
  for (const index of hall.people.keys()) {
    hall.give(index, { type: 'castMark', vote, choice: index % 5 === 0 ? 'against' : 'inFavour' });
  }
  hall.give(0, { type: 'closeVote', vote, despiteUnreached: false });
  hall.give(0, { type: 'announceResult', vote });
}
