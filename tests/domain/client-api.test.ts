import { afterEach, expect, test, vi } from 'vitest';
import { Api } from '../../client/src/net/api.ts';

vi.mock('@diemcau/shared/protocol/http.ts', () => {
  throw new Error('the line has gone');
});

afterEach(() => vi.unstubAllGlobals());

/** An api whose schemas never come, and the addresses that it has asked. */
function withoutSchemas() {
  const sent: string[] = [];
  vi.stubGlobal('fetch', (address: string) => {
    sent.push(address);
    return Promise.resolve(new Response('{}'));
  });
  return { api: new Api({ url: 'http://test', language: () => 'vi' }), sent };
}

test('what changes something is not sent while its answer could not be read', async () => {
  const { api, sent } = withoutSchemas();
  const answer = await api.call('openTerminal', { body: { code: '123456', slot: '' } }, 'nobody');
  expect(answer).toMatchObject({ ok: false, code: 'tryAgain' });
  expect(sent).toEqual([]);
});

test('what only reads, renews or ends a session is sent at once', async () => {
  const { api, sent } = withoutSchemas();
  await api.call('demo', {}, 'nobody');
  await api.call('refresh', { body: { slot: '' } }, 'nobody');
  await api.call('logout', { body: { slot: '' } }, 'nobody');
  expect(sent).toEqual(['http://test/api/demo', 'http://test/api/refresh', 'http://test/api/logout']);
});
