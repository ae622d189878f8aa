import type { Chance } from './chance.ts';
import { anything } from './generate.ts';

/** Values that have broken programs before. */
const evil: readonly unknown[] = [
  null,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e\u200b',
  '__proto__',
  'constructor',
  'toString',
  "' or 1=1 --",
  '../../../../etc/passwd',
  '%00%ff',
  '{{7*7}}',
  '<img src=x onerror=alert(1)>',
  'ﷺ'.repeat(60),
  'a'.repeat(20_000),
  '9'.repeat(400),
  0,
  -0,
  -1,
  0.1,
  1e308,
  2 ** 53 + 1,
  -(2 ** 63),
  true,
  [],
  {},
  [[]],
  [null],
  { toJSON: 'x' },
  { length: 1e9 },
  { _placeholder: true, num: 0 },
  { _placeholder: true, num: -1 },
  Array.from({ length: 2_000 }, () => 0),
];
const evilKeys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'type',
  'id',
  '',
  '0',
  'length',
  'a.b',
];

function deep(chance: Chance): unknown {
  let value: unknown = 'x';
  const levels = chance.pick([20, 200, 1_500]);
  for (let level = 0; level < levels; level += 1) value = chance.yes(0.5) ? [value] : { a: value };
  return value;
}

/** @returns the value with one thing in it changed; the value itself stays. */
export function mutate(value: unknown, chance: Chance): unknown {
  const inside = typeof value === 'object' && value !== null && chance.yes(0.8);
  if (!inside) {
    if (chance.yes(0.05)) return deep(chance);
    if (typeof value === 'string' && chance.yes(0.4)) return mutateText(value, chance);
    return chance.yes(0.7) ? chance.pick(evil) : anything(chance, 3);
  }
  if (Array.isArray(value)) return mutateList(value, chance);
  const entries = Object.entries(value);
  const at = chance.below(Math.max(1, entries.length));
  switch (entries.length === 0 ? 1 : chance.below(6)) {
    case 0:
      entries.splice(at, 1);
      break;
    case 1:
      entries.push([chance.pick(evilKeys), chance.yes(0.5) ? chance.pick(evil) : anything(chance, 2)]);
      break;
    default: {
      const [key = '', inner] = entries[at] ?? [];
      entries[at] = [key, mutate(inner, chance)];
    }
  }
  return withKeys(entries);
}

/** A key such as `__proto__` becomes one of the object's own, as it does when JSON is read. */
function withKeys(entries: readonly (readonly [string, unknown])[]): object {
  const object = {};
  for (const [key, value] of entries) {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return object;
}

function mutateList(list: readonly unknown[], chance: Chance): unknown[] {
  const at = chance.below(Math.max(1, list.length));
  switch (chance.below(4)) {
    case 0:
      return list.toSpliced(at, 1);
    case 1:
      return [...list, list[at] ?? chance.pick(evil)];
    case 2: {
      const small = typeof list[at] !== 'object' && String(list[at]).length < 100;
      return Array.from({ length: small ? 500 : 2 }, () => list[at] ?? 0);
    }
    default:
      return list.length === 0 ? [chance.pick(evil)] : list.with(at, mutate(list[at], chance));
  }
}

/** @returns the text with some of it cut, doubled, swapped or replaced. */
export function mutateText(text: string, chance: Chance): string {
  let changed = text;
  for (let changes = 1 + chance.below(3); changes > 0; changes -= 1) {
    const at = chance.below(changed.length + 1);
    const length = chance.yes(0.8) ? 1 : chance.below(40);
    const [before, piece, after] = [
      changed.slice(0, at),
      changed.slice(at, at + length),
      changed.slice(at + length),
    ];
    switch (chance.below(5)) {
      case 0:
        changed = before + after;
        break;
      case 1:
        changed = before + piece + piece + after;
        break;
      case 2:
        changed =
          before + chance.pick(['"', '{', '}', '[', ']', ',', ':', '\\', '0', '-', '\n', '%']) + after;
        break;
      case 3:
        changed = before + String.fromCharCode(chance.below(0x10000)) + after;
        break;
      default:
        changed = after + piece + before;
    }
  }
  return changed;
}
