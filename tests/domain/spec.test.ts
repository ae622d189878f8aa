import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isForAll } from '@diemcau/shared/domain/audience.ts';
import type { EventType } from '@diemcau/shared/domain/events.ts';
import { mediaRequestNames } from '@diemcau/shared/protocol/media.ts';
import { socketRequests } from '@diemcau/shared/protocol/requests.ts';
import { refusalCodes } from '@diemcau/shared/result.ts';
import { describe, expect, test } from 'vitest';

const top = fileURLToPath(new URL('../../', import.meta.url));
const spec = readFileSync(join(top, 'shared/SPEC.md'), 'utf8');
const [rules = '', later = ''] = spec.split('## Not yet in force');

const ruleId = /\b(?:MEET|CHAIR|SITE|ATT|VOTE|SPK|AGD|SUP|MIN|AUD|NODE|OPS|DUR|SEC|ID)\d+\b/g;
const inForce = [...rules.matchAll(/^- \*\*(\w+)\*\*/gm)].map(([, id]) => id ?? '');
const notYet = [...later.matchAll(ruleId)].map(([id]) => id);

function filesBelow(folder: string, ends: RegExp): string[] {
  return readdirSync(join(top, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => ends.test(path))
    .map((path) => join(top, folder, path));
}

/** The rules that names of tests begin with, in every folder of tests. */
function rulesInNames(): Set<string> {
  const beginsWithRules =
    /['"`]((?:(?:MEET|CHAIR|SITE|ATT|VOTE|SPK|AGD|SUP|MIN|AUD|NODE|OPS|DUR|SEC|ID)\d+[ ,:]+)+)/g;
  const found = new Set<string>();
  for (const file of filesBelow('tests', /\.(test|spec)\.tsx?$/)) {
    for (const [, ids = ''] of readFileSync(file, 'utf8').matchAll(beginsWithRules)) {
      for (const [id] of ids.matchAll(ruleId)) found.add(id);
    }
  }
  return found;
}

const tested = rulesInNames();

describe('SPEC.md', () => {
  test('names each rule once, as in force or as not yet', () => {
    expect(inForce.length).toBeGreaterThan(40);
    expect(new Set([...inForce, ...notYet]).size).toBe(inForce.length + notYet.length);
  });

  test.each(inForce)('%s is proved by a test that carries its name', (id) => {
    expect([...tested]).toContain(id);
  });

  test('no test carries a rule that is not in force', () => {
    expect([...tested].filter((id) => !inForce.includes(id))).toEqual([]);
  });

  test('every refusal of the domain stands in it, and no code that does not exist', () => {
    const given = new Set<string>();
    for (const file of filesBelow('shared/src/domain', /\.ts$/)) {
      const source = readFileSync(file, 'utf8');
      for (const [, code = ''] of source.matchAll(/'(\w+)'/g)) {
        if ((refusalCodes as readonly string[]).includes(code)) given.add(code);
      }
    }
    const written = new Set([...rules.matchAll(/`(\w+)`/g)].map(([, word = '']) => word));
    expect([...given].filter((code) => !written.has(code))).toEqual([]);
    const bracketed = [...rules.matchAll(/\(((?:`\w+`(?:, )?)+)[^)]*\)/g)].flatMap(([, codes = '']) =>
      [...codes.matchAll(/\w+/g)].map(([code]) => code),
    );
    expect(bracketed.filter((code) => !(refusalCodes as readonly string[]).includes(code))).toEqual([]);
  });

  test('the readers of every event type stand in it as the product has them', () => {
    const readers = new Map<string, string>();
    for (const [, events = '', who = ''] of rules.matchAll(/^\| (`.*`) \| (.*) \|$/gm)) {
      for (const [, type = ''] of events.matchAll(/`(\w+)`/g)) readers.set(type, who);
    }
    const source = readFileSync(join(top, 'shared/src/domain/events.ts'), 'utf8');
    const body = source.slice(source.indexOf('interface EventData'), source.indexOf('export type EventType'));
    const types = [...body.matchAll(/^ {2}(\w+):/gm)].map(([, type]) => type as EventType);
    expect([...readers.keys()].sort()).toEqual([...types].sort());
    for (const type of types) expect([type, readers.get(type) === 'all']).toEqual([type, isForAll(type)]);
  });
});

describe('shared/README.md', () => {
  test('names every request of the socket, of media, and every notice', () => {
    const readme = readFileSync(join(top, 'shared/README.md'), 'utf8');
    const types = readFileSync(join(top, 'shared/src/protocol/socket.ts'), 'utf8');
    const fromServer = types.slice(types.indexOf('interface ServerToClient'));
    const notices = [...fromServer.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name);
    expect(notices.length).toBeGreaterThan(3);
    const named = [...Object.keys(socketRequests), ...mediaRequestNames, ...notices];
    expect(named.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });
});
