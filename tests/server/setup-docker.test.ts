import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/worker-path.mjs';
import { environmentVariables } from '../../server/src/config.ts';

const text = (path: string) => readFileSync(join(root, path), 'utf8');
const dockerfile = text('docker/Dockerfile');
const compose = text('docker/compose.yaml');

describe('image and compose file', () => {
  it('take the Node that package.json pins', () => {
    const pinned = /"node": "(\d+\.\d+\.\d+)"/.exec(text('package.json'))?.[1];
    const images = [...dockerfile.matchAll(/^FROM node:([\d.]+)-/gm)].map((match) => match[1]);
    expect(images).toEqual([pinned, pinned]);
  });

  it('set only variables that the server reads', () => {
    const inImage = [...dockerfile.matchAll(/^(?:ENV)? +([A-Z_]+)=/gm)].map((match) => match[1]);
    const inCompose = [...compose.matchAll(/^ {6}([A-Z_]+):/gm)].map((match) => match[1]);
    expect(inImage.length).toBeGreaterThan(3);
    expect(inCompose.length).toBeGreaterThan(3);
    const known = new Set(environmentVariables);
    expect([...inImage, ...inCompose].filter((name) => name && !known.has(name))).toEqual(['NODE_ENV']);
  });

  it('publish one media port per worker', () => {
    const first = Number(/MEDIA_PORT_MIN: '(\d+)'/.exec(compose)?.[1]);
    const workers = Number(/MEDIA_WORKERS: '(\d+)'/.exec(compose)?.[1]);
    for (const protocol of ['udp', 'tcp']) {
      expect(compose).toContain(
        `'${first}-${first + workers - 1}:${first}-${first + workers - 1}/${protocol}'`,
      );
    }
  });
});

it('.env.example and the operators’ page name every variable that the server reads', () => {
  const listed = [...text('.env.example').matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]);
  expect(listed).toEqual([...environmentVariables]);
  const page = text('docs/operators.md');
  expect(environmentVariables.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
