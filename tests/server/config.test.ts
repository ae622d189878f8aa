import { readFileSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { keepSecrets } from '../../server/src/auth/secrets.ts';
import { ConfigFault, environmentVariables, readConfig } from '../../server/src/config.ts';

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigFault) return error.sentences;
    throw error;
  }
  return [];
}

describe('configuration', () => {
  test('nothing given is a server for this computer alone', () => {
    expect(readConfig({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      demo: false,
      databaseUrl: null,
      jwtSecret: null,
      tls: null,
      media: { portMin: 40_000, listenIp: '127.0.0.1' },
    });
  });

  test('the demonstration and real people have folders of their own', () => {
    expect(readConfig({ DEMO: '1' }).dataDir).not.toBe(readConfig({}).dataDir);
    expect(readConfig({ DEMO: '1', DATA_DIR: '/srv/x' }).dataDir).toBe('/srv/x');
  });

  test('an empty variable counts as not given', () => {
    expect(readConfig({ PORT: '', JWT_SECRET: ' ', TLS_CERT: '' })).toEqual(readConfig({}));
  });

  test('every fault is said at once, each in a sentence that names its variable', () => {
    const faults = faultsOf({
      PORT: '70000',
      DEMO: 'yes',
      LOG_LEVEL: 'loud',
      JWT_SECRET: 'short',
      PUBLIC_URL: 'ftp://x',
      MEDIA_WORKERS: '0',
      MEDIA_LISTEN_IP: 'here',
      TLS_CERT: 'only.pem',
    });
    const named = [
      'PORT',
      'DEMO',
      'LOG_LEVEL',
      'JWT_SECRET',
      'PUBLIC_URL',
      'MEDIA_WORKERS',
      'MEDIA_LISTEN_IP',
    ];
    for (const name of [...named, 'TLS_CERT']) {
      expect(faults.filter((sentence) => sentence.startsWith(name))).toHaveLength(1);
    }
    expect(faults).toHaveLength(8);
    for (const sentence of faults) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  test('PostgreSQL wants its address whole and a secret of its own', () => {
    expect(faultsOf({ DATABASE_URL: 'postgres://db.example.vn/diemcau' })).toEqual([
      'JWT_SECRET is required when the embedded database is not used.',
    ]);
    const JWT_SECRET = 'x'.repeat(32);
    expect(readConfig({ DATABASE_URL: 'postgres://db.example.vn/diemcau', JWT_SECRET }).databaseUrl).toBe(
      'postgres://db.example.vn/diemcau',
    );
    const [fault, ...more] = faultsOf({ DATABASE_URL: 'mysql://u:hunter2@db/diemcau', JWT_SECRET });
    expect(fault).toMatch(/^DATABASE_URL must be an address such as postgres:/);
    expect(fault).not.toContain('hunter2');
    expect(more).toEqual([]);
  });

  test('one server of several needs the database and a name, and is found behind one address by a path of its own', () => {
    const REDIS_URL = 'redis://:hunter2@redis:6379';
    const JWT_SECRET = 'x'.repeat(32);
    const [alone, nameless, ...more] = faultsOf({ REDIS_URL });
    expect(alone).toMatch(/^REDIS_URL makes this server one of several/);
    expect(nameless).toMatch(/^NODE_NAME is required/);
    expect(more).toEqual([]);
    const given = { REDIS_URL, DATABASE_URL: 'postgres://db/diemcau', JWT_SECRET, NODE_NAME: 'a' };
    expect(readConfig(given).cluster).toEqual({ redisUrl: REDIS_URL, nodeName: 'a', nodeAddress: '/n/a' });
    const own = readConfig({ ...given, NODE_ADDRESS: '/may/a/' });
    expect(own.cluster?.nodeAddress).toBe('/may/a');
    expect(readConfig({}).cluster).toBeNull();
    expect(faultsOf({ ...given, NODE_NAME: 'A b' })[0]).toMatch(/^NODE_NAME must be/);
    for (const NODE_ADDRESS of ['a', 'https://a.hop.example.vn'])
      expect(faultsOf({ ...given, NODE_ADDRESS })[0]).toMatch(/^NODE_ADDRESS must be/);
    expect(faultsOf({ ADMISSIONS_PER_SECOND: '0' })[0]).toMatch(/^ADMISSIONS_PER_SECOND must be/);
  });

  test('several announced addresses, a relay with its secret, and where figures are served', () => {
    const { media, metrics } = readConfig({
      MEDIA_ANNOUNCED_ADDRESS: '203.0.113.7, 192.168.1.10',
      TURN_URLS: 'turn:relay.example.vn:3478,turns:relay.example.vn:5349?transport=tcp',
      TURN_SECRET: 'sixteen letters!',
      METRICS_ADDRESS: '[::1]:9464',
    });
    expect(media.announcedAddresses).toEqual(['203.0.113.7', '192.168.1.10']);
    expect(media.turn?.urls).toHaveLength(2);
    expect(metrics).toEqual({ host: '::1', port: 9464 });
    expect(faultsOf({ TURN_URLS: 'turn:relay.example.vn' })).toEqual([
      'TURN_URLS and TURN_SECRET belong together: give both or neither.',
    ]);
    const faults = faultsOf({ TURN_URLS: 'http://x', TURN_SECRET: 'short', METRICS_ADDRESS: '9464' });
    expect(faults.map((sentence) => sentence.split(' ')[0])).toEqual([
      'TURN_URLS',
      'TURN_SECRET',
      'METRICS_ADDRESS',
    ]);
    expect(faultsOf({ MEDIA_ANNOUNCED_ADDRESS: '1.2.3.4,,x' })).toHaveLength(1);
  });

  test('no sentence repeats a secret', () => {
    expect(faultsOf({ JWT_SECRET: 'hunter2' }).join()).not.toContain('hunter2');
  });

  test('.env.example names every variable that is read, and no other', () => {
    const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
    const named = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(named.toSorted()).toEqual(environmentVariables.toSorted());
    const values = Object.fromEntries(
      [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
    );
    expect(readConfig(values)).toEqual(readConfig({}));
  });
});

describe('secrets of the embedded mode', () => {
  test('are made once, kept, and readable by their owner alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'diemcau-secrets-'));
    const first = keepSecrets(join(folder, 'data'));
    expect(first.jwtSecret.length).toBeGreaterThanOrEqual(32);
    expect(keepSecrets(join(folder, 'data'))).toEqual(first);
    expect((await stat(join(folder, 'data', 'secrets.json'))).mode & 0o777).toBe(0o600);
    await rm(folder, { recursive: true });
  });

  test('a damaged file stops the start instead of ending every session unasked', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'diemcau-secrets-'));
    await writeFile(join(folder, 'secrets.json'), '{"jwtSecret":"x"}');
    expect(() => keepSecrets(folder)).toThrow(/damaged/);
    await writeFile(join(folder, 'secrets.json'), 'not json');
    expect(() => keepSecrets(folder)).toThrow(/damaged/);
    await rm(folder, { recursive: true });
  });
});
