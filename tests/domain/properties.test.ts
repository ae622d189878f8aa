import type { Actor } from '@diemcau/shared/domain/actor.ts';
import { actorKey, refOf } from '@diemcau/shared/domain/actor.ts';
import { alarmsAfter, alarmsAt } from '@diemcau/shared/domain/alarms.ts';
import { eventFor, type Viewer } from '@diemcau/shared/domain/audience.ts';
import type { Command } from '@diemcau/shared/domain/commands.ts';
import type { Decision } from '@diemcau/shared/domain/decision.ts';
import type { LoggedEvent } from '@diemcau/shared/domain/events.ts';
import { emptyMeeting, evolve } from '@diemcau/shared/domain/meeting.ts';
import { redact } from '@diemcau/shared/domain/redact.ts';
import { attendanceFigures, voteProgress } from '@diemcau/shared/domain/selectors.ts';
import type { MeetingState, VoteState } from '@diemcau/shared/domain/state.ts';
import { emptySummary, foldSummary, summaryAt } from '@diemcau/shared/domain/summary.ts';
import { sumOf } from '@diemcau/shared/domain/tally.ts';
import type { VoteResult } from '@diemcau/shared/domain/vote-types.ts';
import { asId, type CommandId } from '@diemcau/shared/ids.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hybridMeeting, opened, people, sites, strangers, TestMeeting } from './meeting-builder.ts';
import { commandOf, type Step, steps } from './random-meeting.ts';

const numRuns = process.env.NIGHTLY === '1' ? 100_000 : 2_000;
const timeout = process.env.NIGHTLY === '1' ? 7_200_000 : 180_000;

/** Meetings begin at different stages, so that deep states are reached as often as early ones. */
const starts = {
  nothing: () => new TestMeeting(),
  opened,
  hybrid: hybridMeeting,
  voting: () => {
    const meeting = hybridMeeting();
    meeting.openVote();
    return meeting.pass(30);
  },
} as const;
const start = fc.constantFrom('nothing', 'opened', 'hybrid', 'voting', 'voting' as const);

type Watch = (before: MeetingState, after: MeetingState, command: Command, decision: Decision) => void;

function hold(from: keyof typeof starts, taken: readonly Step[], watch?: Watch): TestMeeting {
  const meeting = starts[from]();
  for (const step of taken) {
    meeting.pass(step.pause);
    const [actor, command] = commandOf(meeting.state, step, meeting.now);
    const before = meeting.state;
    const decision = meeting.give(actor, command);
    watch?.(before, meeting.state, command, decision);
  }
  return meeting;
}

/** Runs the property over random meetings; fast-check prints seed and path of a failure. */
function forAllMeetings(property: (from: keyof typeof starts, taken: readonly Step[]) => void): void {
  fc.assert(fc.property(start, steps, property), { numRuns });
}

const fold = (events: readonly LoggedEvent[]) => events.reduce(evolve, emptyMeeting);

function electorsByUnit(vote: VoteState): Map<string, number> {
  return new Map(vote.units.map((unit) => [unit.unit, unit.electors.length]));
}

function expectEverybodyOnce(vote: VoteState, result: VoteResult): void {
  const electors = electorsByUnit(vote);
  expect(result.units.map(({ unit }) => unit)).toEqual([...electors.keys()]);
  for (const { unit, counts } of result.units) expect(sumOf(counts)).toBe(electors.get(unit));
  const opened = vote.opening.units.reduce((sum, unit) => sum + unit.electors.length, 0);
  expect(sumOf(result.total)).toBe(opened);
  expect(result.passed).toBe(result.total.inFavour >= vote.opening.need);
}

describe('any order of commands', () => {
  test(
    'VOTE6 every result’s total is the number of electors, and each unit’s too; nobody is in two units',
    () => {
      let results = 0;
      forAllMeetings((from, taken) => {
        const { state } = hold(from, taken);
        for (const vote of Object.values(state.votes)) {
          for (const result of [vote.tallied, vote.result]) {
            if (result) expectEverybodyOnce(vote, result);
            if (result) results += 1;
          }
          const inUnits = vote.units.flatMap(({ electors }) => electors);
          expect(new Set(inUnits).size).toBe(inUnits.length);
          const atOpening = vote.opening.units.flatMap(({ electors }) => electors);
          expect(new Set(inUnits)).toEqual(new Set(atOpening));
          expect(voteProgress(vote).voted).toBeLessThanOrEqual(inUnits.length);
        }
      });
      // A property about results proves nothing where no random meeting comes to one.
      expect(results).toBeGreaterThan(numRuns / 12);
    },
    timeout,
  );

  test(
    'MEET3 seq grows by one, time never goes back, and after the end only the sealing is logged',
    () => {
      forAllMeetings((from, taken) => {
        const meeting = hold(from, taken, (before, after) => {
          const grown = after.seq - before.seq;
          if (before.phase === 'sealed' || before.phase === 'cancelled') expect(grown).toBe(0);
          if (before.phase === 'closed' && grown > 0) expect([grown, after.phase]).toEqual([1, 'sealed']);
        });
        expect(meeting.log.map(({ seq }) => seq)).toEqual(meeting.log.map((_, index) => index + 1));
        const times = meeting.log.map(({ at }) => at);
        expect(times).toEqual([...times].sort((a, b) => a - b));
      });
    },
    timeout,
  );

  test(
    'MEET1 no vote is opened before the roll call, none stays open once the meeting is not',
    () => {
      forAllMeetings((from, taken) => {
        hold(from, taken, (before, after, command) => {
          if (after.openVote !== null) expect([after.phase, after.rollCall]).toEqual(['open', 'done']);
          if (command.type === 'openVote' && after !== before) expect(before.openVote).toBeNull();
          const current = after.agenda.filter(({ state }) => state === 'current');
          if (current.length > 1) expect(current).toHaveLength(1);
        });
      });
    },
    timeout,
  );

  test(
    'SITE1 lines of sites change nobody’s presence',
    () => {
      forAllMeetings((from, taken) => {
        const { log } = hold(from, taken);
        let state = emptyMeeting;
        for (const event of log) {
          const before = state;
          state = evolve(state, event);
          const ofSite = ['siteOpened', 'siteWentDark', 'siteCameBack', 'siteMethodSet', 'tellerNamed'];
          if (ofSite.includes(event.type)) expect(state.attendance).toBe(before.attendance);
        }
      });
    },
    timeout,
  );

  test(
    'SPK1 who speaks or waits is present or a superior who attends, and stands once',
    () => {
      forAllMeetings((from, taken) => {
        hold(from, taken, (_, { speaking, attendance, superiors }) => {
          // An opinion in writing stands beside a spoken request.
          const spoken = speaking.queue.filter(({ kind }) => kind !== 'written');
          const persons = spoken.map(({ person }) => person);
          if (speaking.speech) persons.push(speaking.speech.request.person);
          if (persons.length === 0) return;
          expect(new Set(persons).size).toBe(persons.length);
          const gone = persons.filter((person) => {
            const mode = attendance[person]?.presence.mode ?? 'expected';
            const here = ['onSite', 'remote', 'reconnecting', 'away'].includes(mode);
            return !here && superiors[person] === undefined;
          });
          expect(gone).toEqual([]);
        });
      });
    },
    timeout,
  );

  test(
    'replaying the log gives the live state, which is plain JSON',
    () => {
      forAllMeetings((from, taken) => {
        const { state, log } = hold(from, taken);
        expect(fold(log)).toEqual(state);
        expect(JSON.parse(JSON.stringify(state))).toEqual(state);
        expect(fold(JSON.parse(JSON.stringify(log)))).toEqual(state);
      });
    },
    timeout,
  );

  test(
    'VOTE11 a repeated accepted command changes nothing and gives the same receipt',
    () => {
      forAllMeetings((from, taken) => {
        const meeting = starts[from]();
        const receipts = new Map<string, number>();
        let command = 0;
        const give = (actor: Actor, wish: Command, id: CommandId): number | null => {
          const key = `${actorKey(refOf(actor))} ${id}`;
          const known = receipts.get(key);
          if (known !== undefined) return known;
          const decision = meeting.give(actor, wish, id);
          if (!decision.ok) return null;
          receipts.set(key, meeting.state.seq);
          return meeting.state.seq;
        };
        for (const step of taken) {
          meeting.pass(step.pause);
          const [actor, wish] = commandOf(meeting.state, step, meeting.now);
          const id = asId<CommandId>(`lenh-${++command}`);
          const first = give(actor, wish, id);
          if (first === null) continue;
          const { state } = meeting;
          expect(give(actor, wish, id)).toBe(first);
          expect(meeting.state).toBe(state);
        }
      });
    },
    timeout,
  );
});

describe('audiences', () => {
  const viewers: readonly Viewer[] = [
    ...Object.values(people).map((person) => ({ person, site: null, officer: false })),
    { person: strangers.superior, site: null, officer: false },
    ...Object.values(sites).map((site) => ({ person: null, site, officer: false })),
    { person: people.secretary, site: null, officer: true },
    { person: people.clerk, site: null, officer: true },
    { person: null, site: null, officer: false },
  ];

  /** A few of them for each meeting, all of them over many. */
  const viewersFor = (log: readonly LoggedEvent[]) =>
    [0, 7, 13, 18].map((step) => viewers[(log.length + step) % viewers.length] as Viewer);

  test(
    'VOTE10 the redacted state is what folding the events sent to the viewer gives',
    () => {
      forAllMeetings((from, taken) => {
        const { state, log } = hold(from, taken);
        for (const viewer of viewersFor(log)) {
          const sent = log.map((event) => eventFor(event, viewer));
          expect(fold(sent)).toEqual(redact(state, viewer));
        }
      });
    },
    timeout * 2,
  );

  test(
    'VOTE10 nobody is sent another’s choice, nor a reason of absence who is neither officer nor the person',
    () => {
      forAllMeetings((from, taken) => {
        const { log } = hold(from, taken);
        for (const viewer of viewers) {
          const seen = log.map((event) => eventFor(event, viewer));
          const others = seen.filter(({ type, data }) => {
            if (data === undefined || !('person' in data) || data.person === viewer.person) return false;
            return type === 'choiceRecorded' || (type === 'absenceReasonNoted' && !viewer.officer);
          });
          expect(others).toEqual([]);
          expect(seen.filter(({ data, salt }) => data === undefined && salt !== undefined)).toEqual([]);
        }
      });
    },
    timeout,
  );
});

describe('totality', () => {
  test(
    'MEET3 any events in any order, each with its data or without, are folded without a fault',
    () => {
      const garbage = fc.record({
        order: fc.infiniteStream(fc.nat()),
        withhold: fc.infiniteStream(fc.nat(3)),
      });
      fc.assert(
        fc.property(start, steps, garbage, (from, taken, { order, withhold }) => {
          const { log } = hold(from, taken);
          const ranked = log.map((event) => ({ event, rank: order.next().value }));
          const shuffled = ranked.sort((a, b) => a.rank - b.rank).map(({ event }) => event);
          const partial = shuffled.map((event) => {
            if (withhold.next().value > 0) return event;
            const { data: _data, salt: _salt, ...envelope } = event;
            return envelope as LoggedEvent;
          });
          const state = fold(partial);
          expect(state.seq).toBe(partial.at(-1)?.seq ?? 0);
          expect(JSON.parse(JSON.stringify(state))).toEqual(state);
          attendanceFigures(state);
          summaryAt(partial.reduce(foldSummary, emptySummary), state.at);
          for (const vote of Object.values(state.votes)) voteProgress(vote);
        }),
        { numRuns },
      );
    },
    timeout,
  );

  test(
    'MEET3 commands to a state that fell apart are decided without a fault',
    () => {
      fc.assert(
        fc.property(start, steps, steps, fc.infiniteStream(fc.nat()), (from, taken, more, order) => {
          const broken = hold(from, taken);
          const ranked = broken.log.map((event) => ({ event, rank: order.next().value }));
          broken.state = fold(ranked.sort((a, b) => a.rank - b.rank).map(({ event }) => event));
          for (const step of more) {
            broken.pass(step.pause);
            const [actor, command] = commandOf(broken.state, step, broken.now);
            const decision = broken.give(actor, command);
            if (!decision.ok) expect(decision.refusal.code).not.toBe('internal');
          }
        }),
        { numRuns },
      );
    },
    timeout,
  );
});

describe('summaries', () => {
  test(
    'SUP6 folded event by event, gone on with from the middle, and looked at in between, they are the same',
    () => {
      forAllMeetings((from, taken) => {
        const { log, now } = hold(from, taken);
        const whole = log.reduce(foldSummary, emptySummary);
        const middle = Math.floor(log.length / 2);
        const half = log.slice(0, middle).reduce(foldSummary, emptySummary);
        // Looking changes nothing, whenever it is done.
        summaryAt(half, now + 3_600_000);
        const resumed = log
          .slice(middle)
          .reduce(foldSummary, JSON.parse(JSON.stringify(half)) as typeof half);
        expect(resumed).toEqual(whole);
        expect(summaryAt(resumed, now)).toEqual(summaryAt(whole, now));
        expect(JSON.parse(JSON.stringify(whole))).toEqual(whole);
      });
    },
    timeout,
  );

  test(
    'SUP6 what is carried on is what looking at the state afresh finds; since lies in the past',
    () => {
      let found = 0;
      forAllMeetings((from, taken) => {
        const { log } = hold(from, taken);
        let fold = emptySummary;
        for (const event of log) {
          fold = foldSummary(fold, event);
          const afresh = alarmsAfter(emptyMeeting, [], fold.state);
          const standing = alarmsAt(fold.state, fold.alarms, event.at);
          expect(standing.map(({ key }) => key)).toEqual(afresh.map(({ key }) => key));
          found += standing.length;
          const early = standing.filter(({ since }) => since > event.at);
          if (early.length > 0) expect(early).toEqual([]);
        }
      });
      expect(found).toBeGreaterThan(numRuns);
    },
    timeout,
  );

  test(
    'SUP6 a summary says of a vote how many, never what',
    () => {
      forAllMeetings((from, taken) => {
        const { log, now } = hold(from, taken);
        const said = JSON.stringify(summaryAt(log.reduce(foldSummary, emptySummary), now));
        for (const word of ['"inFavour"', '"against"', '"noOpinion"', 'Lý do']) {
          if (said.includes(word)) expect(said).not.toContain(word);
        }
      });
    },
    timeout,
  );
});
