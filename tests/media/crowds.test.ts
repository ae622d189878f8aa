import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCrowds } from '../robots/crowd/crowds.ts';
import { type DemoDoor, openDemoDoor } from '../robots/crowd/demo-door.ts';
import { speaker } from '../robots/crowd/texts.ts';
import { type Product, startProduct } from '../support/product.ts';

let server: Product;
let door: DemoDoor;

beforeAll(async () => {
  server = await startProduct({ DEMO_LIVE: 'all', MEDIA_WORKERS: '3' });
  door = openDemoDoor(server.url, 'vi', speaker('vi'));
});
afterAll(() => server?.stop());

describe('crowds in many meetings', () => {
  it('open twelve meetings with their chairs, send pictures in each, and give the floor to who asks', async () => {
    const told: string[] = [];
    const crowds = await startCrowds(door, {
      cells: 12,
      members: 1,
      layers: 1,
      random: () => 0.5,
      pace: 0.05,
      tell: (sentence) => told.push(sentence),
    });
    try {
      await expect
        .poll(() => crowds.figures(), { timeout: 40_000, interval: 200 })
        .toMatchObject({ meetings: 12, open: 12, members: 24, inside: 24, cameras: 24 });
      await expect.poll(() => crowds.figures().speaking, { timeout: 20_000 }).toBeGreaterThan(0);
      const sent = crowds.crowds.map(({ robots }) =>
        robots.reduce((sum, robot) => sum + robot.media.sentPackets, 0),
      );
      await expect
        .poll(() =>
          crowds.crowds.map(
            ({ robots }, index) =>
              robots.reduce((sum, robot) => sum + robot.media.sentPackets, 0) > (sent[index] ?? 0),
          ),
        )
        .toEqual(Array(12).fill(true));
      expect(new Set(crowds.crowds.map(({ meeting }) => meeting.id)).size).toBe(12);
    } finally {
      await crowds.stop();
    }
    expect(told.filter((sentence) => sentence.includes('đang vào họp'))).toHaveLength(12);
  });
});
