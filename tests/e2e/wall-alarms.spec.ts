import type { AlarmKind } from '@diemcau/shared/domain/alarms-types.ts';
import { asId, type SiteId } from '@diemcau/shared/ids.ts';
import type { WallAlarm, WallBatch } from '@diemcau/shared/protocol/wall.ts';
import { expect, type Page, test } from '@playwright/test';
import { call } from '../support/api.ts';
import { type Attendant, attend } from '../support/members.ts';
import { type Product, startProduct } from '../support/product.ts';
import { expectAccessible } from './support/accessible.ts';
import { beginEvening, type Evening, type LiveCell } from './support/evening.ts';
import { enterAs, keepPicture, newPage, sizes } from './support/pages.ts';
import { openWall, overhear, tileOf } from './support/wall.ts';

test.describe.configure({ mode: 'serial', timeout: 180_000 });

let product: Product;
let evening: Evening;
let wall: Page;
let say: (batch: WallBatch) => void;
const terminals: Attendant[] = [];

function cellAt(index: number): LiveCell {
  const cell = evening.cells[index];
  if (!cell) throw new Error(`no cell ${index}`);
  return cell;
}

/** Opens a hall's terminal at the socket. */
async function terminalOf(cell: LiveCell, siteId: SiteId): Promise<Attendant> {
  const enterAs = { kind: 'terminal', meetingId: cell.meetingId, siteId } as const;
  const { accessToken } = await call(product.url, 'demoLogin', {
    body: { enterAs, slot: `hall${terminals.length}` },
  });
  const terminal = attend(product.url, accessToken, cell.meetingId);
  const answer = await terminal.client.join({ media: 'unwanted' });
  if (!answer.ok) throw new Error(answer.message);
  terminals.push(terminal);
  return terminal;
}

const alarmOn = (cell: LiveCell, words: string | RegExp) =>
  tileOf(wall, cell.meetingId).getByTestId('tile-alarms').getByText(words);

/** Waits until a tile says the alarm. */
async function expectAlarm(cell: LiveCell, words: string | RegExp): Promise<void> {
  await expect(alarmOn(cell, words).first()).toBeVisible({ timeout: 60_000 });
}

test.beforeAll(async ({ browser }) => {
  product = await startProduct();
  evening = await beginEvening(product.url, 4);
  wall = await newPage(browser, product.url);
  say = await overhear(wall);
  await enterAs(wall, 'superior');
  await openWall(wall);
  await expect(wall.getByTestId('wall-grid')).toBeVisible();
});

test.afterAll(async () => {
  await wall?.context().close();
  for (const { client, connection } of terminals) {
    await client.close();
    connection.close();
  }
  await evening?.close();
  await product?.stop();
});

test('SUP6 all calm: no tile has an alarm', async () => {
  await expect(wall.getByTestId('tile-alarms')).toHaveCount(0);
  await keepPicture(wall, 'wall-calm');
});

test('SUP6 superiorCalled and inPersonOnly: the programme calls', async () => {
  const cell = cellAt(0);
  const item = { title: 'Mục thử', presenter: null, minutes: 5, draftDecision: null };
  await cell.chair.give({
    type: 'addAgendaItem',
    item: { ...item, kind: 'other', inPersonOnly: true },
    after: null,
  });
  const agenda = () => cell.chair.attendant.client.state.get()?.agenda ?? [];
  await expect.poll(() => agenda().some(({ inPersonOnly }) => inPersonOnly)).toBe(true);
  const closed = agenda().find(({ inPersonOnly }) => inPersonOnly);
  const speech = agenda().find(({ kind }) => kind === 'superior');
  if (!closed || !speech) throw new Error('the items are not there');
  await cell.chair.give({ type: 'moveAgenda', to: closed.id, leaveAs: 'done' });
  await expectAlarm(cell, 'Nội dung chỉ bàn trực tiếp');
  await cell.chair.give({ type: 'moveAgenda', to: speech.id, leaveAs: 'done' });
  await expectAlarm(cell, 'Chi bộ mời đồng chí phát biểu');
});

test('SUP6 siteDark: a hall loses its signal', async () => {
  const cell = cellAt(1);
  const site = cell.sites.find(({ isMain }) => isMain);
  if (!site) throw new Error('no hall');
  const terminal = await terminalOf(cell, site.id);
  terminal.connection.close();
  await expectAlarm(cell, `${site.name} mất tín hiệu`);
});

test('SUP6 voteSiteMissing and countMismatch: a hall has not reported, or its numbers don’t add up', async () => {
  const cell = cellAt(2);
  const state = () => cell.chair.attendant.client.state.get();
  const site = Object.values(state()?.sites ?? {})[0];
  if (!site) throw new Error('no hall');
  await cell.chair.give({ type: 'setSiteMethod', site: site.id, method: 'byTeller' });
  await terminalOf(cell, asId<SiteId>(site.id));
  const electors = cell.members.filter(({ standing }) => standing === 'official').slice(0, 5);
  for (const { personId: person } of electors) {
    if (person === state()?.officers?.chair) continue;
    await cell.chair.give({ type: 'recordAttendance', person, entry: { mode: 'onSite', site: site.id } });
  }
  await cell.chair.give({ type: 'completeRollCall' });
  await expectAlarm(cell, /Không còn đủ|Tỷ lệ dự/);
  await cell.chair.give({
    type: 'openVote',
    item: null,
    question: 'Thông qua chương trình?',
    rule: 'procedural',
    purpose: 'programme',
    despiteWaiting: false,
  });
  await expect.poll(() => state()?.openVote ?? null).not.toBeNull();
  await expect(tileOf(wall, cell.meetingId)).toContainText(/Đã biểu quyết 0\/\d+ · thiếu /);
  const vote = cell.chair.vote;
  await cell.chair.give({
    type: 'enterCount',
    vote,
    site: site.id,
    counts: { inFavour: 99, against: 0, noOpinion: 0, notVoted: 0 },
  });
  await expectAlarm(cell, /không khớp|Không còn đủ/);
  const tile = tileOf(wall, cell.meetingId);
  await expect(async () => {
    const more = tile.getByTestId('more-alarms');
    if (await more.isVisible()) await more.click();
    await expect(wall.getByText(`Số đếm tại ${site.name} không khớp`).first()).toBeVisible({
      timeout: 1_000,
    });
    await expect(wall.getByText(`${site.name} chưa báo kết quả`).first()).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await keepPicture(wall, 'wall-alarm-list');
  await wall.keyboard.press('Escape');
});

test('SUP6 linesLost: the chair’s line is gone', async () => {
  const cell = cellAt(3);
  cell.chair.attendant.connection.close();
  await expectAlarm(cell, /Mất kết nối/);
});

test('SUP6 acknowledging is this superior’s own, one by one or all of a tile', async () => {
  const cell = cellAt(3);
  await tileOf(wall, cell.meetingId)
    .getByRole('button', { name: /^Đã rõ: Mất kết nối/ })
    .click();
  await expect(alarmOn(cell, /Mất kết nối/)).toBeHidden();
  await wall.reload();
  await expect(wall.getByTestId('wall-grid')).toBeVisible();
  await expect(alarmOn(cell, /Mất kết nối/)).toBeHidden();
  await tileOf(wall, cellAt(2).meetingId).locator('[data-tile]').focus();
  await wall.keyboard.press('a');
  await expect(tileOf(wall, cellAt(2).meetingId)).toHaveAttribute('data-alarmed', 'no');
});

test('SUP6 each kind has its words, and tiles never move under the hand', async () => {
  const words: { readonly [kind in AlarmKind]: RegExp } = {
    superiorCalled: /Chi bộ mời đồng chí phát biểu/,
    quorumLost: /Không còn đủ .*đảng viên chính thức/,
    countMismatch: /Số đếm tại Hội trường không khớp/,
    siteDark: /Hội trường mất tín hiệu/,
    linesLost: /Mất kết nối/,
    voteSiteMissing: /Hội trường chưa báo kết quả/,
    rateLow: /Tỷ lệ dự/,
    runningOver: /Quá giờ/,
    inPersonOnly: /Nội dung chỉ bàn trực tiếp/,
  };
  const cell = cellAt(3);
  const places = () =>
    wall.locator('[data-tile]').evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('data-tile')));
  const last = wall.locator('[data-tile]').last();
  await last.focus();
  const before = await places();
  const at = Date.now();
  const site = { id: asId<SiteId>('hall'), name: 'Hội trường' };
  for (const kind of Object.keys(words) as AlarmKind[]) {
    const alarm: WallAlarm = {
      kind,
      key: kind,
      since: at - 180_000,
      site,
      person: null,
      acknowledged: false,
    };
    say({ at, alarms: [{ meetingId: cell.meetingId, alarms: [alarm] }] });
    await expectAlarm(cell, words[kind]);
    await expect(tileOf(wall, cell.meetingId).getByTestId('alarm')).toContainText('3 phút');
  }
  const oldest: WallAlarm = {
    kind: 'superiorCalled',
    key: 'superiorCalled',
    since: at - 3_600_000,
    site: null,
    person: null,
    acknowledged: false,
  };
  say({ at, alarms: [{ meetingId: cell.meetingId, alarms: [oldest] }] });
  await expectAlarm(cell, words.superiorCalled);
  expect(await places()).toEqual(before);
  await expect(wall.getByTestId('resort')).toContainText('sắp lại');
  await wall.getByTestId('resort').click();
  expect(await places()).not.toEqual(before);
});

test('SUP6 without a mouse: arrows, digits, help, and nothing that a machine finds inaccessible', async () => {
  await wall.locator('[data-tile]').first().focus();
  await wall.keyboard.press('ArrowRight');
  await expect(wall.locator('[data-tile]').nth(1)).toBeFocused();
  await wall.keyboard.press('ArrowDown');
  await expect(wall.locator('[data-tile]').nth(3)).toBeFocused();
  await wall.keyboard.press('?');
  await expect(wall.getByRole('dialog')).toContainText('Phím tắt của màn hình dự');
  await wall.keyboard.press('Escape');
  await wall.keyboard.press('2');
  await expect(wall.getByRole('dialog')).toContainText('Đồng chí dự công khai tại');
  await wall.keyboard.press('Escape');
  await expect(wall.getByRole('dialog')).toBeHidden();
  await expectAccessible(wall);
});

test('SUP6 on a phone: a list with alarms first, found without accents', async () => {
  await wall.setViewportSize(sizes.phone);
  const rows = wall.getByTestId('wall-list').locator('li');
  await expect(rows.first()).toBeVisible();
  await expect(rows.first().getByTestId('alarm').first()).toBeVisible();
  await keepPicture(wall, 'wall-phone');
  await expectAccessible(wall);
  await wall.getByRole('textbox', { name: 'Tìm chi bộ' }).fill('na loc');
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText('Nà Lộc');
});
