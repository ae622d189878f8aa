/**
 * Records the robots' clip from Chromium's fake camera and a synthetic voice. Run by hand when the clip must change:
 *   node tests/robots/record-fixture.ts
 * Frames are taken between encoder and packetiser, so the robots can packetise, loop and jump as they need.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { systemBrowser } from '../../scripts/browser-path.mjs';
import { type Clip, type ClipLayer, clipFile, encodeClip, type PictureFrame } from './clip.ts';

const SETTLE_SECONDS = 10;
const RECORD_SECONDS = 7;
const CLIP_MILLISECONDS = 5000;
const SAMPLES_PER_MILLISECOND = 48;
const PICTURE_TICKS_PER_MILLISECOND = 90;
/** The last picture is shown this long at least before the loop begins anew. */
const LEAST_SEAM_MILLISECONDS = 40;
/** A robot answers a request for a key frame with the nearest one, so they must not be far apart. */
const LONGEST_WITHOUT_KEY_MILLISECONDS = 1200;

interface RecordedFrame {
  kind: 'audio' | 'video';
  ssrc: number;
  timestamp: number;
  key: boolean;
  width: number;
  height: number;
  /** Linear, 0 to 1. */
  level: number | null;
  /** The page's clock when the frame left the encoder, in milliseconds. */
  at: number;
  /** base64 */
  data: string;
}

/** Runs the recording page and answers all frames it saw. */
async function recordFrames(): Promise<RecordedFrame[]> {
  const executablePath = systemBrowser();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [
      '--no-sandbox',
      '--use-fake-device-for-media-stream=fps=15',
      '--use-fake-ui-for-media-stream',
      '--autoplay-policy=no-user-gesture-required',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
  try {
    const page = await browser.newPage();
    // Camera access needs a secure origin, which localhost is; nothing listens there.
    await page.route('http://localhost/', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
    );
    await page.goto('http://localhost/');
    await page.addScriptTag({ path: fileURLToPath(new URL('./record-page.js', import.meta.url)) });
    return await page.evaluate<RecordedFrame[]>(`record(${SETTLE_SECONDS}, ${RECORD_SECONDS})`);
  } finally {
    await browser.close();
  }
}

const wrapped = (ticks: number) => ticks >>> 0;

/** Cuts one layer to the clip: from the first key frame after `start`, for the length of the clip. */
function cutLayer(frames: RecordedFrame[], start: number): ClipLayer {
  const first = frames.findIndex((frame) => frame.key && frame.at >= start);
  const opening = frames[first];
  if (!opening) throw new Error('no key frame to begin with');
  const pictures: PictureFrame[] = frames
    .slice(first)
    .map((frame) => ({
      at: Math.round(wrapped(frame.timestamp - opening.timestamp) / PICTURE_TICKS_PER_MILLISECOND),
      key: frame.key,
      data: Buffer.from(frame.data, 'base64'),
    }))
    .filter((frame) => frame.at < CLIP_MILLISECONDS - LEAST_SEAM_MILLISECONDS);
  const keys = [...pictures.filter((frame) => frame.key).map((frame) => frame.at), CLIP_MILLISECONDS];
  keys.forEach((at, n) => {
    if (at - (keys[n - 1] ?? 0) > LONGEST_WITHOUT_KEY_MILLISECONDS)
      throw new Error(`no key frame before ${at} ms`);
  });
  return { width: opening.width, height: opening.height, frames: pictures };
}

/** −dBov of a linear level. */
function loudness(level: number): number {
  return level <= 0 ? 127 : Math.min(127, Math.round(-20 * Math.log10(level)));
}

function cutClip(frames: RecordedFrame[]): Clip {
  const video = Map.groupBy(
    frames.filter((frame) => frame.kind === 'video'),
    (frame) => frame.ssrc,
  );
  const layers = [...video.values()].sort((a, b) => (a[0]?.width ?? 0) - (b[0]?.width ?? 0));
  const start = Math.max(...layers.map((layer) => layer.find((frame) => frame.key)?.at ?? 0)) - 50;
  const audio = frames.filter((frame) => frame.kind === 'audio' && frame.at >= start);
  const opening = audio[0];
  if (layers.length !== 3 || !opening)
    throw new Error(`recorded ${layers.length} layers, ${audio.length} sound frames`);
  return {
    milliseconds: CLIP_MILLISECONDS,
    layers: layers.map((layer) => cutLayer(layer, start)),
    sound: audio
      .map((frame) => ({
        at: wrapped(frame.timestamp - opening.timestamp) / SAMPLES_PER_MILLISECOND,
        level: loudness(frame.level ?? 0),
        data: Buffer.from(frame.data, 'base64'),
      }))
      .filter((frame) => frame.at < CLIP_MILLISECONDS),
  };
}

const clip = cutClip(await recordFrames());
const file = encodeClip(clip);
writeFileSync(clipFile, file);
for (const { width, height, frames } of clip.layers) {
  const bits = frames.reduce((sum, frame) => sum + frame.data.length * 8, 0);
  const keys = frames.filter((frame) => frame.key).length;
  console.error(
    `${width}×${height}: ${frames.length} frames, ${keys} of them key frames, ${Math.round(bits / clip.milliseconds)} kbit/s`,
  );
}
console.error(`sound: ${clip.sound.length} frames; ${file.length} bytes in all`);
