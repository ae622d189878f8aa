import { describe, expect, it } from 'vitest';
import { sameInstall } from '../../scripts/setup/packages.mjs';

const wanted = {
  '': { version: '0.1.0' },
  'node_modules/fastify': { version: '5.0.0' },
  'node_modules/@esbuild/darwin-arm64': { version: '1.0.0', optional: true },
  'node_modules/@diemcau/shared': { resolved: 'shared', link: true },
  shared: { version: '0.1.0' },
};
const installed = {
  'node_modules/fastify': { version: '5.0.0' },
  'node_modules/@diemcau/shared': { resolved: 'shared', link: true },
  shared: { version: '0.1.0' },
};

describe('whether npm has to install', () => {
  it('not when all is there, packages for other systems apart', () => {
    expect(sameInstall(wanted, installed)).toBe(true);
  });

  it('when nothing is installed, or something lacks, is of another version or too many', () => {
    const { 'node_modules/fastify': fastify, ...without } = installed;
    expect(sameInstall(wanted, {})).toBe(false);
    expect(sameInstall(wanted, without)).toBe(false);
    expect(sameInstall(wanted, { ...installed, 'node_modules/fastify': { version: '5.0.1' } })).toBe(false);
    expect(sameInstall(wanted, { ...installed, 'node_modules/left': fastify })).toBe(false);
  });
});
