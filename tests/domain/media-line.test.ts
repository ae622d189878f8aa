import { lineLevelOf, lineThresholds } from '@diemcau/shared/protocol/line-level.ts';
import { mediaRequests } from '@diemcau/shared/protocol/media.ts';
import { describe, expect, test } from 'vitest';
import { countersOf, reportOf, SteadyLevel, standingTracks } from '../../client/src/media/line-figures.ts';
import type { LineReport } from '../../client/src/media/media-state.ts';

const calm: LineReport = {
  roundTrip: 20,
  lossIn: 0,
  lossOut: 0,
  spatialLayer: 2,
  freezes: 0,
  concealed: 0,
};

interface Told {
  /** Answers so far, and seconds that they took. */
  readonly trips?: readonly [number, number];
  readonly sound?: Record<string, number>;
  readonly picture?: Record<string, number>;
  /** Packets sent so far, and lost of them. */
  readonly sent?: readonly [number, number];
}

/** Statistics as browsers give them. */
function statistics({ trips, sound, picture, sent }: Told) {
  const entries: [string, unknown][] = [];
  if (trips !== undefined) {
    const [responsesReceived, totalRoundTripTime] = trips;
    entries.push([
      'pair',
      { type: 'candidate-pair', nominated: true, responsesReceived, totalRoundTripTime },
    ]);
  }
  entries.push([
    'other',
    { type: 'candidate-pair', nominated: false, responsesReceived: 9, totalRoundTripTime: 99 },
  ]);
  if (sound) entries.push(['a', { type: 'inbound-rtp', kind: 'audio', trackIdentifier: 'sound', ...sound }]);
  if (picture)
    entries.push(['v', { type: 'inbound-rtp', kind: 'video', trackIdentifier: 'picture', ...picture }]);
  if (sent !== undefined) {
    const [packetsSent, packetsLost] = sent;
    entries.push(['sent', { type: 'outbound-rtp', ssrc: 7, packetsSent }]);
    entries.push(['missed', { type: 'remote-inbound-rtp', ssrc: 7, packetsLost }]);
  }
  return countersOf([new Map(entries)]);
}

const pictures = new Set(['picture']);

describe('the figures of a line', () => {
  test('what happened between two looks, not since the beginning', () => {
    const before = statistics({
      trips: [10, 9],
      sent: [1_000, 700],
      sound: { packetsReceived: 1_000, packetsLost: 900 },
      picture: { packetsReceived: 100, packetsLost: 0, framesDecoded: 10, freezeCount: 7, frameHeight: 540 },
    });
    const after = statistics({
      trips: [12, 9.2468],
      sound: {
        packetsReceived: 1_100,
        packetsLost: 900,
        totalSamplesReceived: 1_000,
        concealedSamples: 300,
        silentConcealedSamples: 200,
      },
      picture: { packetsReceived: 180, packetsLost: 20, framesDecoded: 30, freezeCount: 8, frameHeight: 270 },
      sent: [1_100, 725],
    });
    expect(reportOf(before, after, pictures)).toEqual({
      roundTrip: 123,
      lossIn: 0.1,
      lossOut: 0.25,
      spatialLayer: 1,
      freezes: 1,
      concealed: 0.1,
    });
  });

  test('nothing measured says nothing: a microphone that is held back sends no packets', () => {
    const empty = statistics({ sound: { packetsReceived: 3, packetsLost: 3 } });
    const later = statistics({
      sound: { packetsReceived: 8, packetsLost: 6, totalSamplesReceived: 48_000, concealedSamples: 40_000 },
    });
    const report = reportOf(empty, later, pictures);
    expect(report).toEqual({
      roundTrip: null,
      lossIn: null,
      lossOut: null,
      spatialLayer: null,
      freezes: 0,
      concealed: null,
    });
    expect(lineLevelOf(report)).toBe('good');
  });

  test('what is reported is what the server takes', () => {
    const report = reportOf(
      statistics({ trips: [1, 1], sent: [0, 0] }),
      statistics({ trips: [2, 1.0301], sent: [100, 300] }),
      pictures,
    );
    expect(mediaRequests.quality.parse(report)).toEqual(report);
  });

  test('a picture that was asked for and has not moved stands still', () => {
    const before = statistics({ picture: { framesDecoded: 10 } });
    const still = statistics({ picture: { framesDecoded: 10 } });
    expect([...standingTracks(before, still, pictures)]).toEqual(['picture']);
    expect([...standingTracks(before, still, new Set())]).toEqual([]);
    expect([...standingTracks(before, statistics({ picture: { framesDecoded: 11 } }), pictures)]).toEqual([]);
    expect([...standingTracks(statistics({}), before, pictures)]).toEqual([]);
  });

  test('a picture that rested and goes on has not frozen', () => {
    const rested = statistics({ picture: { framesDecoded: 10, freezeCount: 0 } });
    const goesOn = statistics({ picture: { framesDecoded: 20, freezeCount: 1 } });
    expect(reportOf(rested, goesOn, pictures).freezes).toBe(1);
    expect(reportOf(rested, goesOn, new Set()).freezes).toBe(0);
  });
});

describe('a line in one word', () => {
  test.each([
    ['roundTrip', 'roundTrip'],
    ['lossIn', 'loss'],
    ['lossOut', 'loss'],
    ['concealed', 'concealed'],
  ] as const)('%s alone makes it fair, then poor', (figure, threshold) => {
    const [fair, poor] = [lineThresholds.fair[threshold], lineThresholds.poor[threshold]];
    expect(lineLevelOf(calm)).toBe('good');
    expect(lineLevelOf({ ...calm, [figure]: fair * 0.99 })).toBe('good');
    expect(lineLevelOf({ ...calm, [figure]: fair })).toBe('fair');
    expect(lineLevelOf({ ...calm, [figure]: poor })).toBe('poor');
  });

  test('does not flicker: it takes two bad looks to be worse, five good ones to be better', () => {
    const steady = new SteadyLevel();
    const poor = { ...calm, lossIn: 0.5 };
    expect(steady.look(poor)).toBe('good');
    expect(steady.look(calm)).toBe('good');
    expect(steady.look(poor)).toBe('good');
    expect(steady.look(poor)).toBe('poor');
    for (let look = 0; look < 4; look += 1) expect(steady.look(calm)).toBe('poor');
    expect(steady.look(calm)).toBe('good');
  });

  test('a line that goes from good over fair to poor is not held up on the way', () => {
    const steady = new SteadyLevel();
    steady.look({ ...calm, lossIn: 0.05 });
    expect(steady.look({ ...calm, lossIn: 0.5 })).toBe('poor');
  });
});
