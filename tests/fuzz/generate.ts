import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Chance } from './chance.ts';
import type { Pool } from './pool.ts';

/** What values are made from. */
export interface Making {
  readonly chance: Chance;
  readonly pool: Pool;
}

const words = ['Chi bộ', 'Đồng chí', 'ý kiến', 'nghị quyết', 'a', '0', 'Nguyễn Văn Bình', 'thôn Nà Lộc'];
/** Texts for strings of a fixed form; the first that a schema's patterns take is used. */
const formed = ['main', '1234', 'a'.repeat(64), '2026-11-26', '2026-Q4', 'AAAA-BBBB-CCCC'];

/** @returns a value that the schema takes, or nearly: whatever a schema refines beyond its form may not hold. */
export function generate(schema: z.core.$ZodType, making: Making, key = ''): unknown {
  const { chance } = making;
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(def.shape).flatMap(([name, entry]) => {
          const value = generate(entry, making, name);
          return value === undefined ? [] : [[name, value]];
        }),
      );
    case 'string':
      return stringFor(schema, making, key);
    case 'number':
      return numberFor(schema, chance);
    case 'enum':
      return chance.pick(Object.values(def.entries));
    case 'literal':
      return chance.pick(def.values);
    case 'array': {
      const length = chance.yes(0.05) ? 40 : 1 + chance.below(3);
      return Array.from({ length }, () => generate(def.element, making, key));
    }
    case 'union':
      return generate(chance.pick(def.options), making, key);
    case 'record': {
      const count = chance.below(4);
      return Object.fromEntries(
        Array.from({ length: count }, () => [
          String(generate(def.keyType, making, 'key')),
          generate(def.valueType, making, 'value'),
        ]),
      );
    }
    case 'optional':
      return chance.yes(0.5) ? undefined : generate(def.innerType, making, key);
    case 'nullable':
      return chance.yes(0.3) ? null : generate(def.innerType, making, key);
    case 'default':
      return chance.yes(0.3) ? undefined : generate(def.innerType, making, key);
    case 'readonly':
    case 'catch':
      return generate(def.innerType, making, key);
    case 'pipe':
      return generate(def.in, making, key);
    case 'custom':
      return idFor(making, key);
    case 'boolean':
      return chance.yes(0.5);
    case 'unknown':
      return anything(chance, 2);
    default:
      throw new Error(`no value is known for a schema of the type ${def.type}`);
  }
}

function idFor({ chance, pool }: Making, key: string): string {
  if (key === 'id' && chance.yes(0.9)) return randomUUID();
  const known = chance.yes(0.9) ? pool.pick(key, chance) : undefined;
  return known ?? chance.letters(1 + chance.below(30));
}

interface Bounds {
  readonly low: number;
  readonly high: number;
  readonly patterns: readonly RegExp[];
}

/** What the checks of a text or a number ask for: length or value, and the form. */
function boundsOf(schema: z.core.$ZodType): Bounds {
  let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const patterns: RegExp[] = [];
  for (const check of schema._zod.def.checks ?? []) {
    const { def } = (check as z.core.$ZodChecks)._zod;
    if (def.check === 'min_length') low = def.minimum;
    if (def.check === 'max_length') high = def.maximum;
    if (def.check === 'greater_than') low = Number(def.value);
    if (def.check === 'less_than') high = Number(def.value);
    if (def.check === 'string_format' && def.pattern) patterns.push(def.pattern);
  }
  return { low, high, patterns };
}

function stringFor(schema: z.core.$ZodType, making: Making, key: string): string {
  const { chance } = making;
  const { high, patterns } = boundsOf(schema);
  if (key === 'code' || key === 'password') return chance.letters(12);
  if (key === 'day') return `2026-12-${10 + chance.below(20)}`;
  const id = idFor(making, key);
  if (patterns.length > 0) {
    const takes = (text: string) => patterns.every((pattern) => pattern.test(text));
    return takes(id) ? id : (formed.find(takes) ?? id);
  }
  if (/Id$|^key$/.test(key)) return id;
  const length = chance.yes(0.02) ? 400 : 1 + chance.below(3);
  const text = Array.from({ length }, () => chance.pick(words)).join(' ');
  return text.slice(0, Math.min(high, 2_000));
}

function numberFor(schema: z.core.$ZodType, chance: Chance): number {
  const bounds = boundsOf(schema);
  const low = Math.max(bounds.low, 0);
  const high = Math.min(bounds.high, 8_640_000_000_000);
  if (chance.yes(0.1)) return chance.pick([low, high]);
  if (high <= 1) return low + chance.next() * (high - low);
  const spread = chance.yes(0.8) ? Math.min(high - low, 40) : high - low;
  return low + Math.floor(chance.next() * (spread + 1));
}

/** @returns some JSON value, nested at most so deep. */
export function anything(chance: Chance, depth: number): unknown {
  switch (chance.below(depth > 0 ? 8 : 6)) {
    case 0:
      return null;
    case 1:
      return chance.yes(0.5);
    case 2:
      return chance.pick([0, -1, 1.5, 2 ** 53, -(2 ** 31), 1e308, 1e-308]);
    case 3:
      return chance.pick(words);
    case 4:
      return chance.letters(chance.below(20));
    case 5:
      return '';
    case 6:
      return Array.from({ length: chance.below(4) }, () => anything(chance, depth - 1));
    default:
      return Object.fromEntries(
        Array.from({ length: chance.below(4) }, () => [
          chance.letters(1 + chance.below(6)),
          anything(chance, depth - 1),
        ]),
      );
  }
}
