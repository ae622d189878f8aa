import type { PersonId } from '@diemcau/shared/ids.ts';
import type { types } from 'mediasoup-client';
import { expect, test, vi } from 'vitest';
import type { MediaLink } from '../../client/src/media/link.ts';
import type { LocalMedia, LocalStates } from '../../client/src/media/local-media.ts';
import type { HeldSources } from '../../client/src/media/media-state.ts';
import { Outgoing } from '../../client/src/media/outgoing.ts';
import type { Signal } from '../../client/src/media/signalling.ts';
import { Observable } from '../../client/src/store/observable.ts';

type Told = 'pauseProducer' | 'resumeProducer';

/** A microphone on the air, whose server answers as the test says. */
async function onAir() {
  const track = { id: 'track' } as MediaStreamTrack;
  const states = new Observable<LocalStates>({
    camera: { kind: 'off' },
    microphone: { kind: 'on', track, sound: null },
    screen: { kind: 'off' },
  });
  const producer = {
    id: 'p1',
    closed: false,
    track,
    paused: false,
    pause: () => {
      producer.paused = true;
    },
    resume: () => {
      producer.paused = false;
    },
  };
  const told: Told[] = [];
  const line: { answer: () => Promise<unknown> } = {
    answer: () => Promise.resolve({ ok: true, value: {} }),
  };
  const signal = ((name: Told) => {
    told.push(name);
    return line.answer();
  }) as unknown as Signal;
  const outgoing = new Outgoing(
    signal,
    { states } as unknown as LocalMedia,
    new Observable<HeldSources>(new Set()),
  );
  const link = {
    sends: true,
    produce: () => Promise.resolve({ producer: producer as unknown as types.Producer, held: false }),
  };
  outgoing.adopt(link as unknown as MediaLink);
  await vi.waitFor(() => expect(outgoing.producers).toEqual(['p1']));
  const turn = (kind: 'on' | 'muted') =>
    states.update((now) => ({ ...now, microphone: { kind, track, sound: null } }));
  const letThrough = () =>
    outgoing.changed({
      producerId: 'p1',
      source: 'microphone',
      held: false,
      muted: false,
      owner: { kind: 'person', person: 'member' as PersonId },
    });
  return { outgoing, producer, told, line, turn, letThrough };
}

const gone = () => Promise.resolve({ ok: false, code: 'tryAgain', message: '' });

test('a muted microphone stays shut where the server could not be told and lets it through', async () => {
  const { outgoing, producer, told, line, turn, letThrough } = await onAir();
  line.answer = gone;
  turn('muted');
  await vi.waitFor(() => expect(told).toEqual(['pauseProducer']));
  await new Promise((resolve) => setTimeout(resolve, 10));
  letThrough();
  expect(producer.paused).toBe(true);
  outgoing.close();
});

test('a microphone is shut at once, also while an earlier answer is waited for', async () => {
  const { outgoing, producer, told, line, turn, letThrough } = await onAir();
  turn('muted');
  await vi.waitFor(() => expect(told).toEqual(['pauseProducer']));
  line.answer = () => new Promise(() => undefined);
  turn('on');
  await vi.waitFor(() => expect(told).toEqual(['pauseProducer', 'resumeProducer']));
  turn('muted');
  expect(producer.paused).toBe(true);
  letThrough();
  expect(producer.paused).toBe(true);
  outgoing.close();
});

test('what the server may not have heard is said again, whatever it was', async () => {
  const { outgoing, producer, told, line, turn } = await onAir();
  line.answer = gone;
  turn('muted');
  await vi.waitFor(() => expect(told).toEqual(['pauseProducer']));
  await new Promise((resolve) => setTimeout(resolve, 10));
  line.answer = () => Promise.resolve({ ok: true, value: {} });
  turn('on');
  await vi.waitFor(() => expect(told).toEqual(['pauseProducer', 'resumeProducer']));
  expect(producer.paused).toBe(false);
  outgoing.close();
});
