import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MediasoupEngine } from '../../server/src/media/engine.ts';
import { cameraParameters } from './rtp-samples.ts';
import {
  codeOf,
  granted,
  mediaConfig,
  meeting,
  otherMeeting,
  person,
  quiet,
  startEngine,
  TestPeer,
  watchSfu,
} from './studio.ts';

const sfu = watchSfu();
let engine: MediasoupEngine;
beforeEach(async () => {
  engine = await startEngine(2);
});
afterEach(() => engine.close());

const openRouters = () => sfu.routers.filter((router) => !router.closed).length;
const noTransport = 'no such transport';

describe('bad input', () => {
  const garbage: readonly Record<string, unknown>[] = [
    {},
    { codecs: 'VP8' },
    { codecs: [], encodings: [] },
    { codecs: [{ mimeType: 'video/VP8' }], encodings: [{ ssrc: -1 }] },
    { ...cameraParameters(), codecs: [{ mimeType: 'video/H264', payloadType: 96, clockRate: 90_000 }] },
    { ...cameraParameters(), encodings: Array(64).fill({ ssrc: 7 }) },
    { ...cameraParameters(), headerExtensions: [{ uri: 5, id: 'a' }] },
    { ...cameraParameters(), rtcp: 'none', encodings: null },
  ];

  const odd: readonly Record<string, unknown>[] = [
    { ...cameraParameters(), encodings: [{ ssrc: 1e300 }] },
    { ...cameraParameters(), mid: 'x'.repeat(100_000) },
  ];

  test('garbage is refused with a code, and the worker lives on', async () => {
    const before = engine.workers.map((worker) => worker.pid);
    const an = await new TestPeer(engine, person('an')).open();
    for (const rtpParameters of garbage) {
      const code = codeOf(await an.produce('camera', rtpParameters));
      expect([code, rtpParameters]).toEqual(['mediaRequestFailed', rtpParameters]);
    }
    const transportId = an.offer.send?.id ?? '';
    for (const dtlsParameters of [
      {},
      { fingerprints: 'x' },
      { role: 'boss', fingerprints: [{ value: 1 }] },
    ]) {
      const answer = await engine.request(an.id, {
        name: 'connectTransport',
        data: { transportId, dtlsParameters },
      });
      expect(codeOf(answer)).toBe('mediaRequestFailed');
    }
    for (const rtpParameters of odd) granted(await an.produce('camera', rtpParameters));
    const camera = granted(await an.produce('camera')).producerId;
    const binh = await new TestPeer(engine, person('binh')).open();
    for (const rtpCapabilities of [
      {},
      { codecs: 7 },
      { codecs: [{ kind: 'video' }], headerExtensions: {} },
    ]) {
      const data = { producerIds: [camera], rtpCapabilities };
      expect(granted(await engine.request(binh.id, { name: 'consume', data })).consumers).toEqual([]);
    }
    expect(engine.workers.map((worker) => worker.pid)).toEqual(before);
  });

  test('a camera is no sound, and nobody sends through a transport that is not there', async () => {
    const an = await new TestPeer(engine, person('an')).open();
    const data = { source: 'microphone', kind: 'video', rtpParameters: cameraParameters() } as const;
    const transportId = an.offer.send?.id ?? '';
    expect(codeOf(await engine.request(an.id, { name: 'produce', data: { ...data, transportId } }))).toBe(
      'mediaRequestFailed',
    );
    expect(
      codeOf(await engine.request(an.id, { name: 'produce', data: { ...data, transportId: noTransport } })),
    ).toBe('mediaNotAllowed');
    expect(codeOf(await engine.request('nobody', { name: 'restartIce', data: { transportId } }))).toBe(
      'mediaNotAllowed',
    );
  });
});

describe('a meeting’s router', () => {
  test('is made once for all who come together, and goes with the last', async () => {
    const before = sfu.routers.length;
    const peers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => new TestPeer(engine, person(`p${index}`)).open()),
    );
    expect(sfu.routers.length - before).toBe(1);
    for (const peer of peers.slice(1)) engine.closePeer(peer.id, 'left');
    expect(openRouters()).toBe(1);
    engine.closePeer(peers[0]?.id ?? '', 'left');
    await vi.waitFor(() => expect(openRouters()).toBe(0));
    expect(engine.workers.map((worker) => worker.load)).toEqual([0, 0]);
    await peers[0]?.open();
    expect(openRouters()).toBe(1);
  });

  test('stands on the least loaded worker', async () => {
    const open = (name: string, id: typeof meeting) =>
      new TestPeer(engine, person(name), { meetingId: id, peerId: `${id} ${name}` }).open();
    await Promise.all([open('an', meeting), open('la', otherMeeting)]);
    expect(engine.workers.map((worker) => worker.load)).toEqual([2, 2]);
  });

  test('who leaves while the door opens leaves nothing behind', async () => {
    const an = new TestPeer(engine, person('an'));
    const opening = engine.openPeer(an.opening);
    engine.closePeer(an.id, 'left');
    expect(codeOf(await opening)).toBe('mediaRequestFailed');
    await vi.waitFor(() => expect(openRouters()).toBe(0));
    expect(engine.workers.map((worker) => worker.load)).toEqual([0, 0]);
  });

  test('closing a meeting tells all its peers', async () => {
    const an = await new TestPeer(engine, person('an')).open();
    engine.closeMeeting(meeting);
    expect(an.notices).toEqual([{ type: 'mediaClosed', reason: 'notEntitled' }]);
    await vi.waitFor(() => expect(openRouters()).toBe(0));
  });
});

describe('a worker that dies', () => {
  test('its peers are told, open again elsewhere, and the worker is replaced', async () => {
    const an = await new TestPeer(engine, person('an')).open();
    engine.setFloor(meeting, { kind: 'free' });
    granted(await an.produce('microphone'));
    const before = engine.workers;
    const victim = before.find((worker) => worker.load > 0)?.pid ?? 0;
    process.kill(victim, 'SIGKILL');
    await vi.waitFor(() => expect(an.notices.at(-1)).toEqual({ type: 'mediaClosed', reason: 'workerDied' }));
    expect(codeOf(await an.produce('microphone'))).toBe('mediaNotAllowed');
    await an.open();
    expect(granted(await an.produce('microphone')).held).toBe(false);
    await vi.waitFor(() => expect(engine.workers).toHaveLength(2), 10_000);
    expect(engine.workers.map((worker) => worker.pid)).not.toContain(victim);
  });

  test('the only one: opening waits for its successor', async () => {
    const small = await startEngine(1);
    try {
      const an = await new TestPeer(small, person('an')).open();
      process.kill(small.workers[0]?.pid ?? 0, 'SIGKILL');
      await vi.waitFor(() => expect(an.heard).toContain('mediaClosed'));
      expect(small.available).toBe(false);
      await an.open();
      expect(small.available).toBe(true);
    } finally {
      await small.close();
    }
  });

  test('no worker at all: a refusal, and the server goes on', async () => {
    const none = await MediasoupEngine.start({ ...mediaConfig(1), workerBin: '/no/such/worker' }, quiet);
    expect(none.available).toBe(false);
    const answer = await none.openPeer(new TestPeer(none, person('an')).opening);
    expect(codeOf(answer)).toBe('mediaUnavailable');
    none.closePeer('nobody', 'left');
    await none.close();
    await none.close();
  });

  test('ends with the engine, its process and port with it', async () => {
    const small = await startEngine(1);
    const pid = small.workers[0]?.pid ?? 0;
    await small.close();
    await delay(50);
    expect(() => process.kill(pid, 0)).toThrow();
    expect(codeOf(await small.openPeer(new TestPeer(small, person('an')).opening))).toBe('mediaUnavailable');
  });
});
