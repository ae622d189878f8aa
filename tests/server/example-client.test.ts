import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { asId, type CommandId } from '@diemcau/shared/ids.ts';
import type { DemoPart } from '@diemcau/shared/protocol/http.ts';
import type { Answer } from '@diemcau/shared/protocol/socket.ts';
import { protocolVersion } from '@diemcau/shared/protocol/version.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Api } from '../../client/src/net/api.ts';
import { type Product, startProduct } from '../support/product.ts';
import { Guest } from './support/door.ts';

const example = fileURLToPath(new URL('../../shared/examples/attendant.ts', import.meta.url));
const account = { login: 'nguoi du hop', password: 'mat khau cua toi 1' };

let product: Product;
let api: Api;
let chair: Guest;
let child: ChildProcess | undefined;

function granted<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(`${answer.code}: ${answer.message}`);
  return answer.value;
}

/** Enters as the first of the demonstration's people who take this part. */
async function enterAs(part: DemoPart) {
  const { groups } = granted(await api.call('demo', {}, 'nobody'));
  const entry = groups.find((group) => group.part === part)?.entries[0];
  if (entry?.enterAs.kind !== 'person') throw new Error(`nobody is ${part}`);
  const body = { enterAs: entry.enterAs, slot: part };
  const { accessToken: token } = granted(await api.call('demoLogin', { body }, 'nobody'));
  return { token, personId: entry.enterAs.personId };
}

/** Starts the example. @returns a function that waits until it has printed what matches. */
function runExample(): (wanted: RegExp) => Promise<string> {
  const printed: string[] = [];
  child = spawn(process.execPath, [example, product.url, account.login, account.password]);
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => printed.push(String(text)));
  return async (wanted) => {
    for (let tries = 0; tries < 400; tries += 1) {
      const line = printed.join('').match(wanted)?.[0];
      if (line) return line;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`not printed: ${wanted}\n${printed.join('')}`);
  };
}

beforeAll(async () => {
  product = await startProduct();
  api = new Api({ url: product.url, language: () => 'vi' });
});

afterAll(async () => {
  child?.kill();
  chair?.socket.disconnect();
  await product?.stop();
});

test('the example client signs in, enters, is given a receipt and tells what happens', async () => {
  const [secretary, member] = [await enterAs('chair'), await enterAs('member')];
  const [meeting] = granted(await api.call('home', {}, secretary)).now;
  if (!meeting) throw new Error('no meeting is on');
  const issue = { params: { cellId: meeting.cellId }, body: { personIds: [member.personId] } };
  const [printed] = granted(await api.call('issueCodes', issue, secretary)).codes;
  const activation = { code: printed?.code ?? '', ...account, slot: 'main' };
  granted(await api.call('activate', { body: activation }, 'nobody'));

  chair = new Guest(product.url, { token: secretary.token, protocol: protocolVersion, language: 'vi' });
  const place = { mode: 'remote' } as const;
  granted(await chair.join(meeting.id, { type: 'checkIn', place }));
  granted(await chair.command(meeting.id, { type: 'openMeeting' }));

  const prints = runExample();
  await prints(/joined as .+ at \d+/);
  const [, seq, hash] = (await prints(/receipt \d+ [0-9a-f]{64}/)).split(' ');
  await chair.reaches(Number(seq));
  const request = chair.events.find((event) => event.seq === Number(seq));
  expect(request).toMatchObject({ type: 'floorRequested', hash });
  expect(request?.data).toMatchObject({ request: { person: member.personId } });

  await prints(new RegExp(`${seq} floorRequested \\{.*"person":"${member.personId}"`));
  const excused = { mode: 'absentExcused', reason: 'Ốm nặng' } as const;
  const noted = await chair.command(
    meeting.id,
    { type: 'recordAttendance', person: secretary.personId, entry: excused },
    asId<CommandId>('lenh-cuoi'),
  );
  const { seq: last } = granted(noted);
  expect(await prints(new RegExp(`${last} absenceReasonNoted .*`))).toBe(
    `${last} absenceReasonNoted (not for us)`,
  );
});
