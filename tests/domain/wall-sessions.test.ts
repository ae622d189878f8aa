import { asId, type MeetingId } from '@diemcau/shared/ids.ts';
import { expect, test } from 'vitest';
import { type FarMedia, WallSessions } from '../../client/src/media/wall-sessions.ts';
import { Observable } from '../../client/src/store/observable.ts';

const meeting = asId<MeetingId>('far away');

/** A server that has no media now, and counts how often it is asked for some. */
function doorOf() {
  const line = new Observable<'up' | 'down'>('up');
  const asked: string[] = [];
  const request = async (name: string) => {
    asked.push(name);
    return { ok: false, code: 'mediaNotAllowed', message: '' } as const;
  };
  return { asked, line, request: request as never, onNotice: () => () => undefined };
}

test('NODE8 media are opened with each server that a meeting is attended on, and with none for longer', async () => {
  const [home, far] = [doorOf(), doorOf()];
  const place: FarMedia = { media: far.request, onMediaNotice: far.onNotice, line: far.line };
  const all = new Observable<ReadonlyMap<string, FarMedia>>(new Map());
  const sessions = new WallSessions(home, {
    all,
    of: (asked) => (asked === meeting ? (all.get().get('/n/b') ?? null) : null),
  });
  const tile = sessions.tile(meeting);
  sessions.setVisible(meeting, { width: 320, height: 180 });
  await sessions.open();
  expect([home.asked, far.asked]).toEqual([['open'], []]);

  all.set(new Map([['/n/b', place]]));
  await Promise.resolve();
  expect([home.asked, far.asked]).toEqual([['open'], ['open']]);
  expect(await sessions.statistics()).toHaveLength(2);
  // The screen keeps what it holds, wherever its pictures come from.
  expect(sessions.tile(meeting)).toBe(tile);
  expect(tile.picture.get().absence).toBe('unattended');

  all.set(new Map());
  far.line.set('down');
  far.line.set('up');
  await Promise.resolve();
  expect(far.asked).toEqual(['open']);
  expect(await sessions.statistics()).toHaveLength(1);
  sessions.close();
});
