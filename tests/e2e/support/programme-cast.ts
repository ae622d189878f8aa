import { type Browser, expect, type Page } from '@playwright/test';
import { type CellStage, stageCell } from './cell-stage.ts';
import { type DemoCell, type DemoMember, isOrdinary } from './demo-cell.ts';
import { enterCount, type HandChoice, type HandCounts, markAt } from './hall-terminal.ts';
import type { Hand } from './hand.ts';
import { answerQuestion, attendAbove, enterAs, enterAtSite, enterRemotely } from './pages.ts';
import { setWrongClock } from './wrong-clock.ts';

const HOUR = 3_600_000;

/** Everybody of a whole regular meeting: two halls with their terminals, four members afar, a superior. */
export interface Cast extends CellStage {
  readonly chair: Page;
  readonly clerk: Page;
  readonly hall: Page;
  readonly secondHall: Page;
  readonly superior: Page;
  /** The phone of {@link far}'s first; its clock is seven hours fast. The chair's is three days slow. */
  readonly phone: Page;
  readonly far: readonly DemoMember[];
  /** The three others afar, at the socket. The last leads a group. */
  readonly farHands: readonly Hand[];
  readonly inMainHall: readonly DemoMember[];
  readonly inSecondHall: readonly DemoMember[];
  readonly main: DemoCell['sites'][number];
  readonly second: DemoCell['sites'][number];
}

/** No camera and no microphone: picture and sound have tests of their own, and two cores six browsers here. */
function withoutDevices(): void {
  navigator.mediaDevices.getUserMedia = async () => {
    throw new DOMException('none', 'NotFoundError');
  };
}

/** Lets everybody come to the meeting: halls' terminals open, officers beside the main one, four afar, a superior. */
export async function gather(browser: Browser): Promise<Cast> {
  const stage = await stageCell(browser);
  const { cell, secretary } = stage;
  const one = (fits: (member: DemoMember) => boolean) => cell.take(1, fits);
  const inMainHall = [
    secretary,
    ...one(({ isClerk }) => isClerk),
    ...one(({ office }) => office === 'deputySecretary'),
    ...one(({ office }) => office === 'committeeMember'),
    ...one(({ standing }) => standing === 'probationary'),
  ];
  // The sign-in page has cards for the first of the ordinary members.
  const far = [
    ...cell.take(3, isOrdinary),
    ...cell.take(1, ({ groupOffice }) => groupOffice === 'groupDeputyLeader'),
  ];
  const inSecondHall = [
    ...cell.take(3, ({ groupOffice }) => groupOffice === 'groupLeader'),
    ...cell.take(5, isOrdinary),
  ];
  const [main, second] = cell.sites;
  const [afar, ...others] = far;
  if (!main || !second || !afar) throw new Error('the cell is too small');
  const [chair, clerk, hall] = [await stage.open(), await stage.open(), await stage.open()];
  const [secondHall, superior, phone] = [await stage.open(), await stage.open(), await stage.open('phone')];
  for (const page of [hall, secondHall, superior]) await page.addInitScript(withoutDevices);
  await setWrongClock(phone, 7 * HOUR);
  await setWrongClock(chair, -72 * HOUR);
  await enterAs(hall, 'terminal', main.name);
  await enterAs(secondHall, 'terminal', second.name);
  await enterAs(chair, 'chair');
  await enterAtSite(chair, main.name);
  await enterAs(clerk, 'clerk');
  await enterAtSite(clerk, main.name);
  await enterAs(phone, 'member', afar.name);
  await enterRemotely(phone, 'data');
  await enterAs(superior, 'superior');
  await attendAbove(superior, cell.name);
  const farHands: Hand[] = [];
  for (const member of others) {
    const hand = await stage.hand(member);
    await hand.does({ type: 'checkIn', place: { mode: 'remote' } });
    farHands.push(hand);
  }
  const people = { far, farHands, inMainHall, inSecondHall };
  return { ...stage, ...people, chair, clerk, hall, secondHall, superior, phone, main, second };
}

export async function toTab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name }).click();
}

/** The chair moves the programme on; every screen shows the same. */
export async function nextItem(cast: Cast, title: string): Promise<void> {
  await cast.chair.getByTestId('agenda-next').click();
  await expectItem(cast, title);
}

export async function expectItem(cast: Cast, title: string): Promise<void> {
  const { chair, clerk, hall, secondHall, superior, phone } = cast;
  for (const page of [chair, clerk, hall, secondHall, superior, phone])
    await expect(page.getByTestId('current-item')).toContainText(title);
}

/** How a vote goes; who is not named raises their hand in favour. */
export interface Hands {
  readonly onThePhone: HandChoice;
  /** The last member afar. */
  readonly groupLeader: HandChoice;
  readonly counted: HandCounts;
}

/** Takes the hands of the vote that is open, unit by unit, with a second person behind the count; then announces. */
export async function takeHands(cast: Cast, { onThePhone, groupLeader, counted }: Hands): Promise<void> {
  const { chair, clerk, hall, secondHall, phone, inMainHall, farHands } = cast;
  await phone.getByTestId(`choice-${onThePhone}`).click();
  await expect(phone.getByTestId('receipt')).toBeVisible();
  for (const page of [chair, clerk]) {
    await page.getByTestId('choice-inFavour').click();
    await expect(page.getByTestId('receipt')).toBeVisible();
  }
  for (const { name, standing } of inMainHall.slice(2))
    if (standing === 'official') await markAt(hall, name, 'inFavour');
  for (const [index, hand] of farHands.entries()) {
    const vote = hand.state().openVote;
    if (vote === null) throw new Error('no vote is open');
    const choice = index === farHands.length - 1 ? groupLeader : 'inFavour';
    await hand.does({ type: 'castMark', vote, choice });
  }
  await enterCount(secondHall, counted);
  await expect(secondHall.getByTestId('count-state')).toContainText('Chờ người thứ hai');
  await expect(chair.getByTestId('vote-close')).toBeDisabled();
  await clerk.getByTestId('count-confirm-yes').click();
  await expect(secondHall.getByTestId('count-state')).toContainText('đã được xác nhận');
  await expect(chair.getByTestId('vote-close')).toBeEnabled({ timeout: 40_000 });
  await chair.getByTestId('vote-close').click();
  await answerQuestion(chair, 'Kết thúc biểu quyết');
  await chair.getByTestId('vote-announce').click();
}
