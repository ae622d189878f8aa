import type { Actor } from '@diemcau/shared/domain/actor.ts';
import type { CommandType } from '@diemcau/shared/domain/commands.ts';
import { mayCommand, permissions, rolesOf } from '@diemcau/shared/domain/permissions.ts';
import { describe, expect, test } from 'vitest';
import {
  by,
  chair,
  clerk,
  hybridMeeting,
  people,
  sites,
  strangers,
  superior,
  system,
  terminal,
} from './meeting-builder.ts';

/** Somebody who is nothing but this, in a meeting that the secretary neither chairs nor writes. */
const actors = {
  system,
  chair: by(people.an),
  clerk: by(people.binh),
  secretary: by(people.secretary),
  deputy: by(people.deputy),
  committee: by(people.committee),
  responsible: by(people.leader),
  teller: by(people.dung),
  member: by(people.cuong),
  terminal: terminal(sites.village),
  superior,
} as const satisfies Record<string, Actor>;
type Name = keyof typeof actors;

const persons: readonly Name[] = [
  'chair',
  'clerk',
  'secretary',
  'deputy',
  'committee',
  'responsible',
  'teller',
  'member',
];
const speakers: readonly Name[] = [...persons, 'terminal', 'superior'];

/** Who is let through to which command, written from the domain's description, not from the product's table. */
const allowed: { readonly [T in CommandType]: readonly Name[] } = {
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

function meetingOfAll() {
  const meeting = hybridMeeting();
  meeting.do(chair, 'nameTeller', { site: sites.school, person: people.dung });
  meeting.do(chair, 'nameOfficers', { chair: people.an, clerk: people.binh });
  // The secretary answered for the hall: another terminal ends that, so that each actor is one thing only.
  meeting.do(system, 'openSite', { site: sites.hall, terminal: 'may-khac', responsible: people.leader });
  return meeting;
}

const commands = Object.keys(allowed) as readonly CommandType[];
const names = Object.keys(actors) as readonly Name[];

describe('MEET2 permissions', () => {
  test('MEET2 the table names every command once', () => {
    expect([...commands].sort()).toEqual(Object.keys(permissions).sort());
  });

  describe.each(names)('of %s', (name) => {
    const { state } = meetingOfAll();
    test.each(commands)(`MEET2 ${name}: %s`, (type) => {
      // The secretary of the builder's cell is named as responsible for the hall as well.
      const alsoResponsible = name === 'secretary' && ['confirmSiteRollCall', 'enterCount'].includes(type);
      expect(mayCommand(state, actors[name], type)).toBe(allowed[type].includes(name) || alsoResponsible);
    });
  });

  test.each(commands)('MEET2 a stranger and an unknown terminal may not %s', (type) => {
    const { state } = meetingOfAll();
    expect(mayCommand(state, by(strangers.other), type)).toBe(false);
    const taken: Actor = {
      kind: 'terminal',
      site: sites.village,
      terminal: 'may-la',
      responsible: people.leader,
    };
    expect(mayCommand(state, taken, type)).toBe(false);
  });

  test('MEET2 refused by role before anything else is looked at', () => {
    const meeting = meetingOfAll();
    expect(
      meeting.refusal(by(people.cuong), 'closeVote', {
        vote: strangers.other as never,
        despiteUnreached: false,
      }).code,
    ).toBe('notAllowed');
  });

  test('MEET2 one person may be several things at once', () => {
    const roles = rolesOf(hybridMeeting().state, chair);
    expect([...roles].sort()).toEqual(['cellSecretary', 'chair', 'member', 'siteResponsible']);
    expect([...rolesOf(hybridMeeting().state, clerk)].sort()).toEqual(['member', 'minutesClerk']);
  });

  test('MEET2 an office of the cell opens no door of the chair’s', () => {
    const meeting = meetingOfAll();
    const close = {
      item: null,
      question: 'x',
      rule: 'resolution',
      purpose: 'motion',
      despiteWaiting: true,
    } as const;
    expect(meeting.refusal(by(people.secretary), 'openVote', close).code).toBe('notAllowed');
  });
});
