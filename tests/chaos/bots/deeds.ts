import type { MeetingState, VoteState } from '@diemcau/shared/domain/state.ts';
import type { Choice } from '@diemcau/shared/domain/vote-types.ts';
import type { SiteId } from '@diemcau/shared/ids.ts';
import type { Seeded } from '../seeded.ts';
import { type Deed, openVoteOf } from './role.ts';

const choices: readonly Choice[] = ['inFavour', 'against', 'noOpinion'];

/** How often (0 to 1) a member without a vote to mark asks to speak, and marks a vote that is closed already. */
const often = { speaks: 0.06, withdraws: 0.2, late: 0.03 } as const;

/** A member marks the open vote again and again, asks to speak now and then, and is sometimes too late. */
export const memberDeed: Deed = (state, { person, chance }) => {
  const vote = openVoteOf(state);
  const unit = vote?.units.find(({ electors }) => electors.includes(person));
  if (vote && unit && (unit.method === 'byName' || unit.unit === 'remote')) {
    return { type: 'castMark', vote: vote.opening.vote, choice: chance.pick(choices) };
  }
  const last = state.voteOrder.at(-1);
  if (last !== undefined && chance.happens(often.late)) {
    return { type: 'castMark', vote: last, choice: chance.pick(choices) };
  }
  const waiting = state.speaking.queue.find((request) => request.person === person);
  if (waiting)
    return chance.happens(often.withdraws) ? { type: 'withdrawRequest', request: waiting.id } : null;
  return chance.happens(often.speaks) ? { type: 'askToSpeak', kind: 'speech' } : null;
};

/** The teller of a hall enters the four numbers of its unit once, so that they add up. */
export function tellerDeed(site: SiteId): Deed {
  return (state, { chance }) => {
    const vote = openVoteOf(state);
    const unit = vote?.units.find((one) => one.unit === site);
    if (!vote || !unit || vote.counts[site]) return null;
    const counts = split(unit.electors.length, chance);
    return { type: 'enterCount', vote: vote.opening.vote, site, counts };
  };
}

function split(electors: number, chance: Seeded) {
  const inFavour = chance.between(0, electors + 1);
  const against = chance.between(0, electors - inFavour + 1);
  const noOpinion = chance.between(0, electors - inFavour - against + 1);
  return { inFavour, against, noOpinion, notVoted: electors - inFavour - against - noOpinion };
}

export interface ChairWish {
  /** How many marks an open vote gets at least before it is closed; each mark again counts. */
  readonly marks: () => number;
  /** Whether a new vote is opened when none is open. */
  readonly opens: () => boolean;
}

/** The chair confirms counts, closes and announces votes, opens the next one, and lets speak in between. */
export function chairDeed(wish: ChairWish): Deed {
  let marksBefore = -1;
  let opened: string | null = null;
  let number = 0;
  return (state) => {
    const vote = openVoteOf(state);
    if (vote) {
      if (opened !== vote.opening.vote) {
        opened = vote.opening.vote;
        marksBefore = state.seq;
      }
      // Two events a mark at most; the least that may close is all that is needed here.
      return state.seq - marksBefore >= wish.marks() || !wish.opens() ? closing(vote) : confirming(vote);
    }
    const undecided = state.voteOrder.findLast((id) => state.votes[id]?.phase === 'closed');
    if (undecided !== undefined) return { type: 'announceResult', vote: undecided };
    const speaking = speechDeed(state);
    if (speaking) return speaking;
    if (!wish.opens()) return null;
    number += 1;
    return {
      type: 'openVote',
      item: null,
      question: `Thông qua nội dung ${number}`,
      rule: 'resolution',
      purpose: 'motion',
      despiteWaiting: true,
    };
  };
}

function confirming(vote: VoteState) {
  for (const unit of vote.units) {
    if (unit.unit === 'remote' || unit.method === 'byName') continue;
    const count = vote.counts[unit.unit];
    if (count && count.confirmedBy === null && count.sum === 'addsUp') {
      return { type: 'confirmCount', vote: vote.opening.vote, site: unit.unit } as const;
    }
  }
  return null;
}

function closing(vote: VoteState) {
  const counted = vote.units.every(
    ({ unit, method }) => unit === 'remote' || method === 'byName' || vote.counts[unit]?.confirmedBy,
  );
  if (!counted) return confirming(vote);
  return { type: 'closeVote', vote: vote.opening.vote, despiteUnreached: true } as const;
}

function speechDeed({ speaking: { speech, queue } }: MeetingState) {
  if (speech) return { type: 'endSpeech', request: speech.request.id } as const;
  const [first] = queue;
  return first ? ({ type: 'grantFloor', request: first.id, seconds: 60 } as const) : null;
}
