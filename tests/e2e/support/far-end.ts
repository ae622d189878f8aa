import { type Browser, chromium, expect, type Page } from '@playwright/test';
import { ParticipantMedia } from '../../robots/participant-media.ts';
import {
  type Attendant,
  attend,
  enter,
  give,
  makeCell,
  memberPassword,
  openVote,
  type RealCell,
} from '../../support/members.ts';
import { type NarrowLine, openNarrowLine } from '../../support/narrow-line.ts';
import { firstCodeOf, type Product, startProduct } from '../../support/product.ts';
import { startTlsFront } from '../../support/tls-front.ts';
import { enterRemotely, newPage, signIn } from './pages.ts';

/** A meeting that is on, with senders on this machine and room for one who sits at the other end of a narrow line. */
export interface FarEnd {
  readonly line: NarrowLine;
  readonly product: Product;
  readonly cell: RealCell;
  readonly chair: Attendant;
  /** The product's address as seen from the other end. */
  readonly url: string;
  /** How Chromium is to be started there. */
  readonly browserArguments: readonly string[];
  close(): Promise<void>;
}

interface FarEndWish {
  /** The server's settings beside the usual ones. */
  readonly env?: (line: NarrowLine) => Readonly<Record<string, string>>;
  /** `tls` puts TLS before the server, as for everybody who isn't beside it. */
  readonly door?: 'plain' | 'tls';
}

/** The chair speaks all the time; `cameras` members beside send their pictures. The last member is at the other end. */
export async function openFarEnd(
  cameras: number,
  { env = () => ({}), door = 'plain' }: FarEndWish = {},
): Promise<FarEnd> {
  const line = await openNarrowLine();
  const front = door === 'tls' ? await startTlsFront(line.here) : null;
  const product = await startProduct({
    DEMO: '0',
    HOST: '0.0.0.0',
    LOG_LEVEL: 'silent',
    ...(front ? { PUBLIC_URL: front.url } : {}),
    ...env(line),
  });
  front?.leadTo(product.url);
  const url = front?.url ?? product.url.replace('127.0.0.1', line.here);
  const cell = await makeCell(product, firstCodeOf(product), cameras + 2);
  const people = cell.members.slice(0, cameras + 1);
  const attendants = people.map(({ token }) => attend(product.url, token, cell.meetingId));
  const [chair] = attendants;
  if (!chair) throw new Error('nobody is there');
  await enter(chair, null);
  await give(chair, { type: 'summonMeeting' });
  const media: ParticipantMedia[] = [];
  for (const attendant of attendants) {
    const onTrouble = (sentence: string) => console.error(sentence);
    media.push(new ParticipantMedia(attendant.client, { camera: 3, onTrouble }));
    await enter(attendant, { type: 'checkIn', place: { mode: 'remote' } });
  }
  await give(chair, { type: 'openMeeting' });
  await give(chair, { type: 'completeRollCall' });
  for (const { client } of attendants) {
    const answer = await client.join({ media: 'wanted' });
    if (!answer.ok) throw new Error(`${answer.code}: ${answer.message}`);
  }
  await Promise.all(media.map((each) => each.settled));
  media[0]?.setVoice('speaking');
  return {
    line,
    product,
    cell,
    chair,
    url,
    browserArguments: [
      ...browserArguments,
      front?.browserArgument ?? `--unsafely-treat-insecure-origin-as-secure=${url}`,
    ],
    close: async () => {
      for (const each of media) each.close();
      for (const { connection } of attendants) connection.close();
      await product.stop();
      await front?.close();
      await line.close();
    },
  };
}

/** The member at the other end: a browser there, signed in. */
export function launchThere({ line, browserArguments: args }: FarEnd): Promise<Browser> {
  return chromium.launch({ executablePath: line.browser, args: [...args] });
}

/** Microphones and cameras are invented. */
const browserArguments = [
  '--no-sandbox',
  '--use-fake-device-for-media-stream=fps=5',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** The last member, in the room with picture and sound. */
export async function enterThere(browser: Browser, { url, cell }: FarEnd): Promise<Page> {
  const page = await newPage(browser, url);
  // Such a line takes its time.
  page.setDefaultTimeout(120_000);
  await signIn(page, cell.members.at(-1)?.login ?? '', memberPassword);
  await enterRemotely(page, 'full');
  return page;
}

/** Opens a vote, has the page cast a mark, and waits until it is recorded. @returns the milliseconds from the click. */
export async function voteThere(page: Page, { chair }: FarEnd): Promise<number> {
  const vote = await openVote(chair);
  const choice = page.getByTestId('choice-inFavour');
  await expect(choice).toBeVisible({ timeout: 30_000 });
  const began = performance.now();
  await choice.click();
  await expect(page.getByTestId('mark-recorded')).toContainText('Đã ghi nhận', { timeout: 30_000 });
  const took = performance.now() - began;
  // One vote is open at a time: the way is free for the next.
  await give(chair, { type: 'annulVote', vote, reason: 'Thử đường truyền' });
  return took;
}

/** How sound and pictures came, over a time. */
export interface Reception {
  /** The longest time without a packet of sound, in milliseconds. */
  readonly soundGap: number;
  /** The longest time without a new picture of any camera, in milliseconds: of several, a narrow line carries some. */
  readonly pictureGap: number;
  /** Width of the widest picture that was decoded last. */
  readonly width: number;
}

/** Looks at the page's own connections for so long. Needs a page of {@link newPage}. */
export function receive(page: Page, milliseconds: number): Promise<Reception> {
  return page.evaluate(async (duration) => {
    const kept = Reflect.get(window, 'keptConnections') as RTCPeerConnection[];
    const changed = new Map<string, { count: number; at: number; gap: number; kind: string }>();
    let width = 0;
    let pictures = 0;
    const note = (id: string, kind: string, count: number, now: number) => {
      const known = changed.get(id);
      if (known === undefined) changed.set(id, { count, at: now, gap: 0, kind });
      else {
        known.gap = Math.max(known.gap, now - known.at);
        if (count !== known.count) Object.assign(known, { count, at: now });
      }
    };
    const end = performance.now() + duration;
    while (performance.now() < end) {
      const now = performance.now();
      width = 0;
      pictures = 0;
      for (const connection of kept) {
        if (connection.connectionState === 'closed') continue;
        for (const report of (await connection.getStats()).values()) {
          if (report.type !== 'inbound-rtp' || report.ssrc === 1234) continue;
          if (report.kind === 'audio') note(report.id, 'audio', report.packetsReceived ?? 0, now);
          else {
            pictures += report.framesDecoded ?? 0;
            width = Math.max(width, report.frameWidth ?? 0);
          }
        }
      }
      note('pictures', 'video', pictures, now);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    const gaps = (kind: string) =>
      [...changed.values()].filter((one) => one.kind === kind).map(({ gap }) => gap);
    const best = (kind: string) => Math.min(...gaps(kind), duration);
    return { soundGap: best('audio'), pictureGap: best('video'), width };
  }, milliseconds);
}
