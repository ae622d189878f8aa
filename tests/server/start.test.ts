import { spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, utimes } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { freePort, startProduct } from '../support/product.ts';

const main = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url));

/** Runs the server's process to its end. */
async function run(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const base = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', MEDIA_WORKERS: '1' };
  const child = spawn(process.execPath, [main], {
    env: { ...base, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => said.push(String(text)));
  await once(child, 'exit');
  return { code: child.exitCode, said: said.join('') };
}

test('a wrong environment ends the start with a sentence for each fault', async () => {
  const { code, said } = await run({ PORT: 'many', LAN: 'yes' });
  expect(code).toBe(1);
  expect(said).toContain('PORT must be');
  expect(said).toContain('LAN must be');
});

test('one process per DATA_DIR: a second is told in words; a killed one’s lock is taken over at once', async () => {
  const product = await startProduct({ DEMO: '0' });
  try {
    const port = String(await freePort());
    const second = await run({ PORT: port, DATA_DIR: product.dataDir });
    expect([second.code, second.said]).toMatchObject([
      1,
      expect.stringContaining('Another process is using'),
    ]);
    expect((await fetch(`${product.url}/readyz`)).status).toBe(200);
    await product.kill();
    // Its age would keep the lock for an hour: only the dead holder's number gives it free.
    const hence = Date.now() / 1000 + 3_600;
    await utimes(join(product.dataDir, 'process.lock'), hence, hence);
    await product.restart();
    expect((await fetch(`${product.url}/readyz`)).status).toBe(200);
  } finally {
    await product.stop();
  }
});

test('a clock behind the last event is said at the start', async () => {
  const product = await startProduct();
  try {
    expect(product.output()).not.toContain('behind the last event');
    await product.kill();
    const file = new DatabaseSync(join(product.dataDir, 'events.sqlite'));
    file.exec('UPDATE heads SET at = at + 3600000');
    file.close();
    await product.restart();
    expect(product.output()).toMatch(/clock is 3[56]\d\d seconds behind the last event/);
  } finally {
    await product.stop();
  }
});

test('SEC9 a signal ends the process in order, and pages and health answer until then', async () => {
  const product = await startProduct();
  const page = await fetch(`${product.url}/meetings/x`, { headers: { accept: 'text/html' } });
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
  expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
  expect((await fetch(`${product.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${product.url}/api/nothing`)).status).toBe(404);
  expect((await fetch(`${product.url}/nothing.js`)).status).toBe(404);
  const { pid } = product;
  await product.stop();
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

test('LAN=1 serves TLS with a certificate that is kept, and prints its fingerprint', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'diemcau-lan-'));
  const port = await freePort();
  const env = {
    PORT: String(port),
    DATA_DIR: dataDir,
    LAN: '1',
    DEMO: '1',
    MEDIA_PORT_MIN: String(await freePort()),
  };
  try {
    const first = await startTls(env);
    const certificate = new X509Certificate(await readFile(join(dataDir, 'lan-cert.pem'), 'utf8'));
    expect(first.said()).toContain(certificate.fingerprint256);
    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect(first.fingerprint).toBe(certificate.fingerprint256);
    await first.stop();
    const second = await startTls(env);
    expect(second.fingerprint).toBe(certificate.fingerprint256);
    await second.stop();
  } finally {
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
});

async function startTls(env: Record<string, string>) {
  const base = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', MEDIA_WORKERS: '1' };
  const child = spawn(process.execPath, [main], {
    env: { ...base, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => said.push(String(text)));
  for (let tries = 0; tries < 200; tries++) {
    const fingerprint = await fingerprintAt(Number(env.PORT)).catch(() => null);
    if (fingerprint && said.join('').includes('Điểm Cầu')) {
      const stop = async () => {
        const exited = once(child, 'exit');
        child.kill('SIGTERM');
        await exited;
      };
      return { fingerprint, said: () => said.join(''), stop };
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new Error(said.join(''));
}

/** The certificate that the port proves itself with. */
function fingerprintAt(port: number): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, path: '/healthz', rejectUnauthorized: false, agent: false },
      (answer) => {
        answer.resume();
        const { socket } = answer;
        resolve('getPeerCertificate' in socket ? Object(socket).getPeerCertificate().fingerprint256 : null);
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}
