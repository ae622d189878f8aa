import type { Actor } from '@diemcau/shared/domain/actor.ts';
import { refOf } from '@diemcau/shared/domain/actor.ts';
import { ordinaryItem } from '@diemcau/shared/domain/agenda-item.ts';
import type { Place } from '@diemcau/shared/domain/attendance-types.ts';
import type { Command, CommandData } from '@diemcau/shared/domain/commands.ts';
import type { Decision } from '@diemcau/shared/domain/decision.ts';
import type { LoggedEvent, MeetingEvent } from '@diemcau/shared/domain/events.ts';
import { decide, emptyMeeting, evolve } from '@diemcau/shared/domain/meeting.ts';
import { defaultRules, type MeetingRules, type RollEntry } from '@diemcau/shared/domain/roster.ts';
import type { MeetingState, VoteState } from '@diemcau/shared/domain/state.ts';
import type { Choice, Counts, VoteRuleId } from '@diemcau/shared/domain/vote-types.ts';
import {
  type AgendaItemId,
  asId,
  type CellId,
  type CommandId,
  type MeetingId,
  type PersonId,
  type SiteId,
  type SpeakRequestId,
  type VoteId,
} from '@diemcau/shared/ids.ts';
import type { Refusal } from '@diemcau/shared/result.ts';

const id = (text: string) => asId<PersonId>(text);

/** People of the cell, by what they are. Ten of them are official, present members at most. */
export const people = {
  secretary: id('bi-thu'),
  deputy: id('pho-bi-thu'),
  clerk: id('thu-ky'),
  committee: id('chi-uy'),
  leader: id('to-truong'),
  an: id('an'),
  binh: id('binh'),
  cuong: id('cuong'),
  dung: id('dung'),
  duty: id('truc-chien'),
  probationary: id('du-bi'),
  exempt: id('mien'),
  guestMember: id('tam-den'),
  transferred: id('tam-di'),
  suspended: id('dinh-chi'),
  detained: id('tam-giam'),
} as const;

/** Not on the roll. */
export const strangers = { superior: id('cap-tren'), other: id('chi-bo-khac') } as const;

export const sites = {
  hall: asId<SiteId>('hoi-truong'),
  village: asId<SiteId>('thon-hai'),
  school: asId<SiteId>('truong-hoc'),
} as const;

export const items = {
  opening: asId<AgendaItemId>('muc-1'),
  news: asId<AgendaItemId>('muc-2'),
  discussion: asId<AgendaItemId>('muc-3'),
} as const;

const entry = (person: PersonId, name: string, rest: Partial<RollEntry> = {}): RollEntry => ({
  person,
  name,
  label: null,
  standing: 'official',
  office: null,
  group: null,
  groupOffice: null,
  specialDuty: false,
  detained: false,
  ...rest,
});

export const roll: readonly RollEntry[] = [
  entry(people.secretary, 'Nguyễn Văn Bí', { office: 'cellSecretary' }),
  entry(people.deputy, 'Trần Thị Phó', { office: 'deputySecretary' }),
  entry(people.clerk, 'Lê Thị Thư'),
  entry(people.committee, 'Phạm Văn Ủy', { office: 'committeeMember' }),
  entry(people.leader, 'Hoàng Văn Trưởng', { group: 'Tổ 1', groupOffice: 'groupLeader' }),
  entry(people.an, 'Đỗ Thị An', { group: 'Tổ 1' }),
  entry(people.binh, 'Bùi Văn Bình', { group: 'Tổ 1' }),
  entry(people.cuong, 'Vũ Văn Cường'),
  entry(people.dung, 'Đặng Thị Dung'),
  entry(people.duty, 'Ngô Văn Trực', { specialDuty: true }),
  entry(people.probationary, 'Hồ Thị Dự', { standing: 'probationary' }),
  entry(people.exempt, 'Dương Văn Miễn', { standing: 'exempt' }),
  entry(people.guestMember, 'Lý Thị Đến', { standing: 'temporaryIn' }),
  entry(people.transferred, 'Mai Văn Đi', { standing: 'temporaryOut' }),
  entry(people.suspended, 'Cao Văn Chỉ', { standing: 'suspended' }),
  entry(people.detained, 'Tô Văn Giam', { detained: true }),
];

/** Members who are expected at the meeting and vote once they are there. */
export const electors: readonly PersonId[] = [
  people.secretary,
  people.deputy,
  people.clerk,
  people.committee,
  people.leader,
  people.an,
  people.binh,
  people.cuong,
  people.dung,
];

/** 24 November 2026, 19:30 in Vietnam. */
export const startsAt = Date.UTC(2026, 10, 24, 12, 30);

const plan = (item: AgendaItemId, title: string) =>
  ({
    id: item,
    title,
    kind: 'other',
    presenter: null,
    minutes: 10,
    draftDecision: null,
    ...ordinaryItem,
  }) as const;

/** What a meeting is created from. */
export function material(rules: Partial<MeetingRules> = {}): CommandData['createMeeting'] {
  return {
    facts: {
      meetingId: asId<MeetingId>('cuoc-hop'),
      cellId: asId<CellId>('chi-bo'),
      cellName: 'Chi bộ thôn Hưng Kiều',
      cellType: 'rural',
      committeeName: 'Đảng ủy xã An Tường',
      kind: 'regular',
      title: 'Sinh hoạt thường kỳ tháng 11',
      startsAt,
      rules: { ...defaultRules, ...rules },
    },
    roll,
    sites: [
      { id: sites.hall, name: 'Hội trường', isMain: true, method: 'byName', responsible: people.secretary },
      { id: sites.village, name: 'Thôn Hai', isMain: false, method: 'byTeller', responsible: people.leader },
      { id: sites.school, name: 'Trường học', isMain: false, method: 'byTeller', responsible: null },
    ],
    officers: { chair: people.secretary, deputyChair: people.deputy, clerk: people.clerk },
    agenda: [plan(items.opening, 'Mở đầu'), plan(items.news, 'Thời sự'), plan(items.discussion, 'Thảo luận')],
  };
}

export const system: Actor = { kind: 'system' };
export const remote: Place = { mode: 'remote' };
export const superior: Actor = {
  kind: 'superior',
  person: strangers.superior,
  name: 'Đồng chí Cấp Trên',
  office: 'Ủy viên Ban Thường vụ Đảng ủy',
};

/** @returns the person as an actor. */
export const by = (person: PersonId): Actor => ({ kind: 'person', person });
export const onSite = (site: SiteId): Place => ({ mode: 'onSite', site });
export const counts = (inFavour: number, against: number, noOpinion: number, notVoted: number): Counts => ({
  inFavour,
  against,
  noOpinion,
  notVoted,
});

/** @returns the site's terminal as an actor, as {@link TestMeeting.openSite} opens it. */
export const terminal = (site: SiteId, responsible: PersonId = people.leader): Actor => ({
  kind: 'terminal',
  site,
  terminal: `may-${site}`,
  responsible,
});

/** What a tick reports of lines. */
export const lineReport = (change: { lost?: readonly PersonId[]; restored?: readonly PersonId[] }) => ({
  lost: [],
  restored: [],
  sitesDark: [],
  sitesBack: [],
  ...change,
});

export const chair = by(people.secretary);
export const clerk = by(people.clerk);

/** A meeting made by commands alone: decided, logged with a chain that counts instead of hashing, and folded. */
export class TestMeeting {
  state: MeetingState = emptyMeeting;
  readonly log: LoggedEvent[] = [];
  now = startsAt - 3_600_000;
  #ids = 0;
  #commands = 0;

  /** Lets time go by. */
  pass(seconds: number): this {
    this.now += seconds * 1000;
    return this;
  }

  /** Decides a command and logs what it caused; a refusal may cause something too. */
  give(actor: Actor, command: Command, cause: CommandId | null = this.#nextCommand()): Decision {
    const newId = () => `id-${++this.#ids}`;
    const decision = decide(this.state, command, { actor, now: this.now, newId });
    for (const event of decision.events) this.#append(event, actor, decision.ok ? cause : null);
    return decision;
  }

  /** Gives a command that must be accepted. @returns the events that it caused. */
  do<T extends Command['type']>(
    actor: Actor,
    type: T,
    ...data: Record<never, never> extends CommandData[T] ? [data?: CommandData[T]] : [data: CommandData[T]]
  ): readonly MeetingEvent[] {
    const decision = this.give(actor, { type, ...data[0] } as unknown as Command);
    if (!decision.ok) throw new Error(`${type} was refused: ${JSON.stringify(decision.refusal)}`);
    return decision.events;
  }

  /** Gives a command that must be refused. @returns the refusal. */
  refusal<T extends Command['type']>(
    actor: Actor,
    type: T,
    ...data: Record<never, never> extends CommandData[T] ? [data?: CommandData[T]] : [data: CommandData[T]]
  ): Refusal {
    const decision = this.give(actor, { type, ...data[0] } as unknown as Command);
    if (decision.ok) throw new Error(`${type} was accepted: ${JSON.stringify(decision.events)}`);
    return decision.refusal;
  }

  vote(vote: VoteId): VoteState {
    const found = this.state.votes[vote];
    if (!found) throw new Error('no such vote');
    return found;
  }

  openSite(site: SiteId, responsible: PersonId = people.leader): this {
    this.do(system, 'openSite', { site, terminal: `may-${site}`, responsible });
    return this;
  }

  /** Checks people in remotely from their own devices. */
  remotely(...persons: readonly PersonId[]): this {
    for (const person of persons) this.do(by(person), 'checkIn', { place: remote });
    return this;
  }

  /** Checks people in at a site's terminal and has its roll call confirmed. */
  atSite(site: SiteId, ...persons: readonly PersonId[]): this {
    for (const person of persons) this.do(terminal(site), 'checkInAtSite', { person });
    this.do(terminal(site), 'confirmSiteRollCall', { site });
    return this;
  }

  /** Opens a vote by show of hands. */
  openVote(rule: VoteRuleId = 'resolution', more: Partial<CommandData['openVote']> = {}): VoteId {
    this.do(chair, 'openVote', {
      item: null,
      question: 'Thông qua nghị quyết',
      rule,
      purpose: 'motion',
      despiteWaiting: false,
      ...more,
    });
    const vote = this.state.openVote;
    if (!vote) throw new Error('no vote is open');
    return vote;
  }

  mark(vote: VoteId, choice: Choice, ...persons: readonly PersonId[]): this {
    for (const person of persons) this.do(by(person), 'castMark', { vote, choice });
    return this;
  }

  /** The site's four numbers, entered at its terminal. */
  count(vote: VoteId, site: SiteId, numbers: Counts): this {
    this.do(terminal(site), 'enterCount', { vote, site, counts: numbers });
    return this;
  }

  /** Closes a vote after its least time. */
  close(vote: VoteId): this {
    this.pass(30).do(chair, 'closeVote', { vote, despiteUnreached: false });
    return this;
  }

  ask(person: PersonId, kind: 'speech' | 'pointOfOrder' = 'speech'): SpeakRequestId {
    this.do(by(person), 'askToSpeak', { kind });
    const request = this.state.speaking.queue.find((waiting) => waiting.person === person);
    if (!request) throw new Error('not in the queue');
    return request.id;
  }

  /** Has the minutes adopted by everybody who is remote, so that the meeting may be closed. */
  adoptMinutes(): this {
    const vote = this.openVote('procedural', { purpose: 'minutes' });
    for (const unit of this.vote(vote).units) {
      if (unit.unit !== 'remote' && unit.method === 'byTeller') {
        this.count(vote, unit.unit, counts(unit.electors.length, 0, 0, 0));
        this.do(clerk, 'confirmCount', { vote, site: unit.unit });
      } else this.mark(vote, 'inFavour', ...unit.electors);
    }
    this.close(vote).do(chair, 'announceResult', { vote });
    return this;
  }

  #nextCommand(): CommandId {
    return asId<CommandId>(`lenh-${++this.#commands}`);
  }

  #append(event: MeetingEvent, actor: Actor, cause: CommandId | null): void {
    const seq = this.state.seq + 1;
    const envelope = { seq, at: this.now, hash: `hash-${seq}`, dataHash: `data-${seq}`, salt: `salt-${seq}` };
    const data = { ...event.data, by: refOf(actor), cause };
    const logged = { ...event, ...envelope, data } as LoggedEvent;
    this.log.push(logged);
    this.state = evolve(this.state, logged);
  }
}

/** @returns a meeting that was created and not yet summoned. */
export function created(rules: Partial<MeetingRules> = {}): TestMeeting {
  const meeting = new TestMeeting();
  meeting.do(system, 'createMeeting', material(rules));
  return meeting;
}

export function summoned(rules: Partial<MeetingRules> = {}): TestMeeting {
  const meeting = created(rules);
  meeting.do(chair, 'summonMeeting');
  return meeting;
}

/** @returns a meeting that the chair has opened, in time; nobody is checked in. */
export function opened(rules: Partial<MeetingRules> = {}): TestMeeting {
  const meeting = summoned(rules);
  meeting.now = startsAt;
  meeting.do(chair, 'openMeeting');
  return meeting;
}

/** @returns an open meeting with all electors remote and the roll call done. */
export function remoteMeeting(rules: Partial<MeetingRules> = {}): TestMeeting {
  const meeting = opened(rules).remotely(...electors);
  meeting.do(clerk, 'completeRollCall');
  return meeting;
}

/**
 * @returns an open meeting of all three kinds of unit, roll call done: in the hall, by name, the secretary and Dung; in the
 * village, counted by its teller, the leader, An and Bình; the rest of the electors and the probationary member remote.
 */
export function hybridMeeting(rules: Partial<MeetingRules> = {}): TestMeeting {
  const meeting = opened(rules).openSite(sites.hall, people.secretary).openSite(sites.village);
  meeting
    .atSite(sites.hall, people.secretary, people.dung)
    .atSite(sites.village, people.leader, people.an, people.binh);
  meeting.remotely(people.deputy, people.clerk, people.committee, people.cuong, people.probationary);
  meeting.do(clerk, 'completeRollCall');
  return meeting;
}

/** The hybrid meeting with a vote open; the village has three electors. */
export function counting(): {
  meeting: TestMeeting;
  vote: VoteId;
  village: { vote: VoteId; site: typeof sites.village };
} {
  const meeting = hybridMeeting();
  const vote = meeting.openVote();
  return { meeting, vote, village: { vote, site: sites.village } };
}

/** @returns a meeting that was held, closed and sealed. */
export function sealed(): TestMeeting {
  const meeting = remoteMeeting().adoptMinutes();
  meeting.do(chair, 'closeMeeting');
  meeting.do(clerk, 'sealRecord');
  return meeting;
}
