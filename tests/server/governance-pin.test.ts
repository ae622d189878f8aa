import type { SiteId, VoteId } from '@diemcau/shared/ids.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MeetingRoom } from '../../server/src/meeting/room.ts';
import { type Guest, startDoor, type TestDoor } from './support/door.ts';
import { newCommandId, person, site } from './support/material.ts';
import { as, done, openVote, summonedRoom } from './support/rooms.ts';

const village: SiteId = site('village');
const pin = (who: string, digits: string) => ({ kind: 'pin', personId: person(who), pin: digits }) as const;
const refusal = (code: string) => ({ ok: false, code });
const people = ['chair', 'clerk', 'an', 'binh', 'cuc', 'dung'];

let door: TestDoor;
let room: MeetingRoom;
let vote: VoteId;
let laptop: Guest;

/** The clerk is alone in the hall with one laptop: everybody's hands there have been counted by the clerk. */
beforeEach(async () => {
  door = await startDoor();
  room = await summonedRoom(door);
  await done(room, as('chair'), { type: 'openMeeting' });
  for (const name of people) {
    const entry = { mode: 'onSite', site: village } as const;
    await done(room, as('clerk'), { type: 'recordAttendance', person: person(name), entry });
  }
  await done(room, as('clerk'), { type: 'completeRollCall' });
  vote = await openVote(room);
  const counts = { inFavour: 5, against: 0, noOpinion: 1, notVoted: 0 };
  await done(room, as('clerk'), { type: 'enterCount', vote, site: village, counts });
  await door.auth.pins.set(person('chair'), '2468');
  laptop = await door.personEnters('clerk');
  await laptop.join(room.meetingId);
});
afterEach(async () => {
  await door.close();
  await door.remove();
});

const confirm = () => ({ type: 'confirmCount', vote, site: village }) as const;
const confirmedBy = () => room.state.votes[vote]?.counts[village]?.confirmedBy;

async function confirmWith(who: string, digits: string, guest: Guest = laptop, id = newCommandId()) {
  return guest.command(room.meetingId, confirm(), id, pin(who, digits));
}

describe('VOTE7 a second person confirms the count by PIN', () => {
  test('VOTE7 on the clerk’s laptop the chair confirms with an own PIN, and stands in the log as who did it', async () => {
    expect(await laptop.command(room.meetingId, confirm())).toMatchObject(refusal('secondPersonNeeded'));
    expect(await confirmWith('chair', '2468')).toMatchObject({ ok: true });
    expect(confirmedBy()).toBe('chair');
    const logged = await door.log.read(room.meetingId, 0, 1_000);
    const last = logged.at(-1);
    expect(last?.type).toBe('countConfirmed');
    expect(JSON.parse(last?.data ?? '')).toMatchObject({ by: { kind: 'person', person: 'chair' } });
    // Four digits stand in a hash by chance now and then; the PIN would stand by itself.
    expect(JSON.stringify(logged)).not.toMatch(/(?<![0-9a-f])2468(?![0-9a-f])/);
  });

  test('VOTE7 it works at the hall’s terminal too, and sent again it gives the same receipt', async () => {
    const terminal = await door.terminalEnters(room.meetingId, 'village');
    await terminal.join(room.meetingId);
    expect(await terminal.command(room.meetingId, confirm())).toMatchObject(refusal('secondPersonNeeded'));
    const id = newCommandId();
    const receipt = await confirmWith('chair', '2468', terminal, id);
    expect(receipt).toMatchObject({ ok: true });
    expect(await confirmWith('chair', '2468', terminal, id)).toEqual(receipt);
  });

  test('VOTE18 who entered the count does not confirm it, by PIN neither; who else may stays the domain’s', async () => {
    await door.auth.pins.set(person('clerk'), '1357');
    await door.auth.pins.set(person('an'), '1357');
    expect(await confirmWith('clerk', '1357')).toMatchObject(refusal('secondPersonNeeded'));
    expect(await confirmWith('an', '1357')).toMatchObject(refusal('notAllowed'));
    expect(confirmedBy()).toBeNull();
  });

  test('VOTE7 a wrong PIN, a person without one and a person who is none answer alike', async () => {
    const answers = [
      await confirmWith('chair', '2469'),
      await confirmWith('binh', '2468'),
      await confirmWith('nobody-at-all', '2468'),
    ];
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject(refusal('pinWrong'));
    expect(confirmedBy()).toBeNull();
  });

  test('VOTE7 after a few wrong ones the PIN is locked for a while, also for many sent at once', async () => {
    const guesses = await Promise.all(
      Array.from({ length: 40 }, (_, index) => confirmWith('chair', String(1000 + index))),
    );
    const wrong = guesses.filter((answer) => !answer.ok && answer.code === 'pinWrong');
    const locked = guesses.filter((answer) => !answer.ok && answer.code === 'pinLocked');
    expect([wrong.length, locked.length]).toEqual([5, 35]);
    expect(locked[0]).toMatchObject({ params: { seconds: 30 } });
    expect(await confirmWith('chair', '2468')).toMatchObject(refusal('pinLocked'));
    door.clock.at += 31_000;
    expect(await confirmWith('chair', '2468')).toMatchObject({ ok: true });
  });

  test('VOTE7 the PIN goes with the confirmation of a count and with nothing else', async () => {
    const mark = { type: 'castMark', vote, choice: 'against' } as const;
    const close = { type: 'closeVote', vote, despiteUnreached: true } as const;
    for (const command of [mark, close]) {
      const answer = await laptop.command(room.meetingId, command, newCommandId(), pin('chair', '2468'));
      expect(answer).toMatchObject({ ...refusal('malformed'), params: { field: 'proof' } });
    }
    const superior = await door.personEnters('superior');
    await superior.join(room.meetingId, { type: 'attendAsSuperior' });
    expect(await confirmWith('chair', '2468', superior)).toMatchObject(refusal('notAllowed'));
    expect(confirmedBy()).toBeNull();
  });

  test('VOTE7 PINs are kept as argon2id hashes', async () => {
    const rows = await door.db.selectFrom('pins').selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(rows[0]?.hash).toMatch(/^\$argon2id\$/);
  });
});
