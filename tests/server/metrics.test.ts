import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort, type Product, startProduct } from '../support/product.ts';

let product: Product;
let metricsPort: number;

beforeAll(async () => {
  metricsPort = await freePort();
  product = await startProduct({
    DEMO: '0',
    HOST: '0.0.0.0',
    METRICS_ADDRESS: `127.0.0.1:${metricsPort}`,
  });
});
afterAll(() => product?.stop());

/** The address of this machine that isn't loopback; null where it has none. */
function outerAddress(): string | null {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.find((address) => address.family === 'IPv4' && !address.internal)?.address ?? null;
}

/** Asks with headers that fetch would not send. */
function ask(url: string, headers: Record<string, string> = {}): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { headers }, (answer) => {
      let body = '';
      answer.on('data', (piece) => {
        body += String(piece);
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
    });
    asking.on('error', reject);
    asking.end();
  });
}

describe('GET /metrics', () => {
  test('gives this computer the process’s and the meetings’ figures', async () => {
    await fetch(`${product.url}/api/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'nobody', password: 'nothing at all' }),
    });
    const { status, body } = await ask(`${product.url}/metrics`);
    expect(status).toBe(200);
    for (const name of [
      'diemcau_meetings 0',
      'diemcau_media_peers 0',
      'diemcau_media_workers ',
      'diemcau_append_seconds_bucket',
      'diemcau_refusals_total{door="http",code="wrongCredentials"} 1',
      'process_cpu_seconds_total',
    ])
      expect(body).toContain(name);
  });

  test('is no address for others, nor for who comes through a proxy on this computer', async () => {
    const here = `${product.url}/metrics`;
    for (const headers of [{ 'x-forwarded-for': '203.0.113.9' }, { forwarded: 'for=203.0.113.9' }])
      expect((await ask(here, headers)).body).not.toContain('diemcau_');
    const outer = outerAddress();
    if (outer === null) return;
    const { body } = await ask(here.replace('127.0.0.1', outer));
    expect(body).not.toContain('diemcau_');
  });

  test('is served where METRICS_ADDRESS says, and nothing else is', async () => {
    const elsewhere = `http://127.0.0.1:${metricsPort}`;
    expect((await ask(`${elsewhere}/metrics`, { 'x-forwarded-for': '203.0.113.9' })).body).toContain(
      'diemcau_meetings',
    );
    expect((await ask(`${elsewhere}/readyz`)).status).toBe(404);
  });
});
