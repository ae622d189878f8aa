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
