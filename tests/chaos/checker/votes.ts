import type { Counts, VoteOpening, VoteResult } from '@diemcau/shared/domain/vote-types.ts';
import type { MeetingId, PersonId, VoteId } from '@diemcau/shared/ids.ts';
import type { Finding } from './findings.ts';
import type { StoredEvent, StoredLog } from './stored.ts';

/** A vote as this file counts it, from nothing but the stored events: not by the product's own fold. */
interface Counted {
  readonly opening: VoteOpening;
  readonly choices: Map<PersonId, keyof Counts>;
  readonly marked: Set<PersonId>;
  readonly entered: Map<string, Counts>;
  readonly confirmed: Set<string>;
  phase: 'open' | 'closed' | 'announced' | 'annulled';
}

/** What the votes of a log came to. */
export interface VoteTotals {
  readonly marks: number;
  readonly opened: number;
  readonly announced: number;
}

/** Counts every vote anew and compares: marks only of electors and only while open, totals as announced. */
export function checkVotes(log: StoredLog): {
  readonly findings: readonly Finding[];
  readonly totals: VoteTotals;
} {
  const findings: Finding[] = [];
  let [marks, opened, announced] = [0, 0, 0];
  for (const [meetingId, events] of log.events) {
    const votes = fold(events, (event, fault) => findings.push(finding(meetingId, event, fault)));
    marks += events.filter(({ type }) => type === 'choiceRecorded').length;
    opened += votes.length;
    announced += votes.filter(({ phase }) => phase === 'announced').length;
  }
  return { findings, totals: { marks, opened, announced } };
}

/** @returns every vote of a meeting's events as counted here, in the order of their openings. */
export function countVotes(
  events: readonly StoredEvent[],
): readonly { readonly id: VoteId; readonly phase: Counted['phase']; readonly total: Counts }[] {
  return fold(events, () => undefined).map((vote) => ({
    id: vote.opening.vote,
    phase: vote.phase,
    total: totalOf(vote),
  }));
}

function fold(
  events: readonly StoredEvent[],
  onFault: (event: StoredEvent, fault: string) => void,
): readonly Counted[] {
  const votes = new Map<VoteId, Counted>();
  for (const event of events) {
    const fault = take(votes, event);
    if (fault) onFault(event, fault);
  }
  return [...votes.values()];
}

function finding(meetingId: MeetingId, { seq, type }: StoredEvent, fault: string): Finding {
  return {
    promise: 'votes are counted right',
    detail: `meeting ${meetingId}, event ${seq} ${type}: ${fault}`,
  };
}

/** @returns what is wrong with the event; null for nothing. */
function take(votes: Map<VoteId, Counted>, { type, data }: StoredEvent): string | null {
  if (type === 'voteOpened') {
    const opening = data as unknown as VoteOpening;
    if (votes.has(opening.vote)) return 'opened twice';
    votes.set(opening.vote, {
      opening,
      choices: new Map(),
      marked: new Set(),
      entered: new Map(),
      confirmed: new Set(),
      phase: 'open',
    });
    return null;
  }
  const vote = votes.get(data.vote as VoteId);
  if (!vote) return 'vote' in data ? 'of no vote' : null;
  const person = data.person as PersonId;
  switch (type) {
    case 'voteMarked':
    case 'choiceRecorded': {
      if (vote.phase !== 'open') return 'after the vote was closed';
      if (!electors(vote, 'byName').includes(person)) return 'of nobody who may mark here';
      if (type === 'voteMarked') vote.marked.add(person);
      else if (!vote.marked.has(person)) return 'a choice without a mark';
      else vote.choices.set(person, data.choice as keyof Counts);
      return null;
    }
    case 'countEntered':
      if (vote.phase !== 'open') return 'after the vote was closed';
      vote.confirmed.delete(String(data.site));
      vote.entered.set(String(data.site), data.counts as unknown as Counts);
      return null;
    case 'countConfirmed':
      vote.confirmed.add(String(data.site));
      return null;
    case 'voteClosed': {
      if (vote.phase !== 'open') return 'closed twice';
      vote.phase = 'closed';
      const missing = electors(vote, 'byName').filter((elector) => !vote.choices.has(elector));
      return same(missing, data.notVoted as unknown as PersonId[]) ? null : 'others have not voted';
    }
    case 'voteTallied':
    case 'resultAnnounced': {
      if (vote.phase === 'announced') return 'announced twice';
      if (type === 'resultAnnounced') vote.phase = 'announced';
      return wrongTotal(vote, data.result as unknown as VoteResult);
    }
    case 'voteAnnulled':
      vote.phase = 'annulled';
      return null;
    default:
      return null;
  }
}

function electors({ opening }: Counted, method: 'byName' | 'byTeller'): readonly PersonId[] {
  return opening.units
    .filter((unit) => (unit.unit === 'remote' ? 'byName' : unit.method) === method)
    .flatMap((unit) => unit.electors);
}

function same(ours: readonly PersonId[], theirs: readonly PersonId[]): boolean {
  return ours.length === theirs.length && new Set([...ours, ...theirs]).size === ours.length;
}

const kinds = ['inFavour', 'against', 'noOpinion', 'notVoted'] as const;

function totalOf(vote: Counted): Counts {
  const counted = { inFavour: 0, against: 0, noOpinion: 0, notVoted: 0 };
  for (const choice of vote.choices.values()) counted[choice] += 1;
  counted.notVoted += electors(vote, 'byName').length - vote.choices.size;
  for (const counts of vote.entered.values()) for (const kind of kinds) counted[kind] += counts[kind];
  return counted;
}

function wrongTotal(vote: Counted, { total, passed }: VoteResult): string | null {
  for (const site of vote.entered.keys()) {
    if (!vote.confirmed.has(site)) return `the count of ${site} was never confirmed`;
  }
  const counted = totalOf(vote);
  for (const kind of kinds) {
    if (counted[kind] !== total[kind]) return `${kind} is ${counted[kind]}, not ${total[kind]}`;
  }
  return passed === counted.inFavour >= vote.opening.need ? null : 'passed is wrong';
}
