import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/worker-path.mjs';
import { environmentVariables } from '../../server/src/config.ts';

const text = (path: string) => readFileSync(join(root, path), 'utf8');
const dockerfile = text('docker/Dockerfile');

describe('the image', () => {
  it('takes the Node that package.json pins', () => {
    const pinned = /"node": "(\d+\.\d+\.\d+)"/.exec(text('package.json'))?.[1];
    const images = [...dockerfile.matchAll(/^FROM node:([\d.]+)-/gm)].map((match) => match[1]);
    expect(images).toEqual([pinned, pinned]);
  });

  it('sets only variables that the server or Node itself reads', () => {
    const inImage = [...dockerfile.matchAll(/^(?:ENV)? +([A-Z_]+)=/gm)].map((match) => match[1]);
    expect(inImage.length).toBeGreaterThan(3);
    const known = new Set(environmentVariables);
    expect(inImage.filter((name) => name && !known.has(name))).toEqual(['NODE_ENV', 'NODE_COMPILE_CACHE']);
  });
});

it('.env.example and the operators’ page name every variable that the server reads', () => {
  const listed = [...text('.env.example').matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]);
  expect(listed).toEqual([...environmentVariables]);
  const page = text('docs/operators.md');
  expect(environmentVariables.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
