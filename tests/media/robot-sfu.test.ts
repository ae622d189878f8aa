import { setTimeout as sleep } from 'node:timers/promises';
import type { Consumer, ConsumerLayers, Producer } from 'mediasoup/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BareSfu, startBareSfu, type WiredRobot, wireRobot } from '../robots/bare-sfu.ts';
import type { ReceivedStream } from '../robots/received.ts';

let sfu: BareSfu;
let sender: WiredRobot;
let receiver: WiredRobot;
let camera: Producer;
let microphone: Producer;

function producerOf(robot: WiredRobot, id: string): Producer {
  const producer = robot.producers.get(id);
  if (!producer) throw new Error(`no producer ${id}`);
  return producer;
}

/** Waits until something is so; the sentence is for who reads the failure. */
async function until(what: string, holds: () => boolean, milliseconds = 3000): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`not within ${milliseconds} ms: ${what}`);
    await sleep(5);
  }
}

/** Bytes that arrive in a second, once a layer has been chosen and has begun. */
async function rateOnLayer(
  consumer: Consumer,
  stream: ReceivedStream,
  spatialLayer: number,
): Promise<number> {
  const switched = new Promise<void>((resolve) => {
    const heard = (layers?: ConsumerLayers) => {
      if (layers?.spatialLayer !== spatialLayer) return;
      consumer.off('layerschange', heard);
      resolve();
    };
    consumer.on('layerschange', heard);
    if (consumer.currentLayers?.spatialLayer === spatialLayer) resolve();
  });
  await consumer.setPreferredLayers({ spatialLayer });
  await switched;
  const before = stream.bytes;
  await sleep(1000);
  return stream.bytes - before;
}

beforeAll(async () => {
  sfu = await startBareSfu();
  [sender, receiver] = await Promise.all([wireRobot(sfu), wireRobot(sfu)]);
  camera = producerOf(sender, await sender.media.startCamera());
  microphone = producerOf(sender, await sender.media.startMicrophone('speaking'));
});

afterAll(() => {
  sender?.media.close();
  receiver?.media.close();
  sfu?.close();
});

describe('a robot through the SFU to another robot', () => {
  it('delivers picture and sound without a gap', async () => {
    const [picture, sound] = await Promise.all([receiver.consume(camera), receiver.consume(microphone)]);
    await until('a first whole picture', () => picture.stream.firstFrameAt !== undefined, 1000);
    await sleep(1000);
    expect(picture.stream.frames).toBeGreaterThan(12);
    expect(sound.stream.packets).toBeGreaterThan(40);
    expect(picture.stream.missing + sound.stream.missing).toBe(0);
    expect(camera.score.map(({ score }) => score)).toEqual([10, 10, 10]);
  });

  it('answers a request for a key frame, each time, without waiting for the clip to come round', async () => {
    const { consumer, stream } = await receiver.consume(camera);
    await until('a first whole picture', () => stream.firstFrameAt !== undefined);
    const waits: number[] = [];
    for (let n = 0; n < 10; n++) {
      // Apart from the clip's own half seconds, and past the SFU's own patience between two requests.
      await sleep(70 + n * 13);
      const before = stream.keyFrames;
      const asked = performance.now();
      await consumer.requestKeyFrame();
      await until('a key frame', () => stream.keyFrames > before, 1000);
      waits.push((stream.lastKeyFrameAt ?? Number.POSITIVE_INFINITY) - asked);
    }
    // The clip's own key frames come every half second: waiting for them takes a quarter on the average.
    const [, , , , middle] = waits.sort((a, b) => a - b);
    expect(middle).toBeLessThan(200);
  });

  it('changes between its three layers when the receiver asks', async () => {
    const { consumer, stream } = await receiver.consume(camera);
    const small = await rateOnLayer(consumer, stream, 0);
    const large = await rateOnLayer(consumer, stream, 2);
    const middle = await rateOnLayer(consumer, stream, 1);
    expect(small).toBeGreaterThan(5_000);
    expect(middle).toBeGreaterThan(small * 1.7);
    expect(large).toBeGreaterThan(middle * 1.5);
    expect(stream.missing).toBe(0);
  });

  it('is heard as the active speaker while it speaks, and not while it is silent', async () => {
    const observer = await sfu.router.createAudioLevelObserver({ interval: 300, threshold: -60 });
    await observer.addProducer({ producerId: microphone.id });
    const heard: string[] = [];
    observer.on('volumes', (volumes) => heard.push(...volumes.map(({ producer }) => producer.id)));
    await until('a voice', () => heard.length > 0);
    expect(new Set(heard)).toEqual(new Set([microphone.id]));
    sender.media.setVoice('silent');
    await sleep(700);
    heard.length = 0;
    await sleep(700);
    expect(heard).toEqual([]);
    sender.media.setVoice('speaking');
    await until('the voice again', () => heard.length > 0);
    observer.close();
  });

  it('can send its smallest layer alone, stop, and start again', async () => {
    const robot = await wireRobot(sfu);
    const first = producerOf(robot, await robot.media.startCamera(1));
    expect(first.rtpParameters.encodings?.length).toBe(1);
    const { stream } = await receiver.consume(first);
    await until('the small picture', () => stream.frames > 3);
    robot.media.stopCamera();
    first.close();
    const second = producerOf(robot, await robot.media.startCamera(1));
    const again = await receiver.consume(second);
    await until('the small picture again', () => again.stream.frames > 3);
    robot.media.close();
    robot.media.close();
  });

  it('hears that its transport was closed on the server', async () => {
    let lost = 0;
    const robot = await wireRobot(sfu, { onLost: () => (lost += 1) });
    robot.sendTransport.close();
    await until('the loss', () => lost > 0);
    robot.media.close();
  });
});
