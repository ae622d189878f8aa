import type { Actor } from '@diemcau/shared/domain/actor.ts';
import type { Command } from '@diemcau/shared/domain/commands.ts';
import { commandsDue } from '@diemcau/shared/domain/due.ts';
import { keysOf } from '@diemcau/shared/domain/evolution.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import { type VoteRuleId, voteRuleIds } from '@diemcau/shared/domain/vote-types.ts';
import {
  type AgendaItemId,
  asId,
  type GuestId,
  type MeetingId,
  type OnSiteSuperiorId,
  type PersonId,
  type SiteId,
  type SpeakRequestId,
  type VoteId,
} from '@diemcau/shared/ids.ts';
import fc from 'fast-check';
import { by, material, people, remote, sites, strangers, superior, system } from './meeting-builder.ts';

/** Numbers that a step makes its choices with; what each means depends on the meeting so far. */
export interface Step {
  readonly kind: number;
  /** Spread over who, whom, what and which. */
  readonly seed: number;
  /** Seconds that go by before it. */
  readonly pause: number;
}

/** Four numbers out of one, so that little has to be drawn (xorshift). */
function spread(seed: number): readonly [number, number, number, number] {
  let x = (seed + 1) * 0x9e3779b1;
  const next = () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) % 1_000_003;
  };
  return [next(), next(), next(), next()];
}

const persons: readonly PersonId[] = [...Object.values(people), strangers.other, strangers.superior];
const places: readonly SiteId[] = [...Object.values(sites), asId<SiteId>('khong-co')];

/** Who gives the command and what it is, fitted to what the meeting holds so that many steps are accepted. */
export function commandOf(state: MeetingState, step: Step, now: number): [Actor, Command] {
  const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;
  const [who, whom, what, number] = spread(step.seed);
  const person = pick(persons, whom);
  const site = pick(places, what);
  const choice = pick(['inFavour', 'against', 'noOpinion'] as const, number);
  const vote =
    what % 9 === 0
      ? pick([...state.voteOrder, asId<VoteId>('khong-co')], number)
      : (state.openVote ?? asId<VoteId>('khong-co'));
  const { queue, speech } = state.speaking;
  const request = pick(
    [...queue.map(({ id }) => id), speech?.request.id ?? asId<SpeakRequestId>('khong-co')],
    number,
  );
  const item = pick([...state.agenda.map(({ id }) => id), asId<AgendaItemId>('khong-co')], number);
  const reason = 'Lý do';
  const [presiding, writing] = [state.officers?.chair ?? person, state.officers?.clerk ?? person];
  const officer = by(pick([presiding, writing, presiding, writing, presiding, writing, person], who));
  const chair = by(who % 8 === 0 ? person : presiding);
  const terminal: Actor = {
    kind: 'terminal',
    site,
    terminal: who % 7 === 0 ? 'la' : (state.sites[site]?.terminal?.id ?? 'la'),
    responsible: people.leader,
  };
  const anyone = pick<Actor>([by(person), by(person), by(person), terminal, superior, system, chair], who);
  const units = (state.openVote && state.votes[state.openVote]?.units) || [];
  const counted = units.filter(({ method }) => method === 'byTeller');
  const unit = what % 5 === 0 ? undefined : counted[whom % Math.max(1, counted.length)];
  const countSite = unit && unit.unit !== 'remote' ? unit.unit : site;
  const countTerminal: Actor = {
    ...terminal,
    site: countSite,
    terminal: state.sites[countSite]?.terminal?.id ?? 'la',
  };
  const size = unit?.electors.length ?? 3;
  const inFavour = number % (size + 1);
  const counts = { inFavour, against: size - inFavour, noOpinion: 0, notVoted: what % 11 === 0 ? 1 : 0 };
  const close: Command = { type: 'closeVote', vote, despiteUnreached: number % 2 === 0 };
  const open: Command = {
    type: 'openVote',
    item: number % 4 === 0 ? item : null,
    question: 'Nghị quyết',
    rule: pick<VoteRuleId>(['procedural', 'resolution', 'resolution', ...voteRuleIds], number),
    purpose: pick(['motion', 'minutes', 'electClerk', 'programme', 'supplement'] as const, what),
    candidate: number % 3 === 0 ? null : 'Người được xét',
    despiteWaiting: number % 2 === 0,
  };
  const someone = [pick(persons, number), person];
  const table: readonly (readonly [weight: number, () => [Actor, Command]])[] = [
    [1, () => [system, { type: 'createMeeting', ...material() }]],
    [1, () => [chair, { type: 'summonMeeting' }]],
    [2, () => [chair, { type: 'openMeeting' }]],
    [
      1,
      () => [
        chair,
        pick<Command>(
          [
            { type: 'cancelMeeting', reason },
            { type: 'postponeMeeting', startsAt: now, reason },
          ],
          who,
        ),
      ],
    ],
    [
      2,
      () => [
        chair,
        {
          type: 'nameOfficers',
          ...pick([{ clerk: person }, { chair: person }, { deputyChair: null }], number),
        },
      ],
    ],
    [1, () => [chair, { type: 'suspendMeeting', reason }]],
    [2, () => [chair, { type: 'continueMeeting' }]],
    [
      1,
      () => [
        number % 3 === 0 ? system : chair,
        number % 4 === 0 ? { type: 'interruptMeeting', reason } : { type: 'continueMeeting' },
      ],
    ],
    [5, () => [chair, { type: 'resumeMeeting' }]],
    [2, () => [chair, { type: 'closeMeeting' }]],
    [1, () => [officer, { type: 'sealRecord' }]],
    [3, () => [system, { type: 'openSite', site, terminal: `may-${number % 2}`, responsible: person }]],
    [
      1,
      () => [officer, { type: 'setSiteMethod', site, method: pick(['byName', 'byTeller'] as const, number) }],
    ],
    [1, () => [officer, { type: 'nameTeller', site, person }]],
    [
      10,
      () => [by(person), { type: 'checkIn', place: number % 3 === 0 ? { mode: 'onSite', site } : remote }],
    ],
    [8, () => [terminal, { type: 'checkInAtSite', person }]],
    [
      3,
      () => [
        officer,
        {
          type: 'recordAttendance',
          person,
          entry: pick(
            [
              { mode: 'onSite', site },
              remote,
              { mode: 'away' },
              { mode: 'left' },
              { mode: 'expected' },
              { mode: 'absentExcused', reason },
              { mode: 'absentUnexcused' },
            ] as const,
            number,
          ),
        },
      ],
    ],
    [2, () => [by(person), { type: 'stepAway' }]],
    [2, () => [by(person), { type: 'comeBack' }]],
    [1, () => [by(person), { type: 'leaveMeeting' }]],
    [4, () => [officer, { type: 'confirmSiteRollCall', site }]],
    [4, () => [officer, { type: 'completeRollCall' }]],
    [2, () => [superior, { type: 'attendAsSuperior' }]],
    [1, () => [superior, { type: 'leaveAsSuperior' }]],
    [1, () => [superior, { type: number % 2 ? 'followFigures' : 'unfollowFigures' }]],
    [1, () => [superior, { type: 'focusMeeting', state: pick(['on', 'off'] as const, number) }]],
    [1, () => [superior, { type: 'messageChair', text: 'Đề nghị rút ngắn', to: ['Chi bộ Một'] }]],
    [
      3,
      () => [system, { type: 'reportLines', lost: someone, restored: [], sitesDark: [site], sitesBack: [] }],
    ],
    [
      2,
      () => [system, { type: 'reportLines', lost: [], restored: someone, sitesDark: [], sitesBack: [site] }],
    ],
    [
      2,
      () => [
        system,
        pick<Command>([...commandsDue(state, now), { type: 'endGrace', persons: someone }], number),
      ],
    ],
    [
      1,
      () => [
        chair,
        {
          type: 'addAgendaItem',
          item: {
            title: 'Mục',
            kind: 'other',
            presenter: null,
            minutes: 5,
            draftDecision: null,
            inPersonOnly: who % 3 === 0,
          },
          after: number % 2 ? item : null,
        },
      ],
    ],
    [
      1,
      () => [
        chair,
        {
          type: 'editAgendaItem',
          item,
          changes: { title: 'Sửa', kind: 'news', presenter: 'An', minutes: 7, draftDecision: null },
        },
      ],
    ],
    [
      1,
      () => [
        chair,
        {
          type: 'reorderAgenda',
          order: [...state.agenda]
            .reverse()
            .map(({ id }) => id)
            .slice(number % 5 === 0 ? 1 : 0),
        },
      ],
    ],
    [
      3,
      () => [
        chair,
        {
          type: 'moveAgenda',
          to: number % 9 === 0 ? null : item,
          leaveAs: pick(['done', 'skipped', 'deferred'] as const, what),
        },
      ],
    ],
    [
      1,
      () => [
        chair,
        { type: 'markAgendaItem', item, state: pick(['pending', 'skipped', 'deferred'] as const, what) },
      ],
    ],
    [
      4,
      () => [
        anyone,
        {
          type: 'askToSpeak',
          kind: pick(['speech', 'pointOfOrder', 'groupOpinion'] as const, number),
          ...(who % 2 ? { person } : {}),
        },
      ],
    ],
    [1, () => [anyone, { type: 'withdrawRequest', request }]],
    [1, () => [chair, { type: 'reorderQueue', order: [...queue].reverse().map(({ id }) => id) }]],
    [3, () => [chair, { type: 'grantFloor', request, seconds: number % 2 ? 60 : null }]],
    [2, () => [anyone, { type: 'endSpeech', request: speech?.request.id ?? request }]],
    [2, () => [by(person), { type: 'takeChair' }]],
    [
      2,
      () => [
        by(person),
        { type: 'announceAbsence', reason, ...(who % 2 ? { person: pick(persons, number) } : {}) },
      ],
    ],
    [
      2,
      () => [
        chair,
        {
          type: 'answerAbsence',
          person: pick([...keysOf(state.announced), person], number),
          answer: pick(['accepted', 'refused'] as const, what),
        },
      ],
    ],
    [1, () => [officer, { type: 'registerGuest', name: 'Khách', office: 'Trưởng thôn' }]],
    [
      1,
      () => [
        officer,
        number % 2
          ? { type: 'stateNoGuests' }
          : { type: 'dismissGuest', guest: pick([...keysOf(state.guests), asId<GuestId>('khong-co')], who) },
      ],
    ],
    [
      1,
      () => [
        officer,
        number % 2
          ? {
              type: 'registerSuperior',
              name: 'Cấp trên',
              office: 'Đảng ủy viên',
              person: pick([null, strangers.superior, person], who),
              site: pick([null, ...keysOf(state.sites)], what),
            }
          : {
              type: 'dismissSuperior',
              id: pick([...keysOf(state.onSiteSuperiors), asId<OnSiteSuperiorId>('khong-co')], who),
            },
      ],
    ],
    [2, () => [by(person), { type: 'writeOpinion', text: 'Ý kiến' }]],
    [1, () => [officer, { type: 'readOpinion', request }]],
    [
      2,
      () => [
        by(person),
        { type: 'reserveOpinion', vote: pick([...state.voteOrder, vote], number), text: 'Bảo lưu' },
      ],
    ],
    [
      2,
      () => [
        officer,
        { type: 'enterCount', vote, site: countSite, counts, means: 'telephone', readBy: person },
      ],
    ],
    [
      2,
      () => [
        officer,
        {
          type: 'recordBallot',
          item: null,
          rule: pick(voteRuleIds, number),
          question: 'Phiếu kín',
          candidate: number % 2 ? 'Người được xét' : null,
          boxes: [
            {
              site,
              issued: 1,
              returned: 1,
              invalid: 0,
              inFavour: 1,
              against: 0,
              noOpinion: 0,
              certifiedBy: person,
            },
          ],
        },
      ],
    ],
    [1, () => [officer, { type: 'wordMinutes', part: 'conclusion', text: `Lời văn ${number}` }]],
    [
      1,
      () => [
        officer,
        { type: 'proposeSupplement', meeting: asId<MeetingId>('truoc'), title: 'Tháng trước', text: 'Sửa' },
      ],
    ],
    [1, () => [chair, { type: 'setFreeDiscussion', state: pick(['on', 'off'] as const, number) }]],
    [8, () => [officer, open]],
    [14, () => [by(person), { type: 'castMark', vote, choice }]],
    [6, () => [terminal, { type: 'castMark', vote, choice, person }]],
    [3, () => [officer, { type: 'moveElector', vote, person, to: number % 2 ? 'remote' : site }]],
    [8, () => [number % 2 ? officer : countTerminal, { type: 'enterCount', vote, site: countSite, counts }]],
    [14, () => [number % 3 ? officer : by(person), { type: 'confirmCount', vote, site: countSite }]],
    [1, () => [officer, { type: 'reopenCount', vote, site: countSite, reason }]],
    [12, () => [officer, close]],
    [6, () => [officer, { type: 'announceResult', vote }]],
    [1, () => [chair, number % 2 ? { type: 'annulVote', vote, reason } : { type: 'announceResult', vote }]],
  ];
  const total = table.reduce((sum, [weight]) => sum + weight, 0);
  let left = step.kind % total;
  for (const [weight, give] of table) {
    if (left < weight) return give();
    left -= weight;
  }
  return [system, { type: 'createMeeting', ...material() }];
}

/** Steps of a meeting. Time mostly stands still, now and then the minimum of a vote, a grace or an evening goes by. */
export const steps = fc.array(
  fc.record({
    kind: fc.nat({ max: 2 ** 20 }),
    seed: fc.nat({ max: 2 ** 30 }),
    pause: fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 31, 31, 61, 400, 3700),
  }),
  { minLength: 10, maxLength: 90, size: 'max' },
) satisfies fc.Arbitrary<readonly Step[]>;
