import { electorsInRoom } from '@diemcau/shared/domain/ballots.ts';
import { attendanceOf, hasVote } from '@diemcau/shared/domain/presence.ts';
import { rollByName, sitesInOrder } from '@diemcau/shared/domain/selectors.ts';
import type { MeetingState, SiteState } from '@diemcau/shared/domain/state.ts';
import { add, noHands } from '@diemcau/shared/domain/tally.ts';
import { denominatorOf, need, passes, ruleOf } from '@diemcau/shared/domain/vote-rules.ts';
import type { BallotBox, VoteResult, VoteRuleId } from '@diemcau/shared/domain/vote-types.ts';
import type { PersonId, SiteId } from '@diemcau/shared/ids.ts';

export const boxFields = ['issued', 'returned', 'invalid', 'inFavour', 'against', 'noOpinion'] as const;
export type BoxField = (typeof boxFields)[number];

/** A box as it is being typed. */
export interface BoxDraft {
  readonly digits: { readonly [F in BoxField]: string };
  readonly certifiedBy: PersonId | null;
}

export const emptyBox: BoxDraft = {
  digits: { issued: '', returned: '', invalid: '', inFavour: '', against: '', noOpinion: '' },
  certifiedBy: null,
};

/** How a box stands while it is typed; only `ready` ones may be recorded (VOTE23). */
export type BoxCheck =
  | { readonly kind: 'unused' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'tooManyIssued'; readonly issued: number; readonly electors: number }
  | { readonly kind: 'tooManyReturned'; readonly issued: number; readonly returned: number }
  | { readonly kind: 'sumWrong'; readonly sum: number; readonly returned: number }
  | { readonly kind: 'noCertifier'; readonly sum: number; readonly returned: number }
  | { readonly kind: 'ready'; readonly sum: number; readonly returned: number; readonly box: BallotBox };

/** @returns the sites at which somebody could have a ballot, the main one first. */
export function ballotSites(state: MeetingState): readonly SiteState[] {
  return sitesInOrder(state).filter(({ id }) => electorsInRoom(state, id) > 0);
}

/** @returns who may certify the site's box: its electors, without who enters it. */
export function certifiersAt(
  state: MeetingState,
  site: SiteId,
  enteredBy: PersonId | null,
): readonly PersonId[] {
  return rollByName(state)
    .filter((entry) => {
      const { presence } = attendanceOf(state, entry.person);
      const here = presence.mode === 'onSite' && presence.site === site;
      return here && hasVote(entry) && entry.person !== enteredBy;
    })
    .map(({ person }) => person);
}

/** @returns whether what was typed for the site's box holds together. */
export function checkBox(state: MeetingState, site: SiteId, draft: BoxDraft | undefined): BoxCheck {
  if (!draft) return { kind: 'unused' };
  const { digits, certifiedBy } = draft;
  if (digits.issued === '' || digits.returned === '') return { kind: 'empty' };
  const number = (field: BoxField) => Number.parseInt(digits[field] || '0', 10);
  const [issued, returned] = [number('issued'), number('returned')];
  const electors = electorsInRoom(state, site);
  if (issued > electors) return { kind: 'tooManyIssued', issued, electors };
  if (returned > issued) return { kind: 'tooManyReturned', issued, returned };
  const figures = {
    invalid: number('invalid'),
    inFavour: number('inFavour'),
    against: number('against'),
    noOpinion: number('noOpinion'),
  };
  const sum = figures.invalid + figures.inFavour + figures.against + figures.noOpinion;
  if (sum !== returned) return { kind: 'sumWrong', sum, returned };
  if (certifiedBy === null) return { kind: 'noCertifier', sum, returned };
  return { kind: 'ready', sum, returned, box: { site, issued, returned, ...figures, certifiedBy } };
}

/** @returns the result that these boxes would have, to be read before it is recorded. */
export function ballotResult(state: MeetingState, id: VoteRuleId, boxes: readonly BallotBox[]): VoteResult {
  const rule = ruleOf(state, id);
  const denominator = denominatorOf(state, rule.denominator);
  const units = boxes.map(({ site, issued, inFavour, against, noOpinion }) => ({
    unit: site,
    counts: { inFavour, against, noOpinion, notVoted: issued - inFavour - against - noOpinion },
  }));
  const total = units.reduce((sum, { counts }) => add(sum, counts), noHands);
  return {
    units,
    total,
    denominator,
    need: need(rule.majority, denominator),
    passed: passes(rule.majority, total.inFavour, denominator),
  };
}
