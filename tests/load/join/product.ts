import type { ClientCommand } from '@diemcau/shared/protocol/commands.ts';
import type { Browser, BrowserContext } from '@playwright/test';
import { buildClient } from '../../../scripts/setup/client.mjs';
import { ParticipantMedia } from '../../robots/participant-media.ts';
import { type Attendant, attend, makeCell, memberPassword, type RealCell } from '../../support/members.ts';
import { firstCodeOf, type Product, startProduct } from '../../support/product.ts';
import { type JoinTimes, plan } from './plan.ts';
import { install, type Marks, measure } from './stopwatch.ts';

const marks: Marks = { click: '[data-testid=enter]', state: '[data-testid=room]' };

/** A meeting of the product that is on, with the plan's senders in it, ready for run after run. */
export interface ProductHall {
  run(browser: Browser): Promise<readonly JoinTimes[]>;
  close(): Promise<void>;
}

interface Hall {
  readonly product: Product;
  readonly cell: RealCell;
  /** Each joiner's second device, without media: it leaves the meeting after each entry. */
  readonly joiners: readonly Attendant[];
}

/** Builds the pages, starts the product, and brings the senders into a meeting that is open. */
export async function openProductHall(): Promise<ProductHall> {
  await buildClient();
  const product = await startProduct({ DEMO: '0', LOG_LEVEL: 'silent' });
  const cell = await makeCell(product, firstCodeOf(product), plan.senders + plan.joins);
  const people = cell.members.map(({ token }) => attend(product.url, token, cell.meetingId));
  const senders = people.slice(0, plan.senders);
  const joiners = people.slice(plan.senders);
  const media = await begin(senders);
  const hall = { product, cell, joiners };
  const contexts = new Map<Browser, BrowserContext>();
  return {
    run: async (browser) => {
      const context = contexts.get(browser) ?? (await signIn(browser, hall));
      contexts.set(browser, context);
      return run(context, hall);
    },
    close: async () => {
      for (const each of media) each.close();
      for (const { connection } of people) connection.close();
      await product.stop();
    },
  };
}

/** The first sender is the chair. */
async function begin(senders: readonly Attendant[]): Promise<readonly ParticipantMedia[]> {
  const [chair] = senders;
  if (!chair) throw new Error('nobody is there');
  await join(chair, null);
  await give(chair, { type: 'summonMeeting' });
  const media: ParticipantMedia[] = [];
  for (const sender of senders) {
    const onTrouble = (sentence: string) => console.error(sentence);
    media.push(new ParticipantMedia(sender.client, { camera: 3, onTrouble }));
    await join(sender, { type: 'checkIn', place: { mode: 'remote' } });
  }
  await give(chair, { type: 'openMeeting' });
  await give(chair, { type: 'completeRollCall' });
  for (const { client } of senders) await restart(client);
  await Promise.all(media.map((each) => each.settled));
  return media;
}

/** Media are there once the meeting is open: who was in its room before joins once more. */
async function restart(client: Attendant['client']): Promise<void> {
  const answer = await client.join({ media: 'wanted' });
  if (!answer.ok) throw new Error(`${answer.code}: ${answer.message}`);
  if (answer.value.media === null) throw new Error(`no media: ${answer.value.mediaRefusal}`);
}

async function join({ client }: Attendant, checkIn: ClientCommand | null): Promise<void> {
  const answer = await client.join({ ...(checkIn && { checkIn }), media: 'unwanted' });
  if (!answer.ok) throw new Error(`${answer.code}: ${answer.message}`);
}

async function give({ client }: Attendant, command: ClientCommand): Promise<void> {
  const answer = await client.command(command).answer;
  if (!answer.ok) throw new Error(`${command.type}: ${answer.code}: ${answer.message}`);
}

const slotOf = (joiner: number) => `nguoi${joiner}`;

/** One browser in which every joiner is signed in, each in a slot of its own, as tabs of one browser can be. */
async function signIn(browser: Browser, { product, cell, joiners }: Hall): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: product.url });
  await install(context, marks);
  for (const [joiner, attendant] of joiners.entries()) {
    await join(attendant, null);
    const name = cell.members[plan.senders + joiner]?.login;
    const answer = await context.request.post('/api/login', {
      data: { name, password: memberPassword, slot: slotOf(joiner) },
    });
    if (!answer.ok()) throw new Error(`sign-in: ${await answer.text()}`);
  }
  return context;
}

async function run(context: BrowserContext, { cell, joiners }: Hall): Promise<readonly JoinTimes[]> {
  const times: JoinTimes[] = [];
  for (const [joiner, attendant] of joiners.entries()) {
    const page = await context.newPage();
    await page.addInitScript((slot) => sessionStorage.setItem('diemcau.slot', slot), slotOf(joiner));
    await page.goto(`/hop/${cell.meetingId}`);
    await page.waitForSelector(marks.click);
    await page.waitForTimeout(plan.settle);
    times.push(await measure(page, marks));
    await page.close();
    await give(attendant, { type: 'leaveMeeting' });
  }
  return times;
}
