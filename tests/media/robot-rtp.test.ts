import { statSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipFile, decodeClip, encodeClip, recordedClip } from '../robots/clip.ts';
import { PictureStream } from '../robots/picture.ts';
import { allocatePacket, type IncomingPacket, isRtcp, readPacket } from '../robots/rtp/packet.ts';
import { readFeedback, writeSenderReport } from '../robots/rtp/rtcp.ts';
import { DESCRIPTOR_BYTES, fragmentsOf, readVp8, writeDescriptor } from '../robots/rtp/vp8.ts';
import { SoundStream } from '../robots/sound.ts';

const clip = recordedClip();

/** Plays a stream by hand and keeps what it sends. */
function recorder() {
  const packets: IncomingPacket[] = [];
  const reports: Buffer[] = [];
  const send = (bytes: Buffer) => {
    if (isRtcp(bytes)) reports.push(Buffer.from(bytes));
    else {
      const packet = readPacket(bytes);
      if (!packet) throw new Error('a robot sent what is not RTP');
      packets.push(packet);
    }
  };
  return { packets, reports, send };
}

function layer(n: number) {
  const found = clip.layers[n];
  if (!found) throw new Error(`the clip has no layer ${n}`);
  return found;
}

function picture(send: (bytes: Buffer) => void, n = 0, phase = 0) {
  const identity = { ssrc: 7, payloadType: 96, clockRate: 90_000, cname: 'robot' };
  return new PictureStream(clip, layer(n), identity, { at: 0, phase, send });
}

/** First packets of frames, by the sender's clock. */
const frameStarts = (packets: IncomingPacket[]) =>
  packets.flatMap((packet) => {
    const vp8 = readVp8(packet.payload);
    return vp8?.startsFrame ? [{ ...packet, key: vp8.key, pictureId: vp8.pictureId ?? -1 }] : [];
  });

const ahead = (from: number, to: number, circle: number) => (to - from + circle) % circle;

describe('the recorded clip', () => {
  it('is small, has three growing layers, and a key frame at least every 1.2 s', () => {
    expect(statSync(clipFile).size).toBeLessThan(3_000_000);
    expect(clip.layers.map(({ width }) => width)).toEqual([320, 640, 1280]);
    for (const { frames } of clip.layers) {
      expect(frames[0]?.key).toBe(true);
      const keys = [...frames.filter(({ key }) => key).map(({ at }) => at), clip.milliseconds];
      const gaps = keys.slice(1).map((at, n) => at - (keys[n] ?? 0));
      expect(Math.max(...gaps)).toBeLessThanOrEqual(1200);
    }
  });

  it('holds sound for its whole length, most of it loud enough for an active speaker', () => {
    expect(clip.sound.length * 20).toBe(clip.milliseconds);
    expect(clip.sound.filter(({ level }) => level < 50).length).toBeGreaterThan(clip.sound.length / 2);
  });

  it('comes out of its file as it went in, and a damaged file is refused', () => {
    const file = encodeClip(clip);
    expect(decodeClip(file)).toEqual(clip);
    expect(() => decodeClip(file.subarray(0, file.length - 1))).toThrow('cut off');
    expect(() => decodeClip(Buffer.from('something else entirely'))).toThrow('not a clip');
  });
});

describe('packets', () => {
  const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });

  it('are read as they were written', () => {
    fc.assert(
      fc.property(
        word,
        word,
        fc.integer({ min: 0, max: 0xffff }),
        fc.boolean(),
        fc.option(fc.integer({ min: 0, max: 127 }), { nil: undefined }),
        fc.uint8Array({ maxLength: 50 }),
        (ssrc, timestamp, sequence, marker, audioLevel, payload) => {
          const header = { ssrc, timestamp, sequence, marker, payloadType: 96 };
          const level = audioLevel === undefined ? {} : { audioLevel };
          const packet = allocatePacket({ ...header, ...level }, payload.length);
          packet.bytes.set(payload, packet.payload);
          expect(readPacket(packet.bytes)).toEqual({ ...header, payload: Buffer.from(payload) });
          expect(isRtcp(packet.bytes)).toBe(false);
        },
      ),
    );
  });

  it('of one VP8 frame fit the path, begin it once and make it whole again', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 9000 }), (frame) => {
        const parts = fragmentsOf(Buffer.from(frame));
        expect(Buffer.concat(parts)).toEqual(Buffer.from(frame));
        const payloads = parts.map((part, index) => {
          const payload = Buffer.alloc(DESCRIPTOR_BYTES + part.length);
          writeDescriptor(payload, 0, { pictureId: 0x7fff, index });
          part.copy(payload, DESCRIPTOR_BYTES);
          return payload;
        });
        expect(Math.max(...payloads.map(({ length }) => length))).toBeLessThanOrEqual(1104);
        expect(payloads.map((payload) => readVp8(payload)?.startsFrame)).toEqual(
          parts.map((_, n) => n === 0),
        );
        expect(payloads.map((payload) => readVp8(payload)?.pictureId)).toEqual(parts.map(() => 0x7fff));
      }),
    );
  });

  it('of feedback are understood: PLI, FIR and NACK in one compound', () => {
    const pli = Buffer.from('81ce000200000001000000aa', 'hex');
    const fir = Buffer.from('84ce00040000000100000000000000bb07000000', 'hex');
    const nack = Buffer.from('81cd000300000001000000ccfffe0003', 'hex');
    const report = writeSenderReport({
      ssrc: 1,
      cname: 'x',
      wallClock: 0,
      timestamp: 0,
      packets: 0,
      bytes: 0,
    });
    expect(readFeedback(Buffer.concat([report, pli, fir, nack]))).toEqual([
      { type: 'keyFrame', ssrc: 0xaa },
      { type: 'keyFrame', ssrc: 0xbb },
      { type: 'resend', ssrc: 0xcc, sequences: [0xfffe, 0xffff, 0] },
    ]);
  });

  it('of noise are passed over without harm', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (noise) => {
        const bytes = Buffer.from(noise);
        readFeedback(bytes);
        readPacket(bytes);
        readVp8(bytes);
      }),
      { numRuns: 2000 },
    );
  });

  it('of sender reports carry wall clock and stream clock', () => {
    const report = writeSenderReport({
      ssrc: 9,
      cname: 'robot',
      wallClock: 1500,
      timestamp: 77,
      packets: 3,
      bytes: 1000,
    });
    expect(report.length % 4).toBe(0);
    expect(report.readUInt32BE(8)).toBe(2_208_988_801);
    expect(report.readUInt32BE(12)).toBe(2 ** 31);
    expect([16, 20, 24].map((offset) => report.readUInt32BE(offset))).toEqual([77, 3, 1000]);
  });
});

describe('a played layer', () => {
  it('runs through the loop without a gap in numbers, picture ids or time', () => {
    const { packets, reports, send } = recorder();
    const stream = picture(send, 2);
    const milliseconds = clip.milliseconds * 3;
    for (let now = 0; now < milliseconds; now += 10) stream.tick(now);
    const starts = frameStarts(packets);
    expect(starts.length).toBe(layer(2).frames.length * 3);
    packets.slice(1).forEach((packet, n) => {
      expect(ahead(packets[n]?.sequence ?? -1, packet.sequence, 2 ** 16)).toBe(1);
    });
    starts.slice(1).forEach((start, n) => {
      const before = starts[n];
      expect(ahead(before?.pictureId ?? -1, start.pictureId, 2 ** 15)).toBe(1);
      const ticks = ahead(before?.timestamp ?? -1, start.timestamp, 2 ** 32);
      expect(ticks).toBeGreaterThan(30 * 90);
      expect(ticks).toBeLessThan(110 * 90);
    });
    expect(reports.length).toBe(milliseconds / 1000);
  });

  it('jumps to a key frame within 100 ms of a request, at any moment and however many come', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 0, max: 4999 }),
        (gaps, phase) => {
          const { packets, send } = recorder();
          const stream = picture(send, 0, phase);
          let now = 0;
          for (const gap of gaps) {
            for (const until = now + gap; now < until; now++) if (now % 10 === 0) stream.tick(now);
            packets.length = 0;
            const keys = stream.keyFrames;
            stream.requestKeyFrame(now);
            for (const until = now + 100; now < until; now++) if (now % 10 === 0) stream.tick(now);
            expect(stream.keyFrames).toBeGreaterThan(keys);
            expect(frameStarts(packets).some(({ key }) => key)).toBe(true);
            packets.slice(1).forEach((packet, n) => {
              expect(ahead(packets[n]?.sequence ?? -1, packet.sequence, 2 ** 16)).toBe(1);
              expect(ahead(packets[n]?.timestamp ?? -1, packet.timestamp, 2 ** 32)).toBeLessThan(2 ** 31);
            });
          }
        },
      ),
    );
  });

  it('goes on from now after the process stood still', () => {
    const { packets, send } = recorder();
    const stream = picture(send);
    stream.tick(0);
    packets.length = 0;
    stream.tick(3000);
    expect(frameStarts(packets).length).toBe(1);
  });

  it('sends a lost packet again, but not one it never sent', () => {
    const { packets, send } = recorder();
    const stream = picture(send);
    for (let now = 0; now < 500; now += 10) stream.tick(now);
    const lost = packets.at(-3);
    const sent = packets.length;
    stream.stream.resend([lost?.sequence ?? -1, (lost?.sequence ?? 0) + 1000]);
    expect(packets.slice(sent)).toEqual([lost]);
  });
});

describe('played sound', () => {
  const identity = { ssrc: 8, payloadType: 111, clockRate: 48_000, cname: 'robot' };

  it('comes every 20 ms, and its clock runs by whole frames through the loop', () => {
    const { packets, send } = recorder();
    const stream = new SoundStream(clip, 'speaking', identity, { at: 0, phase: 4900, send });
    for (let now = 0; now < 6000; now += 10) stream.tick(now);
    expect(packets.length).toBe(300);
    packets.slice(1).forEach((packet, n) => {
      expect(ahead(packets[n]?.timestamp ?? -1, packet.timestamp, 2 ** 32)).toBe(960);
    });
  });

  it('shrinks to a packet every 400 ms in silence, and starts at once when the voice comes back', () => {
    const { packets, send } = recorder();
    const stream = new SoundStream(clip, 'silent', identity, { at: 0, phase: 0, send });
    for (let now = 0; now < 4100; now += 10) stream.tick(now);
    expect(packets.length).toBe(11);
    stream.setVoice('speaking', 4100);
    stream.tick(4120);
    expect(packets.length).toBeGreaterThan(11);
    const last = packets.at(-1)?.timestamp ?? 0;
    expect(ahead(packets[0]?.timestamp ?? -1, last, 2 ** 32) % 960).toBe(0);
  });
});
