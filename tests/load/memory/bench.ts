import { startBareServer } from '../evening/bare.ts';
import { LightLine } from '../evening/line.ts';
import { addressFor, eachOf, enterRemotely, openLine } from '../evening/members.ts';
import { startEvening } from '../evening/node.ts';
import { type EveningSize, meetingsOf } from '../evening/plan.ts';
import { tokenMint } from '../evening/tokens.ts';
import { type Weight, weigh } from '../evening/weigh.ts';
import { atMost, type BenchReport, rounded } from '../report.ts';

const size: EveningSize = { meetings: 500, members: 8_000, superiors: 0 };
const first = 3_000;
const abreast = 50;
/** Milliseconds after which nothing of the arrival is under way any more. */
const settle = 6_000;

interface Cost {
  /** Kilobytes of resident memory that one connection adds. */
  readonly resident: number;
  /** Of them on the JavaScript heap. */
  readonly heap: number;
}

/**
 * Five thousand who are signed in, in their meetings of sixteen, present, and do nothing: what one of them adds to the server's
 * memory, without garbage. Beside it the same number of connections of bare Socket.IO, and of bare `ws`.
 */
export async function run(): Promise<BenchReport> {
  const ws = await weighBare('ws');
  const socketIo = await weighBare('socketio');
  const member = await weighMembers();
  const ratios = {
    vs_socketio: rounded(member.resident / socketIo.resident),
    vs_ws: rounded(member.resident / ws.resident),
    heap_vs_socketio: rounded(member.heap / socketIo.heap),
  };
  return {
    bench: 'memory',
    figures: { resident_kb: rounded(member.resident), heap_kb: rounded(member.heap) },
    baseline: {
      resident_kb: rounded(socketIo.resident),
      heap_kb: rounded(socketIo.heap),
      ws_resident_kb: rounded(ws.resident),
      ws_heap_kb: rounded(ws.heap),
    },
    ratios,
    aims: { 'ratios.vs_socketio': atMost(ratios.vs_socketio, 1.4) },
  };
}

async function weighMembers(): Promise<Cost> {
  const node = await startEvening(size, 'embedded');
  try {
    const mint = tokenMint();
    const places = meetingsOf(size).flatMap((meeting) =>
      meeting.members.map((member) => ({ meeting, member })),
    );
    return await costOf(node.pid, node.folder, async (number) => {
      const place = places[number];
      if (!place) throw new Error('no such member');
      const line = await openLine(node.url, mint(place.member), addressFor(number));
      await enterRemotely(line, place.meeting, place.member);
      return line;
    });
  } finally {
    await node.stop();
  }
}

async function weighBare(kind: 'ws' | 'socketio'): Promise<Cost> {
  const server = await startBareServer(kind);
  try {
    return await costOf(server.pid, server.folder, async (number) => {
      const bare = await LightLine.open({ url: server.url, auth: null, localAddress: addressFor(number) });
      if (kind === 'socketio') await bare.request('join', { meeting: Math.floor(number / 16) });
      return bare;
    });
  } finally {
    await server.stop();
  }
}

/** Weighs the server before and after all have come. Some are there before: they fill what a start leaves free. */
async function costOf(
  pid: number,
  folder: string,
  come: (number: number) => Promise<LightLine>,
): Promise<Cost> {
  const lines: LightLine[] = [];
  const until = async (count: number) => {
    const missing = Array.from({ length: count - lines.length }, (_, index) => lines.length + index);
    await eachOf(missing, abreast, async (number) => {
      lines.push(await come(number));
    });
    await new Promise((resolve) => setTimeout(resolve, settle));
    return weigh(pid, folder);
  };
  const before = await until(first);
  const after = await until(size.members);
  for (const line of lines) line.close();
  const each = (pick: (weight: Weight) => number) =>
    (pick(after) - pick(before)) / (size.members - first) / 1024;
  return { resident: each(({ resident }) => resident), heap: each(({ heap }) => heap) };
}
