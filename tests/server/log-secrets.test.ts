import { asId, type MeetingId } from '@diemcau/shared/ids.ts';
import { protocolVersion } from '@diemcau/shared/protocol/version.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../support/api.ts';
import { type Product, startProduct } from '../support/product.ts';
import { Guest } from './support/door.ts';
import { newCommandId } from './support/material.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct({ LOG_LEVEL: 'trace' });
});
afterAll(() => product.stop());

/** A number that stands in nothing but what must stay secret. */
const mark = '731954';

async function post(path: string, body: unknown, token?: string): Promise<Response> {
  return fetch(product.url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

async function enterAs(part: string): Promise<{ token: string; cookie: string; meetingId: MeetingId }> {
  const { groups } = await call(product.url, 'demo', {});
  const entry = groups.find((group) => group.part === part)?.entries[0];
  if (!entry) throw new Error(`nobody is offered as ${part}`);
  const answer = await post('/api/demo/login', { enterAs: entry.enterAs });
  const cookie = /diemcau_main=([^;]*)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? '';
  return { token: (await answer.json()).accessToken, cookie, meetingId: asId(entry.meetingId ?? '') };
}

describe('SEC8 the process’s own log', () => {
  test('SEC8 holds no password, code, token, PIN, name that was typed, opinion or choice, at its most talkative', async () => {
    const member = await enterAs('member');
    const chair = await enterAs('chair');
    const { meetingId } = member;

    await post('/api/login', { name: `Nguyễn ${mark}`, password: `mật khẩu ${mark}` });
    await post('/api/login', `{"name":"Nguyễn ${mark}","password":"mật khẩu ${mark}"`);
    await post('/api/activate', { code: `QQ${mark}`, password: `mật khẩu ${mark}` });
    await post('/api/terminal/open', { code: mark });
    await post('/api/pin', { pin: mark }, member.token);
    await post('/api/unlock', { slot: 'main', pin: mark });
    await post(
      `/api/meetings/${meetingId}/observations`,
      { kind: 'proposal', text: mark, seq: 'x', hash: mark },
      chair.token,
    );
    await fetch(`${product.url}/api/refresh`, {
      method: 'POST',
      headers: { cookie: `diemcau_main=${mark}`, 'content-type': 'application/json' },
      body: '{}',
    });
    await fetch(`${product.url}/api/superiors/people?name=${mark}`, {
      headers: { authorization: `Bearer ${mark}` },
    });

    const auth = { protocol: protocolVersion, language: 'vi' };
    const [one, other] = [
      new Guest(product.url, { ...auth, token: member.token }),
      new Guest(product.url, { ...auth, token: chair.token }),
    ];
    const forged = new Guest(product.url, { ...auth, token: `${mark}.${mark}.${mark}` });
    await new Promise((resolve) => forged.socket.on('connect_error', resolve));
    for (const guest of [one, other]) {
      expect(
        await guest.join(meetingId, { type: 'checkIn', place: { mode: 'remote' } }, 'wanted'),
      ).toMatchObject({ ok: true });
    }
    const give = (guest: Guest, command: Record<string, unknown>, proof?: unknown) =>
      guest.ask('command', { meetingId, id: newCommandId(), command, ...(proof ? { proof } : {}) });
    await give(other, { type: 'openMeeting' });
    expect(await give(one, { type: 'writeOpinion', text: `Tôi không đồng tình ${mark}` })).toMatchObject({
      ok: true,
    });
    await give(one, { type: 'announceAbsence', reason: `Ốm ${mark}` });
    await give(one, { type: 'writeOpinion', text: `\u0000${mark}` });
    await give(
      one,
      { type: 'confirmCount', vote: 'v', site: 's' },
      { kind: 'pin', personId: 'x', pin: mark },
    );
    const place = { mode: 'onSite', site: 's' };
    await give(one, { type: 'checkIn', place }, { kind: 'siteCode', code: mark });
    await one.ask(`opinion ${mark}`, { text: mark });
    await one.media(meetingId, 'connectTransport', { transportId: mark, dtlsParameters: { a: mark } });
    await one.media(meetingId, 'open', {});
    expect(await one.ask('clock', {})).toMatchObject({ ok: true });
    for (const { socket } of [one, other]) socket.disconnect();

    const printed = product.output();
    expect(printed.length).toBeGreaterThan(1_000);
    expect(printed).toContain('/api/login');
    for (const secret of [mark, member.token, chair.token, member.cookie, chair.cookie]) {
      expect(secret.length).toBeGreaterThan(5);
      expect(printed).not.toContain(secret);
    }
  });
});
