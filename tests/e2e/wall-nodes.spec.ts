import { expect, type Page, test } from '@playwright/test';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { postgresServer } from '../support/postgres.ts';
import { redisServer } from '../support/redis.ts';
import { beginEvening, type Evening, type LiveCell } from './support/evening.ts';
import { calmer, enterAs, keepPicture, newPage } from './support/pages.ts';
import { attendAll, expectTilesMove, openWall, receivingTransports, tileOf } from './support/wall.ts';

test.use({ launchOptions: ({ launchOptions }, use) => use(calmer(launchOptions)) });
test.describe.configure({ mode: 'serial', timeout: 240_000 });

const meetings = 6;
const staying = 'a';
const stricken = 'b';

let cluster: Cluster | undefined;
let evening: Evening | undefined;
let wall: Page;
let cellsOf: ReadonlyMap<string, readonly LiveCell[]>;
/** Addresses of the sockets that the wall has open at this moment. */
const sockets = new Set<string>();

async function byNode({ cells }: Evening, { placeOf }: Cluster): Promise<Map<string, LiveCell[]>> {
  const found = new Map<string, LiveCell[]>([
    [staying, []],
    [stricken, []],
  ]);
  for (const cell of cells) found.get((await placeOf(cell.meetingId)) ?? '')?.push(cell);
  return found;
}

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  const away = redisServer() === 'away' || (await postgresServer()) === 'away';
  test.skip(away, 'PostgreSQL or Redis is not there');
  cluster = await startCluster([staying, stricken], { DEMO: '1' });
  cluster.front.prefer(staying);
  const { front } = cluster;
  // A meeting lives where it was made: those that are made here live on both in turns.
  evening = await beginEvening(front.url, meetings, 1, (index) =>
    front.prefer(index % 2 === 0 ? staying : stricken),
  );
  cellsOf = await byNode(evening, cluster);
  wall = await newPage(browser, cluster.front.url);
  wall.on('websocket', (socket) => {
    sockets.add(socket.url());
    socket.on('close', () => sockets.delete(socket.url()));
  });
  await enterAs(wall, 'superior');
});

test.afterAll(async () => {
  await wall?.context().close();
  await evening?.close();
  await cluster?.stop();
});

test('SUP1 NODE8 one wall over two nodes: every tile moves, with one socket and one receiving transport for each node', async () => {
  for (const cells of cellsOf.values()) expect(cells.length).toBeGreaterThan(0);
  await openWall(wall);
  await wall.getByTestId('grid-size').getByText('16 ô').click();
  await attendAll(wall, meetings);
  await expectTilesMove(wall, meetings);
  expect(await receivingTransports(wall)).toBe(2);
  expect(sockets.size).toBe(2);
  for (const { chair } of evening?.cells ?? []) {
    const superiors = chair.attendant.client.state.get()?.superiors ?? {};
    expect(Object.keys(superiors)).toEqual([evening?.superior.personId]);
  }
  await keepPicture(wall, 'wall-two-nodes');
});

test('NODE2 NODE8 a node dies: the other’s tiles go on, its own come back where their meetings live now', async () => {
  await cluster?.node(stricken).kill();
  await expectTilesMove(wall, cellsOf.get(staying)?.length ?? 0);
  for (const { meetingId } of cellsOf.get(stricken) ?? [])
    await expect.poll(() => cluster?.placeOf(meetingId), { timeout: 20_000 }).toBe(staying);
  await expectTilesMove(wall, meetings);
  for (const { meetingId } of evening?.cells ?? [])
    await expect(tileOf(wall, meetingId).getByTestId('tile-picture')).not.toContainText('Chỉ xem số liệu');
  await keepPicture(wall, 'wall-node-died');
});
