import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { root } from '../../scripts/worker-path.mjs';
import { environmentVariables } from '../../server/src/config.ts';

const text = (path: string) => readFileSync(join(root, path), 'utf8');

const service = z.object({
  image: z.string(),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.object({ test: z.array(z.string()).min(2), interval: z.string(), timeout: z.string() }),
  restart: z.literal('unless-stopped'),
});
const compose = z.object({ services: z.record(z.string(), service) });

const read = (file: string) => compose.parse(parse(text(file), { merge: true })).services;
const nodesOf = (services: ReturnType<typeof read>) =>
  Object.values(services).filter(({ image }) => image.startsWith('diemcau:'));

/** `40000-40003:40000-40003/udp` as the ports of the container that it opens. */
function portsOf(published: string, protocol: string): number[] {
  const [, from = '', to = from] = /:(\d+)(?:-(\d+))?\/(\w+)$/.exec(published) ?? [];
  if (!published.endsWith(`/${protocol}`)) return [];
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => Number(from) + index);
}

describe.each(['docker/compose.yaml', 'docker/compose.single.yaml'])('%s', (file) => {
  const services = read(file);

  test('has a health check and a restart for every service, and waits for the health of what it needs', () => {
    // That it parses says the first two.
    const waits = Object.values(services).flatMap(({ depends_on }) => Object.entries(depends_on));
    for (const [needed, { condition }] of waits) {
      expect(Object.keys(services)).toContain(needed);
      expect(condition).toBe('service_healthy');
    }
    expect(waits.length).toBeGreaterThan(0);
  });

  test('takes each image in one version', () => {
    const product = JSON.parse(text('package.json')).version;
    for (const { image } of Object.values(services)) {
      expect(image).toMatch(/^[\w./-]+:\d+\.\d+(\.\d+)?[\w.-]*$/);
      if (image.startsWith('diemcau')) expect(image).toBe(`diemcau:${product}`);
    }
  });

  test('sets only variables that the server reads', () => {
    const known = new Set(environmentVariables);
    for (const { environment } of nodesOf(services)) {
      expect(Object.keys(environment).filter((name) => !known.has(name))).toEqual([]);
    }
  });

  test('publishes one media port per worker, and none twice', () => {
    const taken: number[] = [];
    for (const { environment, ports } of nodesOf(services)) {
      const first = Number(environment.MEDIA_PORT_MIN);
      const wanted = Array.from({ length: Number(environment.MEDIA_WORKERS) }, (_, index) => first + index);
      expect(wanted.length).toBeGreaterThan(0);
      for (const protocol of ['udp', 'tcp']) {
        expect(ports.flatMap((published) => portsOf(published, protocol))).toEqual(wanted);
      }
      taken.push(...wanted);
    }
    expect(new Set(taken).size).toBe(taken.length);
  });
});

describe('docker/compose.yaml', () => {
  const services = read('docker/compose.yaml');

  test('has two nodes that differ in name and ports alone, PostgreSQL, Redis, a relay and a proxy', () => {
    expect(Object.keys(services).sort()).toEqual(['node-a', 'node-b', 'postgres', 'proxy', 'redis', 'relay']);
    const [a, b] = nodesOf(services).map(({ environment }) => environment);
    const own = (name: string) => a?.[name] !== b?.[name];
    expect(
      Object.keys(a ?? {})
        .filter(own)
        .sort(),
    ).toEqual(['MEDIA_PORT_MIN', 'NODE_NAME']);
  });

  test('every node of it has its path in the proxy’s configuration', () => {
    const proxy = text('docker/Caddyfile');
    for (const { environment } of nodesOf(services)) {
      expect(proxy).toContain(`handle /n/${environment.NODE_NAME}/*`);
      expect(proxy).toContain(`node-${environment.NODE_NAME}:3000`);
    }
  });

  test('runs the PostgreSQL whose programs the image backs up with', () => {
    const server = /^postgres:(\d+)\./.exec(services.postgres?.image ?? '')?.[1];
    expect(text('docker/Dockerfile')).toContain(`postgresql-client-${server} `);
  });
});
