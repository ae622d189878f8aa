import type { Actor } from '@diemcau/shared/domain/actor.ts';
import type { CommandType } from '@diemcau/shared/domain/commands.ts';
import { mayCommand, permissions, rolesOf } from '@diemcau/shared/domain/permissions.ts';
import { describe, expect, test } from 'vitest';
import { allowed, type Part } from '../support/permission-expectations.ts';
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
} as const satisfies Record<Part, Actor>;
type Name = keyof typeof actors;

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
