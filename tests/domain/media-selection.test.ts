import type { MediaSource } from '@diemcau/shared/protocol/media.ts';
import { describe, expect, test } from 'vitest';
import { gridFor } from '../../client/src/components/meeting/stage/grid.ts';
import { givenName, shortName } from '../../client/src/hooks/meeting/names.ts';
import { type Candidate, chosenPictures, pictureLimits } from '../../client/src/media/selection.ts';

const small = { width: 180, height: 100 };
const large = { width: 1_200, height: 675 };

function picture(producerId: string, given: Partial<Candidate> = {}): Candidate {
  return {
    producerId,
    source: 'camera' as MediaSource,
    size: small,
    spokeAt: null,
    now: 'resting',
    ...given,
  };
}

const crowd = (count: number) => Array.from({ length: count }, (_, index) => picture(`p${index + 100}`));
const chosen = (candidates: readonly Candidate[], limit: number, at = 100_000) => [
  ...chosenPictures(candidates, limit, at),
];

describe('which pictures run', () => {
  test('never more than the limit, and all where there are fewer', () => {
    expect(chosen(crowd(50), pictureLimits.good)).toHaveLength(pictureLimits.good);
    expect(chosen(crowd(3), pictureLimits.good)).toHaveLength(3);
    expect(chosen([], 4)).toEqual([]);
  });

  test('a shared screen comes before everything, then the tile that all look at, then who speaks', () => {
    const candidates = [
      ...crowd(20),
      picture('speaks', { spokeAt: 99_000 }),
      picture('leads', { size: large }),
      picture('screen', { source: 'screen' }),
    ];
    expect(chosen(candidates, 3)).toEqual(['screen', 'leads', 'speaks']);
  });

  test('who spoke last comes before who spoke earlier, and long ago counts no more', () => {
    const candidates = [
      picture('longAgo', { spokeAt: 1_000 }),
      picture('earlier', { spokeAt: 90_000 }),
      picture('last', { spokeAt: 99_000 }),
      picture('a-running', { now: 'running' }),
    ];
    expect(chosen(candidates, 3)).toEqual(['last', 'earlier', 'a-running']);
  });

  test('among equals those that run go on: nobody is exchanged for nothing', () => {
    const candidates = crowd(10).map((one, index) =>
      index >= 8 ? { ...one, now: 'running' as const } : one,
    );
    expect(chosen(candidates, 2).sort()).toEqual(['p108', 'p109']);
  });

  test('a weaker line carries fewer', () => {
    expect(pictureLimits.poor).toBeLessThan(pictureLimits.fair);
    expect(pictureLimits.fair).toBeLessThan(pictureLimits.good);
  });
});

describe('a name under a small picture', () => {
  test('keeps family and given name, by which people are called', () => {
    expect(shortName('Nguyễn Hoàng Thị Phương Thanh Bích Trâm Vy')).toBe('Nguyễn H.T.P.T.B.T. Vy');
    expect(shortName('Lý Thị An')).toBe('Lý Thị An');
    expect(shortName('Nguyễn Hoàng Phương Thanh Trâm (sinh 1956)')).toBe('Nguyễn T. Trâm (sinh\u00a01956)');
    expect(shortName('Lý Thị An (sinh 1956)')).toBe('Lý Thị An (sinh 1956)');
    expect(shortName('Hoàng Nguyễn (đảng viên năm 1956)')).toBe(
      'Hoàng Nguyễn (đảng\u00a0viên\u00a0năm\u00a01956)',
    );
    expect(givenName('Nguyễn Thanh Trâm (sinh 1956)')).toBe('Trâm');
    expect(givenName('Trâm')).toBe('Trâm');
  });
});

describe('a page of the grid', () => {
  const telephone = { width: 344, height: 400 };
  const computer = { width: 800, height: 500 };

  test.each([1, 2, 5, 16, 50])(
    '%i people: all cells have room, and no tile is narrower than a name needs',
    (count) => {
      for (const space of [telephone, computer]) {
        const { columns, rows, perPage } = gridFor(count, space, 150);
        expect(columns * rows).toBeGreaterThanOrEqual(perPage);
        expect((columns - 1) * rows).toBeLessThan(perPage);
        expect(perPage).toBeGreaterThanOrEqual(1);
        expect((space.width - 8 * (columns - 1)) / columns).toBeGreaterThanOrEqual(150);
      }
    },
  );

  test('few people share the whole space, many are on pages', () => {
    expect(gridFor(1, computer, 150)).toEqual({ columns: 1, rows: 1, perPage: 1 });
    expect(gridFor(2, { width: 800, height: 300 }, 150)).toEqual({ columns: 2, rows: 1, perPage: 2 });
    expect(gridFor(50, telephone, 150).perPage).toBeLessThan(50);
  });

  test('a space that is too small for one still shows one', () => {
    expect(gridFor(5, { width: 20, height: 10 }, 150)).toEqual({ columns: 1, rows: 1, perPage: 1 });
  });
});
