/** Success or a refusal with a closed code; the sentence for people stands in protocol/refusal-text.ts. */

export const refusalCodes = [
  // the door
  'malformed',
  'unauthenticated',
  'sessionEnded',
  'protocolTooOld',
  'tooManyRequests',
  'notFound',
  'notAllowed',
  'notOfThisMeeting',
  'notJoined',
  'notWatching',
  'attendsTooMany',
  'tooMany',
  'tryAgain',
  'livesElsewhere',
  'notSent',
  'outcomeUnknown',
  'internal',
  // accounts
  'wrongCredentials',
  'nameIsAmbiguous',
  'accountLocked',
  'codeInvalid',
  'pinWrong',
  'pinLocked',
  'pinNeeded',
  'pinNotSet',
  'loginTaken',
  'passwordTooWeak',
  'demoOnlyOnThisComputer',
  'alreadyExists',
  'importHasFaults',
  'fileNotReadable',
  // superiors
  'onOwnRoll',
  'notASuperior',
  'notAttended',
  'momentUnknown',
  'alreadySent',
  'dayIsPast',
  // meeting, chair, site
  'meetingExists',
  'meetingNotSummoned',
  'meetingBegun',
  'meetingNotOpen',
  'meetingSuspended',
  'meetingOver',
  'notSameDay',
  'chairStillPresent',
  'announceBefore',
  'absenceUnknown',
  'guestsRegistered',
  'minutesAdopted',
  'rollCallNotDone',
  'rollCallAlreadyDone',
  'siteRollCallMissing',
  'openVotesRemain',
  'minutesNotAdopted',
  'meetingNotClosed',
  'siteUnknown',
  'officeHolderUnknown',
  // attendance
  'personNotSummoned',
  'personExcluded',
  'ownCell',
  'siteWins',
  'notPresent',
  // vote
  'voteUnknown',
  'voteOpenAlready',
  'voteNotOpen',
  'voteClosed',
  'voteNotClosed',
  'voteAnnounced',
  'notAnElector',
  'countedByTeller',
  'notCountedByTeller',
  'countsDontAddUp',
  'countMissing',
  'countAlreadyConfirmed',
  'countNotEntered',
  'countChanged',
  'secondPersonNeeded',
  'tooEarlyToClose',
  'electorsUnreached',
  'resultNotAnnounced',
  'speakersWaiting',
  'showOfHandsNotAllowed',
  'emptyElectorate',
  'alreadyMarked',
  'candidateNeeded',
  'siteNotDark',
  'notInMinority',
  'alreadyReserved',
  'ballotNotAllowed',
  'ballotDoesntAddUp',
  'tooManyBallots',
  // speaking
  'alreadyInQueue',
  'queueChanged',
  'noGroup',
  'requestUnknown',
  // agenda
  'itemUnknown',
  'agendaChanged',
  'secretPaper',
  // media
  'mediaUnavailable',
  'mediaNotAllowed',
  'companionHasNoMedia',
  'inPersonOnly',
  'mediaRequestFailed',
] as const;

/** Every reason for which the product says no. Closed: a new one is added here and gets its sentences. */
export type RefusalCode = (typeof refusalCodes)[number];

/** Values that a refusal's sentence names (a site, a number of people, a rule's ID). */
export type RefusalParams = Readonly<Record<string, string | number>>;

export interface Refusal {
  readonly code: RefusalCode;
  readonly params?: RefusalParams;
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal };

/** @returns a successful result that carries `value`. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** @returns a refused result; `params` fill the gaps of the code's sentence. */
export function refused(
  code: RefusalCode,
  params?: RefusalParams,
): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: params ? { code, params } : { code } };
}
