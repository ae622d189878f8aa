import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MeetingRoom } from '../../server/src/meeting/room.ts';
import { type Guest, startDoor, type TestDoor } from './support/door.ts';
import { newCommandId, person, site } from './support/material.ts';
import { as, done, summonedRoom } from './support/rooms.ts';

const onSite = (name: string) => ({ type: 'checkIn', place: { mode: 'onSite', site: site(name) } }) as const;
const proof = (code: string) => ({ kind: 'siteCode', code }) as const;
const refusal = (code: string) => ({ ok: false, code });
const slot = 15_000;

let door: TestDoor;
let room: MeetingRoom;

beforeEach(async () => {
  door = await startDoor();
  room = await summonedRoom(door);
  await done(room, as('chair'), { type: 'openMeeting' });
  // The beginning of a slot, so that each test knows how long its code has to live.
  door.clock.at = Math.ceil(door.clock.at / slot) * slot;
});
afterEach(async () => {
  await door.close();
  await door.remove();
});

async function hall(name = 'main'): Promise<Guest> {
  const terminal = await door.terminalEnters(room.meetingId, name);
  await terminal.join(room.meetingId);
  return terminal;
}

async function shown(terminal: Guest): Promise<{ code: string; expiresAt: number }> {
  const answer = await terminal.siteCode(room.meetingId);
  if (!answer.ok) throw new Error(answer.code);
  return answer.value;
}

async function enters(name: string): Promise<Guest> {
  const guest = await door.personEnters(name);
  await guest.join(room.meetingId);
  return guest;
}

const scan = (guest: Guest, code: string, at = 'main', id = newCommandId()) =>
  guest.command(room.meetingId, onSite(at), id, proof(code));
const attendance = (name: string) => room.state.attendance[person(name)];

describe('ATT4 the site’s rotating code', () => {
  test('ATT4 who scans it stands at the site, proven by the code and no longer by their word', async () => {
    const { code } = await shown(await hall());
    expect(await scan(await enters('an'), code)).toMatchObject({ ok: true });
    expect(attendance('an')).toMatchObject({
      presence: { mode: 'onSite', site: site('main') },
      source: 'code',
      provisional: true,
    });
    await (await enters('binh')).command(room.meetingId, onSite('main'));
    expect(attendance('binh')).toMatchObject({ source: 'self' });
  });

  test('ATT4 it may come with the join itself', async () => {
    const { code } = await shown(await hall());
    const an = await door.personEnters('an');
    const joined = await an.join(room.meetingId, onSite('main'), 'unwanted', proof(code));
    expect(joined).toMatchObject({ ok: true });
    expect(attendance('an')?.source).toBe('code');
    const binh = await door.personEnters('binh');
    expect(await binh.join(room.meetingId, onSite('main'), 'unwanted', proof('guessed-code'))).toMatchObject(
      refusal('codeInvalid'),
    );
    expect(attendance('binh')).toBeUndefined();
  });

  test('ATT4 it changes every 15 seconds, holds for one slot more, and a photograph of it is soon useless', async () => {
    const terminal = await hall();
    const first = await shown(terminal);
    expect(first.expiresAt - door.clock.at).toBe(slot);
    door.clock.at += slot - 1;
    expect(await shown(terminal)).toEqual(first);
    door.clock.at += 1;
    expect((await shown(terminal)).code).not.toBe(first.code);
    expect(await scan(await enters('an'), first.code)).toMatchObject({ ok: true });
    door.clock.at += slot - 1;
    expect(await scan(await enters('binh'), first.code)).toMatchObject({ ok: true });
    door.clock.at += 1;
    expect(await scan(await enters('cuc'), first.code)).toMatchObject(refusal('codeInvalid'));
    expect(attendance('cuc')).toBeUndefined();
  });

  test('ATT4 one person uses it once, others use the same one, a repeated command is no second use', async () => {
    const { code } = await shown(await hall());
    const an = await enters('an');
    const id = newCommandId();
    const receipt = await scan(an, code, 'main', id);
    expect(await scan(an, code, 'main', id)).toEqual(receipt);
    await an.command(room.meetingId, { type: 'leaveMeeting' });
    expect(await scan(an, code)).toMatchObject(refusal('codeInvalid'));
    expect(await scan(await enters('binh'), code)).toMatchObject({ ok: true });
    door.clock.at += slot;
    const next = await door.auth.presenceCodes.current(room.meetingId, site('main'));
    expect(await scan(an, next.code)).toMatchObject({ ok: true });
  });

  test('ATT4 a device that comes back minutes later gets its receipt, not a refusal', async () => {
    const { code } = await shown(await hall());
    const an = await door.personEnters('an');
    const id = newCommandId();
    const rejoin = {
      meetingId: room.meetingId,
      media: 'unwanted',
      checkIn: { id, command: onSite('main'), proof: proof(code) },
    };
    expect(await an.ask('join', rejoin)).toMatchObject({ ok: true });
    door.clock.at += 10 * 60_000;
    const again = await door.personEnters('an');
    expect(await again.ask('join', rejoin)).toMatchObject({ ok: true });
  });

  test('ATT4 the code of another site or meeting, or one made without the secret, proves nothing', async () => {
    await hall();
    const other = await shown(await hall('village'));
    const an = await enters('an');
    expect(await scan(an, other.code)).toMatchObject(refusal('codeInvalid'));
    const elsewhere = await summonedRoom(door);
    const foreign = door.auth.presenceCodes.current(elsewhere.meetingId, site('main'));
    expect(await scan(an, foreign.code)).toMatchObject(refusal('codeInvalid'));
    const forged = createHmac('sha256', 'another secret')
      .update(JSON.stringify([room.meetingId, 'main', Math.floor(door.clock.at / slot)]))
      .digest('base64url');
    expect(await scan(an, forged.slice(0, 12))).toMatchObject(refusal('codeInvalid'));
    expect(attendance('an')).toBeUndefined();
  });

  test('ATT4 only the site’s own terminal is told it, and only while the meeting is live', async () => {
    const terminal = await hall();
    expect(await (await enters('chair')).siteCode(room.meetingId)).toMatchObject(refusal('notAllowed'));
    const superior = await door.personEnters('superior');
    await superior.join(room.meetingId, { type: 'attendAsSuperior' });
    expect(await superior.siteCode(room.meetingId)).toMatchObject(refusal('notAllowed'));
    expect(await (await door.personEnters('an')).siteCode(room.meetingId)).toMatchObject(
      refusal('notJoined'),
    );
    await done(room, as('chair'), { type: 'interruptMeeting', reason: 'mất điện' });
    expect(await terminal.siteCode(room.meetingId)).toMatchObject(refusal('meetingNotOpen'));
  });

  test('ATT4 the proof goes with a check-in on site only, and never into the log', async () => {
    const { code } = await shown(await hall());
    const an = await enters('an');
    const remote = { type: 'checkIn', place: { mode: 'remote' } } as const;
    for (const command of [remote, { type: 'stepAway' } as const]) {
      expect(await an.command(room.meetingId, command, newCommandId(), proof(code))).toMatchObject({
        ...refusal('malformed'),
        params: { field: 'proof' },
      });
    }
    await scan(an, code);
    const logged = await door.log.read(room.meetingId, 0, 1_000);
    expect(JSON.stringify(logged)).toContain('attendanceChanged');
    expect(JSON.stringify(logged)).not.toContain(code);
  });

  test('ATT4 the code fits into the address of a coarse QR code', async () => {
    const { code } = await shown(await hall());
    expect(code).toMatch(/^[\w-]{12}$/);
  });
});
