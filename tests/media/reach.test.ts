import { createHmac } from 'node:crypto';
import type { MediaOffer, TransportOffer } from '@diemcau/shared/protocol/media.ts';
import { describe, expect, test } from 'vitest';
import { MediasoupEngine } from '../../server/src/media/engine.ts';
import { credentialLife, Reach } from '../../server/src/media/reach.ts';
import { mediaConfig, person, quiet, TestPeer } from './studio.ts';

const secret = 'a secret that both sides know';
const now = 1_800_000_000_000;
const turn = { urls: ['turn:relay.example.vn:3478', 'turns:relay.example.vn:5349?transport=tcp'], secret };

const transport: TransportOffer = {
  id: 't',
  iceParameters: {},
  iceCandidates: [
    {
      foundation: 'udpcandidate',
      priority: 1_076_302_079,
      address: '203.0.113.7',
      ip: '203.0.113.7',
      protocol: 'udp',
      port: 40_000,
      type: 'host',
    },
  ],
  dtlsParameters: {},
};
const offer: MediaOffer = { routerRtpCapabilities: {}, send: transport, receive: transport, producers: [] };

describe('how people reach the media', () => {
  test('a relay’s credentials are made from its secret, each for one opening, and end by themselves', () => {
    const reach = new Reach({ announcedAddresses: [], turn }, () => now);
    const [first] = reach.complete(offer).iceServers ?? [];
    const [second] = reach.complete(offer).iceServers ?? [];
    expect(first?.urls).toEqual(turn.urls);
    const [expiry, name] = first?.username.split(':') ?? [];
    expect(Number(expiry)).toBe((now + credentialLife) / 1000);
    expect(name).toMatch(/^[0-9a-f]{12}$/);
    const expected = createHmac('sha1', secret)
      .update(first?.username ?? '')
      .digest('base64');
    expect(first?.credential).toBe(expected);
    expect(second?.username).not.toBe(first?.username);
  });

  test('SEC12 those of a trial end a minute later', () => {
    const reach = new Reach({ announcedAddresses: [], turn }, () => now);
    const [relay] = reach.completeTrial({ udp: transport, tcp: transport }).iceServers ?? [];
    expect(Number(relay?.username.split(':')[0])).toBe((now + 60_000) / 1000);
  });

  test('without a relay none is offered', () => {
    expect(new Reach({ announcedAddresses: [], turn: null }).complete(offer)).not.toHaveProperty(
      'iceServers',
    );
  });

  test('every announced address is a candidate, the first before the others, of the same port', async () => {
    const config = { ...mediaConfig(1), announcedAddresses: ['203.0.113.7', '192.168.1.10'] };
    const engine = await MediasoupEngine.start(config, quiet);
    try {
      const peer = await new TestPeer(engine, person('an')).open();
      const candidates = peer.offer.receive.iceCandidates;
      const of = (address: string) => candidates.filter((candidate) => candidate.address === address);
      expect(of('203.0.113.7')).toHaveLength(2);
      expect(of('192.168.1.10')).toHaveLength(2);
      for (const protocol of ['udp', 'tcp']) {
        const [first, second] = candidates.filter((candidate) => candidate.protocol === protocol);
        expect(second?.port).toBe(first?.port);
        expect(Number(second?.priority)).toBeLessThan(Number(first?.priority));
        expect(second?.foundation).not.toBe(first?.foundation);
      }
    } finally {
      await engine.close();
    }
  });
});
