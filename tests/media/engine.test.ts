import { setTimeout as delay } from 'node:timers/promises';
import { asId, type PersonId, type SiteId } from '@diemcau/shared/ids.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MediasoupEngine } from '../../server/src/media/engine.ts';
import { cameraParameters, microphoneParameters } from './rtp-samples.ts';
import {
  codeOf,
  granted,
  mediaConfig,
  meeting,
  otherMeeting,
  person,
  quiet,
  site,
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

describe('SPK3 the floor is enforced in the SFU', () => {
  test('SPK3 sound outside the floor is held back from its first packet on, the picture never', async () => {
    const an = await new TestPeer(engine, person('an')).open();
    const camera = granted(await an.produce('camera'));
    const microphone = granted(await an.produce('microphone'));
    expect(camera.held).toBe(false);
    expect(microphone.held).toBe(true);
    expect(sfu.producers.get(camera.producerId)?.paused).toBe(false);
    expect(sfu.producers.get(microphone.producerId)?.paused).toBe(true);
  });

  test('SPK3 granting and taking the floor resumes and pauses sound and screen, and everybody is told', async () => {
    const an = await new TestPeer(engine, person('an')).open();
    const binh = await new TestPeer(engine, person('binh')).open();
    const microphone = granted(await an.produce('microphone')).producerId;
    const screen = granted(await an.produce('screen', cameraParameters())).producerId;
    const camera = granted(await an.produce('camera')).producerId;
    const paused = () => [microphone, screen, camera].map((id) => sfu.producers.get(id)?.paused);
    engine.setFloor(meeting, { kind: 'restricted', persons: [asId<PersonId>('an')], sites: [] });
    await vi.waitFor(() => expect(paused()).toEqual([false, false, false]));
    engine.setFloor(meeting, { kind: 'restricted', persons: [asId<PersonId>('binh')], sites: [] });
    await vi.waitFor(() => expect(paused()).toEqual([true, true, false]));
    engine.setFloor(meeting, { kind: 'free' });
    await vi.waitFor(() => expect(paused()).toEqual([false, false, false]));
    await vi.waitFor(() => {
      const changes = binh.notices.filter(
        (notice) => notice.type === 'producerChanged' && notice.producer.producerId === microphone,
      );
      expect(changes.map((notice) => notice.type === 'producerChanged' && notice.producer.held)).toEqual([
        false,
        true,
        false,
      ]);
    });
    expect(an.heard).toContain('producerChanged');
  });

  test('SPK3 sound of a screen is held back like the screen itself', async () => {
    const an = await new TestPeer(engine, person('an')).open();
    const { producerId, held } = granted(await an.produce('screenAudio'));
    expect(held).toBe(true);
    engine.setFloor(meeting, { kind: 'restricted', persons: [asId<PersonId>('an')], sites: [] });
    await vi.waitFor(() => expect(sfu.producers.get(producerId)?.paused).toBe(false));
  });

  test('SPK3 one presenter at a time: who shares a screen takes over from who did before, sound and all', async () => {
    engine.setFloor(meeting, { kind: 'free' });
    const an = await new TestPeer(engine, person('an')).open();
    const binh = await new TestPeer(engine, person('binh')).open();
    const camera = granted(await an.produce('camera')).producerId;
    const before = granted(await an.produce('screen', cameraParameters())).producerId;
    const sound = granted(await an.produce('screenAudio')).producerId;
    const after = granted(await binh.produce('screen', cameraParameters())).producerId;
    const closed = [camera, before, sound, after].map((id) => sfu.producers.get(id)?.closed);
    expect(closed).toEqual([false, true, true, false]);
    for (const producerId of [before, sound])
      expect(an.notices).toContainEqual({ type: 'producerRemoved', producerId });
  });

  test('SPK3 a hall is let through by its site, not by who sits in it', async () => {
    engine.setFloor(meeting, { kind: 'restricted', persons: [], sites: [asId<SiteId>('hall')] });
    const hall = await new TestPeer(engine, site('hall')).open();
    const other = await new TestPeer(engine, site('other')).open();
    expect(granted(await hall.produce('microphone')).held).toBe(false);
    expect(granted(await other.produce('microphone')).held).toBe(true);
  });

  test('SPK3 muted by its owner and held back by the floor are two facts', async () => {
    const an = await new TestPeer(engine, person('an')).open();
    const { producerId } = granted(await an.produce('microphone'));
    await engine.request(an.id, { name: 'pauseProducer', data: { producerId } });
    engine.setFloor(meeting, { kind: 'free' });
    await vi.waitFor(() =>
      expect(an.notices.at(-1)).toMatchObject({ producer: { producerId, muted: true, held: false } }),
    );
    expect(sfu.producers.get(producerId)?.paused).toBe(true);
    await engine.request(an.id, { name: 'resumeProducer', data: { producerId } });
    expect(sfu.producers.get(producerId)?.paused).toBe(false);
    engine.setFloor(meeting, { kind: 'restricted', persons: [], sites: [] });
    await vi.waitFor(() => expect(sfu.producers.get(producerId)?.paused).toBe(true));
    await engine.request(an.id, { name: 'pauseProducer', data: { producerId } });
    await engine.request(an.id, { name: 'resumeProducer', data: { producerId } });
    expect(sfu.producers.get(producerId)?.paused).toBe(true);
  });
});

describe('who may touch what', () => {
  test('transports, producers and consumers of another peer are refused and stay as they were', async () => {
    engine.setFloor(meeting, { kind: 'free' });
    const an = await new TestPeer(engine, person('an')).open();
    const binh = await new TestPeer(engine, person('binh')).open();
    const camera = granted(await an.produce('camera')).producerId;
    const [consumer] = await binh.consume(camera);
    const consumerId = consumer?.consumerId ?? '';
    const transportId = an.offer.send?.id ?? '';
    const asBinh = (request: Parameters<MediasoupEngine['request']>[1]) => engine.request(binh.id, request);
    const refusals = await Promise.all([
      asBinh({
        name: 'connectTransport',
        data: { transportId, dtlsParameters: an.offer.receive.dtlsParameters },
      }),
      asBinh({ name: 'restartIce', data: { transportId } }),
      asBinh({
        name: 'produce',
        data: { transportId, kind: 'video', source: 'camera', rtpParameters: cameraParameters() },
      }),
      asBinh({ name: 'pauseProducer', data: { producerId: camera } }),
      asBinh({ name: 'resumeProducer', data: { producerId: camera } }),
      asBinh({ name: 'closeProducer', data: { producerId: camera } }),
    ]);
    expect(refusals.map(codeOf)).toEqual(Array(6).fill('mediaNotAllowed'));
    await engine.request(an.id, { name: 'tune', data: { consumers: [{ consumerId, state: 'running' }] } });
    await engine.request(an.id, { name: 'closeConsumer', data: { consumerId } });
    expect(sfu.consumers.get(consumerId)).toMatchObject({ closed: false, paused: true });
    expect(sfu.producers.get(camera)).toMatchObject({ closed: false, paused: false });
  });

  test('ICE that is restarted hours later is given relays with credentials of its own', async () => {
    const turn = { urls: ['turn:relay.example.vn:3478'], secret: 'x'.repeat(32) };
    const far = await MediasoupEngine.start({ ...mediaConfig(1), turn }, quiet);
    try {
      const an = await new TestPeer(far, person('an')).open();
      const transportId = an.offer.receive.id;
      const restarted = granted(await far.request(an.id, { name: 'restartIce', data: { transportId } }));
      expect(restarted.iceServers?.[0]).toMatchObject({ urls: turn.urls });
      expect(restarted.iceServers).not.toEqual(an.offer.iceServers);
    } finally {
      await far.close();
    }
  });

  test("another meeting's producers can neither be seen nor received", async () => {
    const an = await new TestPeer(engine, person('an')).open();
    const camera = granted(await an.produce('camera')).producerId;
    const stranger = await new TestPeer(engine, person('la'), { meetingId: otherMeeting }).open();
    expect(stranger.offer.producers).toEqual([]);
    expect(await stranger.consume(camera)).toEqual([]);
    expect(stranger.notices).toEqual([]);
  });

  test('who may only receive has nothing to send with', async () => {
    const guest = await new TestPeer(engine, person('khach'), { rights: 'receiveOnly' }).open();
    expect(guest.offer.send).toBeNull();
    expect(codeOf(await guest.produce('camera'))).toBe('mediaNotAllowed');
    const forged = { transportId: guest.offer.receive.id, kind: 'audio', source: 'microphone' } as const;
    const answer = await engine.request(guest.id, {
      name: 'produce',
      data: { ...forged, rtpParameters: microphoneParameters() },
    });
    expect(codeOf(answer)).toBe('mediaNotAllowed');
  });

  test('ATT13 checked in at a site: media of the other device stop, it is told, and asks in vain', async () => {
    const an = await new TestPeer(engine, person('an')).open();
    const binh = await new TestPeer(engine, person('binh')).open();
    const camera = granted(await an.produce('camera')).producerId;
    engine.closePeer(an.id, 'siteWins');
    expect(an.notices.at(-1)).toEqual({ type: 'mediaClosed', reason: 'siteWins' });
    expect(binh.notices.at(-1)).toEqual({ type: 'producerRemoved', producerId: camera });
    expect(sfu.producers.get(camera)?.closed).toBe(true);
    expect(codeOf(await an.produce('camera'))).toBe('mediaNotAllowed');
    engine.closePeer(an.id, 'siteWins');
    expect(an.heard.filter((type) => type === 'mediaClosed')).toHaveLength(1);
  });

  test('a second device that sends takes the place of the first; one that only looks does not', async () => {
    const first = await new TestPeer(engine, person('an')).open();
    granted(await first.produce('camera'));
    const second = await new TestPeer(engine, person('an'), { peerId: 'second' }).open();
    expect(first.heard).not.toContain('mediaClosed');
    expect(second.offer.producers).toEqual([]);
    granted(await second.produce('camera'));
    expect(first.notices.at(-1)).toEqual({ type: 'mediaClosed', reason: 'replaced' });
    expect(second.heard).not.toContain('mediaClosed');
  });
});

describe('receiving', () => {
  test('consumers start paused, run when tuned, and ask for the wanted layer', async () => {
    const an = await new TestPeer(engine, person('an')).open();
    const binh = await new TestPeer(engine, person('binh')).open();
    const camera = granted(await an.produce('camera')).producerId;
    expect(binh.notices).toEqual([
      {
        type: 'producerAdded',
        producer: {
          producerId: camera,
          owner: person('an'),
          source: 'camera',
          held: false,
          muted: false,
        },
      },
    ]);
    const [offer] = await binh.consume(camera, 'gone');
    const consumer = sfu.consumers.get(offer?.consumerId ?? '');
    expect(consumer).toMatchObject({ paused: true, type: 'simulcast' });
    const tuning = {
      consumerId: consumer?.id ?? '',
      state: 'running',
      spatialLayer: 1,
      priority: 7,
    } as const;
    granted(await engine.request(binh.id, { name: 'tune', data: { consumers: [tuning] } }));
    expect(consumer).toMatchObject({ paused: false, priority: 7, preferredLayers: { spatialLayer: 1 } });
    await binh.consume(camera);
    expect(consumer?.closed).toBe(true);
  });

  test('a track that ends takes its consumers with it, and tuning them afterwards is no error', async () => {
    const an = await new TestPeer(engine, person('an')).open();
    const binh = await new TestPeer(engine, person('binh')).open();
    const producerId = granted(await an.produce('camera')).producerId;
    const [offer] = await binh.consume(producerId);
    granted(await engine.request(an.id, { name: 'closeProducer', data: { producerId } }));
    expect(binh.notices.at(-1)).toEqual({ type: 'producerRemoved', producerId });
    const consumers = [{ consumerId: offer?.consumerId ?? '', state: 'running' }] as const;
    granted(await engine.request(binh.id, { name: 'tune', data: { consumers: [...consumers] } }));
  });

  test('a second camera of the same device takes the place of the first', async () => {
    const an = await new TestPeer(engine, person('an')).open();
    const before = granted(await an.produce('camera')).producerId;
    const after = granted(await an.produce('camera')).producerId;
    expect(sfu.producers.get(before)?.closed).toBe(true);
    expect(sfu.producers.get(after)?.closed).toBe(false);
  });
});

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
