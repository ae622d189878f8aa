import { asId, type PersonId } from '@diemcau/shared/ids.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerOf, portsOf } from '../../client/src/media/path-test.ts';
import type { MediasoupEngine } from '../../server/src/media/engine.ts';
import { codeOf, granted, startEngine, watchSfu } from './studio.ts';

const sfu = watchSfu();
const somebody = (number: number) => asId<PersonId>(`person-${number}`);
const open = () => sfu.routers.filter(({ closed }) => !closed).length;

let engine: MediasoupEngine;

beforeAll(async () => {
  engine = await startEngine(1);
});
afterAll(() => engine.close());

test('SEC12 a trial has an end that UDP reaches and one that TCP does, on the worker’s own ports', async () => {
  const trial = granted(await engine.tryLine(somebody(0)));
  const protocols = (end: typeof trial.udp) => new Set(end.iceCandidates.map(({ protocol }) => protocol));
  expect(protocols(trial.udp)).toEqual(new Set(['udp']));
  expect(protocols(trial.tcp)).toEqual(new Set(['tcp']));
  expect(portsOf(trial).length).toBeGreaterThan(0);
  expect(answerOf(trial.tcp)).toMatch(
    /a=candidate:\S+ 1 tcp \d+ 127\.0\.0\.1 \d+ typ host tcptype passive\r\n/,
  );
});

test('SEC12 a person has one trial at a time, and a server so many; what is over gives its place back', async () => {
  await engine.tryLine(somebody(0));
  expect(open()).toBe(1);
  for (let number = 1; number < 32; number += 1) granted(await engine.tryLine(somebody(number)));
  expect(open()).toBe(32);
  expect(codeOf(await engine.tryLine(somebody(32)))).toBe('tooManyRequests');
  granted(await engine.tryLine(somebody(5)));
  expect(open()).toBe(32);
  expect(engine.workers.map(({ load }) => load)).toEqual([32]);
});

test('without a worker there is nothing to try', async () => {
  const none = await startEngine(1);
  await none.close();
  expect(codeOf(await none.tryLine(somebody(1)))).toBe('mediaUnavailable');
});
