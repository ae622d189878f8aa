import { describe, expect, test } from 'vitest';
import { gradeOfRate, gradeOfTrip, type LineFigures, verdictOf } from '../../client/src/net/line-test.ts';
import { inAppOf } from '../../client/src/store/browser-reach.ts';

const wide: LineFigures = {
  trip: 20,
  down: 20_000,
  up: 8_000,
  socket: 'stands',
  media: { kind: 'udp', ports: [40_000] },
};

describe('what a test of the line says', () => {
  test('is as bad as its worst part', () => {
    expect(verdictOf(wide, 'there')).toBe('good');
    expect(verdictOf({ ...wide, trip: 500 }, 'there')).toBe('fair');
    expect(verdictOf({ ...wide, up: 200 }, 'there')).toBe('fair');
    expect(verdictOf({ ...wide, down: 100 }, 'there')).toBe('poor');
    expect(verdictOf({ ...wide, up: 10 }, 'there')).toBe('poor');
    expect(verdictOf({ ...wide, trip: 2_000 }, 'there')).toBe('poor');
  });

  test('no WebRTC leaves votes and programme; no answer leaves nothing', () => {
    expect(verdictOf(wide, 'missing')).toBe('dataOnly');
    expect(verdictOf({ ...wide, trip: null, down: null, up: null }, 'there')).toBe('offline');
    expect(verdictOf({ ...wide, up: null }, 'there')).toBe('offline');
  });

  test('a way that is shut leaves votes and programme, a detour is usable, one that was not tried says nothing', () => {
    const by = (media: LineFigures['media']) => verdictOf({ ...wide, media }, 'there');
    expect(by({ kind: 'none', ports: [40_000] })).toBe('blocked');
    expect(by({ kind: 'tcp', ports: [40_000] })).toBe('fair');
    expect(by({ kind: 'relay', ports: [40_000] })).toBe('fair');
    for (const kind of ['signedOut', 'unavailable', 'untried'] as const) expect(by({ kind })).toBe('good');
  });

  test('a village line of 300 kbit/s carries sound and some small pictures', () => {
    expect(gradeOfRate('down', 300)).toBe('fair');
    expect(gradeOfRate('up', 300)).toBe('fair');
    expect(gradeOfTrip(299)).toBe('good');
  });
});

describe('browsers inside of other apps', () => {
  test.each([
    ['zalo', 'Mozilla/5.0 (Linux; Android 13; wv) Chrome/124.0 Mobile Safari/537.36 Zalo android/13044391'],
    [
      'zalo',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Mobile Zalo iOS/471',
    ],
    ['facebook', 'Mozilla/5.0 (iPhone) Mobile/15E148 [FBAN/FBIOS;FBAV/458.0.0]'],
    ['facebook', 'Mozilla/5.0 (Linux; Android 12; wv) Chrome/120 [FB_IAB/FB4A;FBAV/440.0]'],
    ['other', 'Mozilla/5.0 (Linux; Android 11; SM-A105F; wv) Chrome/119.0 Mobile Safari/537.36'],
  ] as const)('%s is known by what it says of itself', (app, userAgent) => {
    expect(inAppOf(userAgent)).toBe(app);
  });

  test.each([
    'Mozilla/5.0 (Linux; Android 13; SM-A146B) AppleWebKit/537.36 Chrome/124.0.0.0 Mobile Safari/537.36',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Version/17.4 Mobile Safari/604.1',
    'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 coc_coc_browser/124.0.210 Chrome/118.0 Safari/537.36',
  ])('a browser of its own is none: %s', (userAgent) => {
    expect(inAppOf(userAgent)).toBe(null);
  });
});
