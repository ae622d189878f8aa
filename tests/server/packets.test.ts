import { setTimeout as wait } from 'node:timers/promises';
import { getHeapSpaceStatistics } from 'node:v8';
import type { Viewer } from '@diemcau/shared/domain/audience.ts';
import { redact } from '@diemcau/shared/domain/redact.ts';
import fc from 'fast-check';
import { Encoder, PacketType } from 'socket.io-parser';
import { describe, expect, test } from 'vitest';
import { plainParser } from '../../server/src/realtime/encoder.ts';
import { SnapshotTexts } from '../../server/src/realtime/snapshot-texts.ts';
import { Written } from '../../server/src/realtime/written.ts';
import { hybridMeeting, people, sites, strangers } from '../domain/meeting-builder.ts';
import { commandOf, steps } from '../domain/random-meeting.ts';
import { collect } from '../support/garbage.ts';

const viewers: readonly Viewer[] = [
  ...Object.values(people).map((person) => ({ person, site: null, officer: false })),
  ...Object.values(sites).map((site) => ({ person: null, site, officer: false })),
  { person: strangers.superior, site: null, officer: false },
  { person: people.secretary, site: null, officer: true },
];

describe('written snapshots', () => {
  test('VOTE10 each viewer’s is what the redacted state says, also where others’ were written before', () => {
    const texts = new SnapshotTexts();
    fc.assert(
      fc.property(steps, (taken) => {
        const meeting = hybridMeeting();
        meeting.openVote();
        for (const step of taken) {
          meeting.pass(step.pause);
          meeting.give(...commandOf(meeting.state, step, meeting.now));
        }
        const { state } = meeting;
        for (const viewer of viewers) {
          expect(JSON.parse(texts.of(state, viewer))).toEqual(redact(state, viewer));
        }
      }),
      { numRuns: 200 },
    );
  });

  test('nothing of them grows old that nobody waits for: full collections stay rare', async () => {
    const texts = new SnapshotTexts();
    const { state } = hybridMeeting();
    const [viewer] = viewers;
    if (!viewer) throw new Error('nobody sees it');
    const rounds = 20;
    const arrivals = 50;
    let written = 0;
    const round = async () => {
      for (let arrival = 0; arrival < arrivals; arrival += 1) {
        written += texts.of({ ...state, seq: state.seq + arrival }, viewer).length;
      }
      await wait(60);
      // Twice: what outlives two of them is old.
      for (let again = 0; again < 2; again += 1) collect({ type: 'minor' });
    };
    for (let warming = 0; warming < 3; warming += 1) await round();
    collect();
    const before = oldBytes();
    written = 0;
    for (let count = 0; count < rounds; count += 1) await round();
    expect(oldBytes() - before).toBeLessThan(written / 10);
  });
});

/** @returns what is old to the collector of garbage, in bytes. */
function oldBytes(): number {
  const old = getHeapSpaceStatistics().filter(({ space_name }) => space_name === 'old_space');
  return old.reduce((sum, { space_used_size }) => sum + space_used_size, 0);
}

describe('packets', () => {
  const plain = new plainParser.Encoder();

  test('are those that Socket.IO itself would make of the same', () => {
    const itself = new Encoder();
    const { CONNECT, DISCONNECT, EVENT, ACK, CONNECT_ERROR } = PacketType;
    for (const packet of [
      { type: CONNECT, nsp: '/', data: { sid: 'a' } },
      { type: CONNECT, nsp: '/' },
      { type: DISCONNECT, nsp: '/khac' },
      { type: EVENT, nsp: '/', data: ['events', { meetingId: 'a', events: [] }] },
      { type: EVENT, nsp: '/khac', id: 0, data: ['events', null] },
      { type: ACK, nsp: '/', id: 12, data: [{ ok: true, value: null }] },
      { type: ACK, nsp: '/', id: 13, data: [{ ok: false, code: 'notFound', message: 'Không có.' }] },
      { type: CONNECT_ERROR, nsp: '/khac', data: { message: 'Invalid namespace' } },
    ]) {
      expect(plain.encode({ ...packet })).toEqual(itself.encode({ ...packet }));
    }
  });

  test('take in what stands written already', () => {
    const answer = { ok: true, value: new Written('{"as":"đảng viên"}') };
    expect(plain.encode({ type: PacketType.ACK, nsp: '/', id: 3, data: [answer] })).toEqual([
      '33[{"ok":true,"value":{"as":"đảng viên"}}]',
    ]);
  });
});
