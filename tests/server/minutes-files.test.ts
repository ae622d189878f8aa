import type { Actor } from '@diemcau/shared/domain/actor.ts';
import type { Command } from '@diemcau/shared/domain/commands.ts';
import { asId, type CommandId, type MeetingId, type PersonId } from '@diemcau/shared/ids.ts';
import { minutesOfMeeting } from '@diemcau/shared/minutes/minutes.ts';
import { type RecordFile, recordFilePaths } from '@diemcau/shared/protocol/http.ts';
import { checkLog } from '@diemcau/shared/record/check-log.ts';
import { webDigest } from '@diemcau/shared/record/verify.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Draftsman } from '../../server/src/minutes/draftsman.ts';
import { linesOf, type Paper, paperOf } from '../../server/src/minutes/paper.ts';
import { playHalf } from '../support/example-meeting.ts';
import { pagesOf } from '../support/pdf-text.ts';
import { unzip } from '../support/unzip.ts';
import { openTestDoor, type TestDoor } from './support/http-app.ts';
import { settle, type Village } from './support/village.ts';

let door: TestDoor;
let village: Village;
let meetingId: MeetingId;
let commands = 0;

const files = Object.keys(recordFilePaths) as RecordFile[];

async function fetchFile(file: RecordFile, token: string | undefined, id: string = meetingId) {
  return door.app.inject({
    method: 'GET',
    url: recordFilePaths[file].replace(':meetingId', id),
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
}

async function room() {
  const found = await door.registry.room(meetingId);
  if (!found) throw new Error('there is no meeting');
  return found;
}

async function give(actor: Actor, command: Command): Promise<void> {
  const result = await (await room()).submit(actor, asId<CommandId>(`c${++commands}`), command);
  if (!result.ok) throw new Error(`${command.type}: ${result.refusal.code}`);
}

const by = (person: PersonId): Actor => ({ kind: 'person', person });

async function* linesOfText(text: string): AsyncGenerator<string> {
  yield* text.replace(/\n$/, '').split('\n');
}

beforeAll(async () => {
  door = await openTestDoor();
  village = await settle(door);
  const { own } = village;
  const created = await door.ask('createMeeting', {
    token: await door.tokenOf(own.secretary),
    body: {
      cellId: own.cellId,
      kind: 'regular',
      title: 'Sinh hoạt thường kỳ',
      startsAt: door.clock.at,
      sites: [{ siteId: own.mainSite, method: 'byName' }],
      clerkId: own.clerk,
    },
  });
  if (!created.value) throw new Error(created.text);
  meetingId = created.value.meetingId;
  await give(by(own.member), { type: 'announceAbsence', reason: 'Chăm mẹ ốm ở bệnh viện' });
  await give(by(own.secretary), { type: 'answerAbsence', person: own.member, answer: 'accepted' });
  await give(by(own.secretary), { type: 'openMeeting' });
  await give(by(own.secretary), { type: 'checkIn', place: { mode: 'remote' } });
  await give(by(own.clerk), { type: 'checkIn', place: { mode: 'remote' } });
  await give(by(own.clerk), { type: 'completeRollCall' });
});

afterAll(() => door.close());

describe('who may read the record of a meeting', () => {
  test.each(files)('%s: who may enter the meeting, and nobody else', async (file) => {
    const { own, strange } = village;
    const terminal = {
      kind: 'terminal',
      meetingId,
      siteId: own.mainSite,
      responsibleId: own.member,
    } as const;
    const refused: readonly (readonly [string | undefined, number, string])[] = [
      [undefined, 401, 'unauthenticated'],
      [(await door.auth.sessions.begin(terminal)).accessToken, 403, 'notAllowed'],
      [await door.tokenOf(own.suspended), 403, 'personExcluded'],
      [await door.tokenOf(strange.secretary), 403, 'notOfThisMeeting'],
      [await door.tokenOf(village.administrator), 403, 'notOfThisMeeting'],
      [await door.tokenOf(village.provinceAdministrator), 403, 'notOfThisMeeting'],
    ];
    for (const [token, status, code] of refused) {
      const answer = await fetchFile(file, token);
      expect(answer.statusCode).toBe(status);
      expect(answer.json()).toMatchObject({ code, message: expect.stringMatching(/\S/) });
      expect(answer.body).not.toContain('Trong');
    }
    for (const person of [own.member, own.clerk, own.secretary]) {
      const answer = await fetchFile(file, await door.tokenOf(person));
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.headers['content-disposition']).toMatch(
        /^attachment; filename="(bien-ban|nhat-ky)-\d{4}-\d\d-\d\d\.\w+"$/,
      );
    }
  });

  test.each(files)('%s: a meeting out of reach and one that is none answer alike', async (file) => {
    const token = await door.tokenOf(village.strange.secretary);
    const [real, none] = [await fetchFile(file, token), await fetchFile(file, token, 'khong-co')];
    expect(none.statusCode).toBe(real.statusCode);
    expect(none.json()).toEqual(real.json());
  });

  test('SUP1 a superior follows no live meeting by its papers unseen', async () => {
    const { superior: person } = village;
    const token = await door.tokenOf(person);
    for (const file of files) {
      expect((await fetchFile(file, token)).json()).toMatchObject({ code: 'notJoined' });
    }
    const actor: Actor = { kind: 'superior', person, name: 'Trần Thị Cấp Trên', office: 'Cán bộ Đảng ủy' };
    await give(actor, { type: 'attendAsSuperior' });
    for (const file of files) expect((await fetchFile(file, token)).statusCode).toBe(200);
    await give(actor, { type: 'leaveAsSuperior' });
    expect((await fetchFile('log', token)).json()).toMatchObject({ code: 'notJoined' });
  });
});

describe('MIN3 the log that is downloaded', () => {
  async function log(person: PersonId): Promise<string> {
    const answer = await fetchFile('log', await door.tokenOf(person));
    expect(answer.headers['content-type']).toBe('application/jsonl; charset=utf-8');
    return answer.body;
  }

  test('holds for every reader, whatever is withheld from them', async () => {
    const { own } = village;
    const reason = 'Chăm mẹ ốm';
    for (const [person, knows] of [
      [own.clerk, true],
      [own.secretary, true],
      [own.member, true],
    ] as const) {
      const text = await log(person);
      expect(text.includes(reason)).toBe(knows);
      const verdict = await checkLog(linesOfText(text), webDigest);
      expect(verdict).toMatchObject({ holds: true, withheld: 0, header: { head: (await room()).head } });
    }
    const other = await door.tokenOf(village.superior);
    const actor: Actor = {
      kind: 'superior',
      person: village.superior,
      name: 'Trần Thị Cấp Trên',
      office: '',
    };
    await give(actor, { type: 'attendAsSuperior' });
    const text = (await fetchFile('log', other)).body;
    expect(text).not.toContain(reason);
    expect(await checkLog(linesOfText(text), webDigest)).toMatchObject({ holds: true, withheld: 3 });
  });

  test('a long log comes whole, page after page', async () => {
    const clerk = by(village.own.clerk);
    const wordings = Array.from({ length: 1_200 }, (_, index) =>
      give(clerk, { type: 'wordMinutes', part: 'conclusion', text: `Bản thảo lần ${index}` }),
    );
    await Promise.all(wordings);
    const { head } = await room();
    const verdict = await checkLog(linesOfText(await log(village.own.clerk)), webDigest);
    expect(verdict).toMatchObject({ holds: true, events: head.seq, header: { head } });
    expect(head.seq).toBeGreaterThan(1_200);
  });
});

describe('MIN4 minutes as files', () => {
  test('are the minutes of this moment, drawn once for all who ask', async () => {
    const { state, head } = await room();
    const minutes = minutesOfMeeting(state, head, state.at);
    if (!minutes) throw new Error('there are no minutes');
    const paper = paperOf(minutes);
    const token = await door.tokenOf(village.own.member);
    const docx = await fetchFile('docx', token);
    expect(docx.headers['content-type']).toContain('wordprocessingml.document');
    expect(unzip(docx.rawPayload).get('word/document.xml')).toContain(paper.subject);
    const pdf = await fetchFile('pdf', token);
    expect(pdf.headers['content-type']).toBe('application/pdf');
    const page = pagesOf(pdf.rawPayload)[0]?.text.replace(/\s/g, '') ?? '';
    expect(page.startsWith(linesOf(paper).slice(0, 7).join('').replace(/\s/g, ''))).toBe(true);
    expect(page).toContain(head.hash);
    const again = await fetchFile('pdf', await door.tokenOf(village.own.clerk));
    expect(again.rawPayload.equals(pdf.rawPayload)).toBe(true);
  });

  test('are drawn anew after the next event', async () => {
    const token = await door.tokenOf(village.own.clerk);
    const before = await fetchFile('docx', token);
    await give(by(village.own.clerk), {
      type: 'wordMinutes',
      part: 'conclusion',
      text: 'Kết luận khác hẳn.',
    });
    const after = await fetchFile('docx', token);
    expect(unzip(before.rawPayload).get('word/document.xml')).not.toContain('Kết luận khác hẳn.');
    expect(unzip(after.rawPayload).get('word/document.xml')).toContain('Kết luận khác hẳn.');
  });
});

describe('the draftsman', () => {
  function somePaper(): Paper {
    const { state, head } = playHalf();
    const minutes = minutesOfMeeting(state, head, state.at);
    if (!minutes) throw new Error('there are no minutes');
    return paperOf(minutes);
  }

  test('takes no more than a bounded number of orders at once', async () => {
    const draftsman = new Draftsman();
    const paper = somePaper();
    const orders = Array.from({ length: 14 }, (_, index) =>
      draftsman.draw(`${index}`, { paper, format: 'docx' }),
    );
    expect(orders.filter((order) => order === null)).toHaveLength(2);
    const settled = Promise.allSettled(orders);
    await draftsman.close();
    expect((await settled).some(({ status }) => status === 'rejected')).toBe(true);
    expect(draftsman.draw('late', { paper, format: 'docx' })).toBeNull();
  });

  test('a drawing that fails is told, and the next one succeeds', async () => {
    const draftsman = new Draftsman();
    const paper = somePaper();
    const broken = { ...paper, blocks: [{ kind: 'section', text: Symbol.iterator.description }, null] };
    const failed = draftsman.draw('broken', { paper: broken as unknown as Paper, format: 'docx' });
    await expect(failed).rejects.toThrow();
    const drawn = await draftsman.draw('whole', { paper, format: 'docx' });
    expect(drawn?.length).toBeGreaterThan(1_000);
    await draftsman.close();
  });
});
