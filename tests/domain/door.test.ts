import { systemCommandTypes, wallCommandTypes } from '@diemcau/shared/domain/commands.ts';
import { permissions } from '@diemcau/shared/domain/permissions.ts';
import { clientCommand, commandId, meetingId, personId, siteId } from '@diemcau/shared/protocol/commands.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { by, opened, people } from './meeting-builder.ts';

describe('the door for commands', () => {
  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'a b', 'ă', 'x'.repeat(65)])(
    '%j is no identifier',
    (text) => {
      for (const schema of [personId, siteId, meetingId, commandId]) {
        expect(schema.safeParse(text).success).toBe(false);
      }
      expect(clientCommand.safeParse({ type: 'checkInAtSite', person: text }).success).toBe(false);
    },
  );

  test.each(systemCommandTypes)('%s is the system’s own and never parsed from outside', (type) => {
    expect(permissions[type]).toEqual(['system']);
    expect(clientCommand.safeParse({ type }).success).toBe(false);
  });

  test.each(wallCommandTypes)(
    '%s is the wall’s, in a superior’s name, and never parsed from outside',
    (type) => {
      expect(permissions[type]).toEqual(['superior']);
      for (const rest of [{}, { state: 'on' }, { text: 'Lời nhắn', to: ['Chi bộ'] }]) {
        expect(clientCommand.safeParse({ type, ...rest }).success).toBe(false);
      }
    },
  );

  test.each([
    ['a field too many', { type: 'checkIn', place: { mode: 'remote' }, person: 'an' }],
    ['another’s name', { type: 'stepAway', by: 'an' }],
    [
      'a negative count',
      {
        type: 'enterCount',
        vote: 'v',
        site: 's',
        counts: { inFavour: -1, against: 0, noOpinion: 0, notVoted: 4 },
      },
    ],
    [
      'half a person',
      {
        type: 'enterCount',
        vote: 'v',
        site: 's',
        counts: { inFavour: 0.5, against: 0, noOpinion: 0, notVoted: 2.5 },
      },
    ],
    [
      'three numbers',
      { type: 'enterCount', vote: 'v', site: 's', counts: { inFavour: 1, against: 1, noOpinion: 1 } },
    ],
    ['not voted as a choice', { type: 'castMark', vote: 'v', choice: 'notVoted' }],
    ['U+0000 in a reason', { type: 'suspendMeeting', reason: 'a\u0000b' }],
    ['a lone surrogate', { type: 'suspendMeeting', reason: 'a\ud800' }],
    ['an empty reason', { type: 'suspendMeeting', reason: '   ' }],
    ['an unknown command', { type: 'giveMeTheChair' }],
  ])('refuses %s', (_, command) => {
    expect(clientCommand.safeParse(command).success).toBe(false);
  });

  test('whatever JSON comes in is parsed or refused without a fault, and what is parsed is decided', () => {
    fc.assert(
      fc.property(
        fc.record({ type: fc.constantFrom(...Object.keys(permissions)) }),
        fc.dictionary(
          fc.constantFrom(
            'vote',
            'site',
            'person',
            'place',
            'entry',
            'reason',
            'choice',
            'counts',
            'order',
            'to',
            'request',
          ),
          fc.jsonValue(),
        ),
        (type, rest) => {
          const parsed = clientCommand.safeParse({ ...rest, ...type });
          if (parsed.success) opened().give(by(people.secretary), parsed.data);
        },
      ),
      { numRuns: 300 },
    );
  });
});
