import type { CommandType } from '@diemcau/shared/domain/commands.ts';

/** What somebody may be in a meeting, each alone. */
export type Part =
  | 'system'
  | 'chair'
  | 'clerk'
  | 'secretary'
  | 'deputy'
  | 'committee'
  | 'responsible'
  | 'teller'
  | 'member'
  | 'terminal'
  | 'superior';

const persons: readonly Part[] = [
  'chair',
  'clerk',
  'secretary',
  'deputy',
  'committee',
  'responsible',
  'teller',
  'member',
];
const speakers: readonly Part[] = [...persons, 'terminal', 'superior'];

/** Who is let through to which command, written from the domain's description, not from the product's table. */
export const allowed: { readonly [T in CommandType]: readonly Part[] } = {
  createMeeting: ['system'],
  summonMeeting: ['secretary', 'deputy'],
  postponeMeeting: ['secretary', 'deputy'],
  cancelMeeting: ['secretary', 'deputy'],
  nameOfficers: ['secretary', 'deputy', 'chair'],
  openMeeting: ['chair'],
  takeChair: ['secretary', 'deputy', 'committee'],
  // The clerk, and then only without a successor to the chair (CHAIR2).
  suspendMeeting: ['chair', 'clerk'],
  continueMeeting: ['chair'],
  interruptMeeting: ['chair', 'clerk', 'system'],
  announceAbsence: persons,
  answerAbsence: ['secretary', 'deputy'],
  registerGuest: ['chair', 'clerk'],
  dismissGuest: ['chair', 'clerk'],
  registerSuperior: ['chair', 'clerk'],
  dismissSuperior: ['chair', 'clerk'],
  stateNoGuests: ['chair', 'clerk'],
  writeOpinion: [...persons, 'superior'],
  readOpinion: ['chair', 'clerk'],
  reserveOpinion: persons,
  recordBallot: ['chair', 'clerk'],
  wordMinutes: ['clerk'],
  proposeSupplement: ['chair', 'clerk'],
  resumeMeeting: ['chair'],
  closeMeeting: ['chair'],
  sealRecord: ['chair', 'clerk'],
  openSite: ['system'],
  setSiteMethod: ['chair', 'clerk'],
  nameTeller: ['chair', 'clerk'],
  checkIn: persons,
  checkInAtSite: ['terminal'],
  recordAttendance: ['chair', 'clerk'],
  stepAway: persons,
  comeBack: persons,
  leaveMeeting: persons,
  confirmSiteRollCall: ['clerk', 'responsible', 'terminal'],
  completeRollCall: ['chair', 'clerk'],
  attendAsSuperior: ['superior'],
  leaveAsSuperior: ['superior'],
  followFigures: ['superior'],
  unfollowFigures: ['superior'],
  focusMeeting: ['superior'],
  messageChair: ['superior'],
  reportLines: ['system'],
  endGrace: ['system'],
  addAgendaItem: ['chair', 'secretary', 'deputy'],
  editAgendaItem: ['chair', 'secretary', 'deputy'],
  reorderAgenda: ['chair', 'secretary', 'deputy'],
  moveAgenda: ['chair'],
  markAgendaItem: ['chair'],
  askToSpeak: speakers,
  withdrawRequest: speakers,
  reorderQueue: ['chair'],
  grantFloor: ['chair'],
  endSpeech: speakers,
  setFreeDiscussion: ['chair'],
  openVote: ['chair', 'clerk'],
  castMark: speakers,
  moveElector: ['clerk'],
  enterCount: ['chair', 'clerk', 'responsible', 'teller', 'terminal'],
  confirmCount: [...persons, 'terminal'],
  reopenCount: ['chair', 'clerk'],
  closeVote: ['chair', 'clerk'],
  announceResult: ['chair', 'clerk'],
  annulVote: ['chair'],
};
