// The receiving side of robot-browser.test.ts: mediasoup-client as the product uses it, and nothing else.
import { Device } from 'mediasoup-client';

const device = new Device();
let transport;

/** Answers what this browser can receive. */
globalThis.load = async (routerRtpCapabilities) => {
  await device.load({ routerRtpCapabilities });
  return device.recvRtpCapabilities;
};

/** Makes the receiving transport; `connectOnServer` is given by the test. */
globalThis.openTransport = (parameters) => {
  transport = device.createRecvTransport(parameters);
  transport.on('connect', ({ dtlsParameters }, done, failed) => {
    globalThis.connectOnServer(dtlsParameters).then(done, failed);
  });
};

/** Shows a consumer and answers its id. */
globalThis.show = async (parameters) => {
  const consumer = await transport.consume(parameters);
  const element = document.createElement(consumer.kind);
  element.autoplay = true;
  element.srcObject = new MediaStream([consumer.track]);
  document.body.append(element);
  return consumer.id;
};

/** What has been decoded so far; the SFU's bandwidth probes appear as a video stream of their own that never decodes. */
globalThis.decoded = async () => {
  const stats = [...(await transport.getStats()).values()].filter(({ type }) => type === 'inbound-rtp');
  const video = stats.find(({ framesDecoded }) => framesDecoded > 0);
  const audio = stats.find(({ kind }) => kind === 'audio');
  return {
    frames: video?.framesDecoded ?? 0,
    width: video?.frameWidth ?? 0,
    loudness: audio?.totalAudioEnergy ?? 0,
  };
};
