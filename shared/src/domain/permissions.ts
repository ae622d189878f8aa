import type { PersonId, SiteId } from '../ids.ts';
import type { Actor } from './actor.ts';
import type { CommandType } from './commands.ts';
import type { MeetingState } from './state.ts';

/** What somebody is in a meeting at this moment; one actor may be several. */
export type MeetingRole =
  | 'system'
  | 'terminal'
  | 'superior'
  | 'member'
  | 'cellSecretary'
  | 'deputySecretary'
  | 'chair'
  | 'minutesClerk'
  | 'deputyChair'
  | 'committeeMember'
  | 'siteResponsible'
  | 'teller';

const secretaries = ['cellSecretary', 'deputySecretary'] as const;
const officers = ['chair', 'minutesClerk'] as const;

/** Who may give which command. Finer conditions (an elector, the own site) are the command's own. */
export const permissions: { readonly [T in CommandType]: readonly MeetingRole[] } = {
  createMeeting: ['system'],
  summonMeeting: secretaries,
  postponeMeeting: secretaries,
  cancelMeeting: secretaries,
  nameOfficers: [...secretaries, 'chair'],
  takeChair: ['deputyChair', 'committeeMember', ...secretaries],
  openMeeting: ['chair'],
  // The clerk only without a successor to the chair: the command itself looks (CHAIR2).
  suspendMeeting: officers,
  continueMeeting: ['chair'],
  interruptMeeting: [...officers, 'system'],
  resumeMeeting: ['chair'],
  closeMeeting: ['chair'],
  sealRecord: officers,
  openSite: ['system'],
  setSiteMethod: officers,
  nameTeller: officers,
  checkIn: ['member'],
  checkInAtSite: ['terminal'],
  recordAttendance: officers,
  announceAbsence: ['member'],
  answerAbsence: secretaries,
  registerGuest: officers,
  dismissGuest: officers,
  stateNoGuests: officers,
  stepAway: ['member'],
  comeBack: ['member'],
  leaveMeeting: ['member'],
  confirmSiteRollCall: ['minutesClerk', 'siteResponsible', 'terminal'],
  completeRollCall: officers,
  attendAsSuperior: ['superior'],
  leaveAsSuperior: ['superior'],
  followFigures: ['superior'],
  unfollowFigures: ['superior'],
  focusMeeting: ['superior'],
  messageChair: ['superior'],
  registerSuperior: officers,
  dismissSuperior: officers,
  reportLines: ['system'],
  endGrace: ['system'],
  addAgendaItem: ['chair', ...secretaries],
  editAgendaItem: ['chair', ...secretaries],
  reorderAgenda: ['chair', ...secretaries],
  moveAgenda: ['chair'],
  markAgendaItem: ['chair'],
  askToSpeak: ['member', 'superior', 'terminal'],
  writeOpinion: ['member', 'superior'],
  readOpinion: officers,
  withdrawRequest: ['member', 'superior', 'terminal'],
  reorderQueue: ['chair'],
  grantFloor: ['chair'],
  endSpeech: ['chair', 'member', 'superior', 'terminal'],
  setFreeDiscussion: ['chair'],
  openVote: officers,
  castMark: ['member', 'superior', 'terminal'],
  moveElector: ['minutesClerk'],
  enterCount: [...officers, 'siteResponsible', 'teller', 'terminal'],
  confirmCount: ['member', 'terminal'],
  reopenCount: officers,
  closeVote: officers,
  announceResult: officers,
  annulVote: ['chair'],
  reserveOpinion: ['member'],
  recordBallot: officers,
  wordMinutes: ['minutesClerk'],
  proposeSupplement: officers,
};

function rolesOfPerson(state: MeetingState, person: PersonId): Set<MeetingRole> {
  const roles = new Set<MeetingRole>();
  const entry = state.roll[person];
  if (!entry) return roles;
  roles.add('member');
  if (entry.office) roles.add(entry.office);
  if (state.officers?.deputyChair === person) roles.add('deputyChair');
  if (state.officers?.chair === person) roles.add('chair');
  if (state.officers?.clerk === person) roles.add('minutesClerk');
  for (const site of Object.values(state.sites)) {
    if (site.responsible === person || site.terminal?.responsible === person) roles.add('siteResponsible');
    if (site.teller === person) roles.add('teller');
  }
  return roles;
}

/** @returns everything that the actor is in this meeting now. */
export function rolesOf(state: MeetingState, actor: Actor): ReadonlySet<MeetingRole> {
  switch (actor.kind) {
    case 'system':
      return new Set(['system']);
    case 'terminal':
      return new Set(state.sites[actor.site]?.terminal?.id === actor.terminal ? ['terminal'] : []);
    case 'superior':
      return new Set(['superior']);
    case 'person':
      return rolesOfPerson(state, actor.person);
  }
}

/** @returns whether one of the actor's roles may give the command at all. */
export function mayCommand(state: MeetingState, actor: Actor, type: CommandType): boolean {
  const roles = rolesOf(state, actor);
  return permissions[type].some((role) => roles.has(role));
}

/** @returns whether the person answers for the site: named responsible, or the one who opened it. */
export function isResponsibleFor(state: MeetingState, person: PersonId, site: SiteId): boolean {
  const found = state.sites[site];
  return found !== undefined && (found.responsible === person || found.terminal?.responsible === person);
}
