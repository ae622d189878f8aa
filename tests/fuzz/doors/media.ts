import { mediaRequests } from '@diemcau/shared/protocol/media.ts';
import { wallMediaRequests } from '@diemcau/shared/protocol/wall-media.ts';
import type { z } from 'zod';
import { cameraParameters, microphoneParameters } from '../../media/rtp-samples.ts';
import type { Speaking } from '../cast.ts';
import type { Chance } from '../chance.ts';
import { generate } from '../generate.ts';
import { mutate } from '../mutate.ts';
import type { FuzzDoor } from './door.ts';
import { type Request, sendRequest } from './sockets.ts';

const dtls = {
  role: 'client',
  fingerprints: [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') }],
};
const capabilities = {
  codecs: [
    { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2, preferredPayloadType: 100 },
    { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000, preferredPayloadType: 101, parameters: {} },
  ],
  headerExtensions: [{ kind: 'audio', uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', preferredId: 1 }],
};

const tables = { media: mediaRequests, wallMedia: wallMediaRequests } as const;

/** mediasoup's own structures as a browser sends them, often with something in them changed. */
function filled(data: unknown, chance: Chance): unknown {
  const structures: Readonly<Record<string, () => unknown>> = {
    dtlsParameters: () => dtls,
    rtpCapabilities: () => capabilities,
    rtpParameters: () => (chance.yes(0.5) ? cameraParameters() : microphoneParameters()),
  };
  const entries = Object.entries(Object(data)).map(([key, value]) => {
    const structure = structures[key]?.();
    if (structure === undefined) return [key, value];
    return [key, chance.yes(0.5) ? structure : mutate(structure, chance)];
  });
  return Object.fromEntries(entries);
}

/** Requests of a meeting's media and of a wall's. */
export const mediaDoor: FuzzDoor = {
  name: 'media requests',
  share: 20,
  send: (stage, chance) => sendRequest(stage, chance, request),
};

function request({ player, meetingId }: Speaking, chance: Chance): Request {
  const making = { chance, pool: player.own };
  const event = chance.yes(0.7) ? 'media' : 'wallMedia';
  const table: Readonly<Record<string, z.ZodType>> = tables[event];
  // Making transports is a worker's work of milliseconds; the other requests are sent far more often.
  const rare = new Set(['open', 'openSending']);
  const names = Object.keys(table).filter((name) => !rare.has(name) || chance.yes(0.4));
  const name = chance.pick(names);
  const schema = table[name];
  if (schema === undefined) throw new Error(`there is no request ${name}`);
  const data = filled(generate(schema, making), chance);
  return [event, event === 'media' ? { meetingId, name, data } : { name, data }];
}
