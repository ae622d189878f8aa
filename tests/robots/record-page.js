// Runs inside Chromium, loaded by record-fixture.ts: encodes the fake camera in three simulcast layers and a
// speech-like sound, and hands the encoded frames out before they are packetised.

/** Layers of the clip, smallest first: what a browser of the product sends, at low rates. */
const LAYERS = [
  { rid: 'r0', scaleResolutionDownBy: 4, maxBitrate: 80_000 },
  { rid: 'r1', scaleResolutionDownBy: 2, maxBitrate: 250_000 },
  { rid: 'r2', scaleResolutionDownBy: 1, maxBitrate: 600_000 },
];

const WORKER = `
  onrtctransform = ({ transformer }) => {
    const { kind } = transformer.options;
    transformer.readable.pipeThrough(new TransformStream({
      transform(frame, controller) {
        const meta = frame.getMetadata();
        postMessage({ kind, ssrc: meta.synchronizationSource, timestamp: meta.rtpTimestamp ?? frame.timestamp, key: frame.type === 'key',
          width: meta.width ?? 0, height: meta.height ?? 0, level: meta.audioLevel ?? null, at: performance.now(), data: frame.data.slice(0) });
        controller.enqueue(frame);
      },
    })).pipeTo(transformer.writable);
  };`;

/** A voice-like sound: a gliding buzz through three formants, in syllables with a pause after each phrase. */
function speechLikeTrack() {
  const context = new AudioContext({ sampleRate: 48_000 });
  const out = context.createMediaStreamDestination();
  const buzz = new OscillatorNode(context, { type: 'sawtooth', frequency: 130 });
  const syllables = new GainNode(context, { gain: 0 });
  for (const [frequency, gain] of [
    [600, 0.9],
    [1100, 0.5],
    [2500, 0.25],
  ]) {
    const formant = new BiquadFilterNode(context, { type: 'bandpass', frequency, Q: 6 });
    buzz.connect(formant).connect(new GainNode(context, { gain })).connect(syllables);
    for (let n = 0; n < 200; n++)
      formant.frequency.setTargetAtTime(frequency * (0.8 + (0.4 * ((n * 7) % 5)) / 4), n * 0.22, 0.04);
  }
  for (let n = 0; n < 200; n++) {
    const start = n * 0.22;
    buzz.frequency.setTargetAtTime(115 + 12 * ((n * 3) % 4), start, 0.05);
    if (n % 9 === 8) continue;
    syllables.gain.setTargetAtTime(0.8, start, 0.02);
    syllables.gain.setTargetAtTime(0.02, start + 0.15, 0.03);
  }
  syllables.connect(out);
  buzz.start();
  return out.stream.getAudioTracks()[0];
}

/**
 * Lets the answer of an ordinary receiver accept three layers. The receiver can't show them: it acknowledges packets,
 * and asks twice a second for key frames, which all layers then have. That is what a clip to jump about in needs.
 */
function acceptSimulcast(sdp) {
  const rids = LAYERS.map((layer) => layer.rid);
  const lines = `${rids.map((rid) => `a=rid:${rid} recv\r\n`).join('')}a=simulcast:recv ${rids.join(';')}\r\n`;
  return sdp.replace(/(m=video[\s\S]*?)(?=m=|$)/, (section) => section + lines);
}

/** Copies the extension lines a receiver drops because it doesn't receive simulcast itself. */
function withRidExtensions(answer, offer) {
  const wanted = [
    ...offer.matchAll(
      /a=extmap:\d+ urn:ietf:params:rtp-hdrext:sdes:(?:rtp-stream-id|repaired-rtp-stream-id)\r\n/g,
    ),
  ];
  return answer.replace(
    /(m=video[\s\S]*?)(a=extmap:)/,
    (_, before, line) =>
      before +
      [...new Set(wanted.map((match) => match[0]))].filter((ext) => !answer.includes(ext)).join('') +
      line,
  );
}

/** Records for so many seconds, after the encoders have settled; answers the frames with base64 data. */
async function record(settleSeconds, seconds) {
  const camera = await navigator.mediaDevices.getUserMedia({
    video: { width: 1280, height: 720, frameRate: 15 },
  });
  const frames = [];
  const worker = new Worker(URL.createObjectURL(new Blob([WORKER], { type: 'text/javascript' })));
  worker.onmessage = ({ data }) => frames.push(data);
  const sender = new RTCPeerConnection();
  const receiver = new RTCPeerConnection();
  sender.onicecandidate = ({ candidate }) => candidate && receiver.addIceCandidate(candidate);
  receiver.onicecandidate = ({ candidate }) => candidate && sender.addIceCandidate(candidate);

  const video = sender.addTransceiver(camera.getVideoTracks()[0], {
    direction: 'sendonly',
    sendEncodings: LAYERS.map((layer) => ({ ...layer, maxFramerate: 15, scalabilityMode: 'L1T1' })),
  });
  video.setCodecPreferences(
    RTCRtpSender.getCapabilities('video').codecs.filter((codec) => codec.mimeType === 'video/VP8'),
  );
  const audio = sender.addTransceiver(speechLikeTrack(), { direction: 'sendonly' });
  video.sender.transform = new RTCRtpScriptTransform(worker, { kind: 'video' });
  audio.sender.transform = new RTCRtpScriptTransform(worker, { kind: 'audio' });

  await sender.setLocalDescription();
  await receiver.setRemoteDescription(sender.localDescription);
  await receiver.setLocalDescription();
  const { type, sdp } = receiver.localDescription;
  const answer = withRidExtensions(acceptSimulcast(sdp), sender.localDescription.sdp);
  await sender.setRemoteDescription({ type, sdp: answer });

  await new Promise((resolve) => setTimeout(resolve, settleSeconds * 1000));
  frames.length = 0;
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const base64 = (buffer) =>
    btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(''));
  return frames.slice().map((frame) => ({ ...frame, data: base64(frame.data) }));
}
globalThis.record = record;
