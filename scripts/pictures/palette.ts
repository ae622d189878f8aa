import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue of each pixel, row by row. */
  readonly rgb: Buffer;
}

/** @returns the same picture with 256 colours at most, a third as large. @param png eight bits a channel, not interlaced */
export function withPalette(png: Buffer): Buffer {
  const pixels = decode(png);
  const palette = paletteOf(pixels.rgb);
  return encode(pixels, palette);
}

function decode(png: Buffer): Pixels {
  const data: Buffer[] = [];
  let [width, height, channels] = [0, 0, 0];
  for (let at = signature.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') {
      [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
      channels = body[9] === 6 ? 4 : 3;
    } else if (type === 'IDAT') data.push(body);
    at += length + 12;
  }
  return { width, height, rgb: unfilter(inflateSync(Buffer.concat(data)), width, height, channels) };
}

function unfilter(raw: Buffer, width: number, height: number, channels: number): Buffer {
  const stride = width * channels;
  const rgb = Buffer.alloc(width * height * 3);
  let above = Buffer.alloc(stride);
  for (let y = 0; y < height; y += 1) {
    const start = y * (stride + 1);
    const filter = raw[start];
    const line = Buffer.from(raw.subarray(start + 1, start + 1 + stride));
    for (let x = 0; x < stride; x += 1) {
      const left = x < channels ? 0 : (line[x - channels] ?? 0);
      const up = above[x] ?? 0;
      const corner = x < channels ? 0 : (above[x - channels] ?? 0);
      line[x] = ((line[x] ?? 0) + predicted(filter, left, up, corner)) & 0xff;
    }
    for (let x = 0; x < width; x += 1) line.copy(rgb, (y * width + x) * 3, x * channels, x * channels + 3);
    above = line;
  }
  return rgb;
}

function predicted(filter: number | undefined, left: number, up: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const guess = left + up - corner;
      const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
      if (a <= b && a <= c) return left;
      return b <= c ? up : corner;
    }
    default:
      return 0;
  }
}

interface Shade {
  readonly colour: readonly [number, number, number];
  readonly count: number;
}

/** Median cut over the colours, those alike in five bits a channel taken as one. */
function paletteOf(rgb: Buffer): readonly (readonly [number, number, number])[] {
  const sums = new Map<number, [number, number, number, number]>();
  for (let at = 0; at < rgb.length; at += 3) {
    const key = keyAt(rgb, at);
    const sum = sums.get(key) ?? [0, 0, 0, 0];
    sum[0] += rgb[at] ?? 0;
    sum[1] += rgb[at + 1] ?? 0;
    sum[2] += rgb[at + 2] ?? 0;
    sum[3] += 1;
    sums.set(key, sum);
  }
  const shades = [...sums.values()].map(
    ([red, green, blue, count]): Shade => ({ colour: [red / count, green / count, blue / count], count }),
  );
  const boxes: Shade[][] = [shades];
  while (boxes.length < 256) {
    boxes.sort((a, b) => weightOf(a) - weightOf(b));
    const widest = boxes.pop();
    if (!widest || widest.length < 2) {
      if (widest) boxes.push(widest);
      break;
    }
    boxes.push(...halves(widest));
  }
  return boxes.map(meanOf);
}

function keyAt(rgb: Buffer, at: number): number {
  return (((rgb[at] ?? 0) >> 3) << 10) | (((rgb[at + 1] ?? 0) >> 3) << 5) | ((rgb[at + 2] ?? 0) >> 3);
}

const channelsOfColour = [0, 1, 2] as const;

function spread(box: readonly Shade[], channel: 0 | 1 | 2): number {
  const values = box.map(({ colour }) => colour[channel]);
  return Math.max(...values) - Math.min(...values);
}

function weightOf(box: readonly Shade[]): number {
  const widest = Math.max(...channelsOfColour.map((channel) => spread(box, channel)));
  return widest * Math.sqrt(box.reduce((sum, { count }) => sum + count, 0));
}

function halves(box: readonly Shade[]): [Shade[], Shade[]] {
  const [channel] = [...channelsOfColour].sort((a, b) => spread(box, b) - spread(box, a));
  const sorted = [...box].sort((a, b) => a.colour[channel ?? 0] - b.colour[channel ?? 0]);
  const half = sorted.reduce((sum, { count }) => sum + count, 0) / 2;
  let sum = 0;
  let cut = sorted.findIndex(({ count }) => {
    sum += count;
    return sum >= half;
  });
  cut = Math.min(Math.max(cut, 1), sorted.length - 1);
  return [sorted.slice(0, cut), sorted.slice(cut)];
}

function meanOf(box: readonly Shade[]): readonly [number, number, number] {
  const total = box.reduce((sum, { count }) => sum + count, 0);
  const mean = (channel: 0 | 1 | 2) =>
    Math.round(box.reduce((sum, { colour, count }) => sum + colour[channel] * count, 0) / total);
  return [mean(0), mean(1), mean(2)];
}

function encode({ width, height, rgb }: Pixels, palette: ReturnType<typeof paletteOf>): Buffer {
  const known = new Map<number, number>();
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 3;
      const key = keyAt(rgb, at);
      let index = known.get(key);
      if (index === undefined) {
        index = nearest(palette, rgb, at);
        known.set(key, index);
      }
      lines[y * (width + 1) + 1 + x] = index;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function nearest(palette: ReturnType<typeof paletteOf>, rgb: Buffer, at: number): number {
  let [best, distance] = [0, Number.POSITIVE_INFINITY];
  for (const [index, [red, green, blue]] of palette.entries()) {
    const here =
      (red - (rgb[at] ?? 0)) ** 2 + (green - (rgb[at + 1] ?? 0)) ** 2 + (blue - (rgb[at + 2] ?? 0)) ** 2;
    if (here < distance) [best, distance] = [index, here];
  }
  return best;
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
