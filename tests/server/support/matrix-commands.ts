import type { CommandType } from '@diemcau/shared/domain/commands.ts';
import { asId, type PersonId, type SiteId } from '@diemcau/shared/ids.ts';
import {
  type ClientCommand,
  type ClientCommandType,
  clientCommand,
} from '@diemcau/shared/protocol/commands.ts';

/** What the samples name. */
export interface Named {
  readonly site: SiteId;
  readonly person: PersonId;
}

const nothing = asId<never>('khong-co');
const reason = 'Bão';
const counts = { inFavour: 1, against: 0, noOpinion: 0, notVoted: 0 };
const item = {
  title: 'Việc khác',
  kind: 'other',
  presenter: null,
  minutes: 5,
  draftDecision: null,
} as const;

/** One of each command, well formed; whether there is such a vote or item is asked only after the right to ask. */
export function sampleCommands({ site, person }: Named): {
  readonly [T in ClientCommandType]: Extract<ClientCommand, { type: T }>;
} {
  return {
    summonMeeting: { type: 'summonMeeting' },
    postponeMeeting: { type: 'postponeMeeting', startsAt: 1, reason },
    cancelMeeting: { type: 'cancelMeeting', reason },
    nameOfficers: { type: 'nameOfficers', clerk: person },
    openMeeting: { type: 'openMeeting' },
    suspendMeeting: { type: 'suspendMeeting', reason },
    continueMeeting: { type: 'continueMeeting' },
    interruptMeeting: { type: 'interruptMeeting', reason },
    resumeMeeting: { type: 'resumeMeeting' },
    closeMeeting: { type: 'closeMeeting' },
    sealRecord: { type: 'sealRecord' },
    setSiteMethod: { type: 'setSiteMethod', site, method: 'byName' },
    nameTeller: { type: 'nameTeller', site, person },
    checkIn: { type: 'checkIn', place: { mode: 'remote' } },
    checkInAtSite: { type: 'checkInAtSite', person },
    recordAttendance: { type: 'recordAttendance', person, entry: { mode: 'remote' } },
    takeChair: { type: 'takeChair' },
    announceAbsence: { type: 'announceAbsence', reason },
    answerAbsence: { type: 'answerAbsence', person, answer: 'accepted' },
    registerGuest: { type: 'registerGuest', name: 'Khách', office: 'Trưởng thôn' },
    dismissGuest: { type: 'dismissGuest', guest: nothing },
    stateNoGuests: { type: 'stateNoGuests' },
    stepAway: { type: 'stepAway' },
    comeBack: { type: 'comeBack' },
    leaveMeeting: { type: 'leaveMeeting' },
    confirmSiteRollCall: { type: 'confirmSiteRollCall', site },
    completeRollCall: { type: 'completeRollCall' },
    attendAsSuperior: { type: 'attendAsSuperior' },
    leaveAsSuperior: { type: 'leaveAsSuperior' },
    registerSuperior: { type: 'registerSuperior', name: 'Cán bộ', office: 'Phó ban', person: null, site },
    dismissSuperior: { type: 'dismissSuperior', id: nothing },
    addAgendaItem: { type: 'addAgendaItem', item, after: null },
    editAgendaItem: { type: 'editAgendaItem', item: nothing, changes: item },
    reorderAgenda: { type: 'reorderAgenda', order: [nothing] },
    moveAgenda: { type: 'moveAgenda', to: null, leaveAs: 'done' },
    markAgendaItem: { type: 'markAgendaItem', item: nothing, state: 'skipped' },
    askToSpeak: { type: 'askToSpeak', kind: 'speech' },
    writeOpinion: { type: 'writeOpinion', text: 'Ý kiến' },
    readOpinion: { type: 'readOpinion', request: nothing },
    withdrawRequest: { type: 'withdrawRequest', request: nothing },
    reorderQueue: { type: 'reorderQueue', order: [nothing] },
    grantFloor: { type: 'grantFloor', request: nothing, seconds: null },
    endSpeech: { type: 'endSpeech', request: nothing },
    setFreeDiscussion: { type: 'setFreeDiscussion', state: 'on' },
    openVote: {
      type: 'openVote',
      item: null,
      question: 'Thông qua?',
      rule: 'procedural',
      purpose: 'motion',
      despiteWaiting: false,
    },
    castMark: { type: 'castMark', vote: nothing, choice: 'inFavour' },
    moveElector: { type: 'moveElector', vote: nothing, person, to: 'remote' },
    enterCount: { type: 'enterCount', vote: nothing, site, counts },
    confirmCount: { type: 'confirmCount', vote: nothing, site },
    reopenCount: { type: 'reopenCount', vote: nothing, site, reason },
    closeVote: { type: 'closeVote', vote: nothing, despiteUnreached: false },
    announceResult: { type: 'announceResult', vote: nothing },
    annulVote: { type: 'annulVote', vote: nothing, reason },
    reserveOpinion: { type: 'reserveOpinion', vote: nothing, text: 'Bảo lưu' },
    recordBallot: {
      type: 'recordBallot',
      item: null,
      rule: 'election',
      question: 'Bầu?',
      candidate: null,
      boxes: [],
    },
    wordMinutes: { type: 'wordMinutes', part: 'opening', text: 'Lời văn' },
    proposeSupplement: { type: 'proposeSupplement', meeting: nothing, title: 'Bổ sung', text: 'Lời văn' },
  };
}

/** Given before the opening, for afterwards who may give them is no longer asked, or another. */
export const beforeOpening: ReadonlySet<CommandType> = new Set<CommandType>([
  'summonMeeting',
  'postponeMeeting',
  'cancelMeeting',
  'nameOfficers',
  'openMeeting',
  'announceAbsence',
  'addAgendaItem',
  'editAgendaItem',
  'reorderAgenda',
]);

/** Every command that a client may give, as the door's schema knows them. */
export const clientCommandTypes = clientCommand.options.map(
  (option) => [...option._zod.def.shape.type._zod.def.values][0] as ClientCommandType,
);
