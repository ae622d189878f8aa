import { emptyMeeting } from '@diemcau/shared/domain/meeting.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { keepOutcomes } from '../../server/src/meeting/outcomes.ts';
import type { Publication } from '../../server/src/meeting/room.ts';
import { material, newMeetingId } from './support/material.ts';
import { silent } from './support/rooms.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A list whose writes end, or fail, when the test says so, and a registry that tells of meetings. */
function setUp() {
  const states = new Map<MeetingId, MeetingState>();
  const written = new Set<MeetingId>();
  const pending: (() => void)[] = [];
  let taking = true;
  let tell: (publication: Publication) => void = () => undefined;
  const idOf = ({ facts }: MeetingState) => {
    if (!facts) throw new Error('a meeting without facts');
    return facts.meetingId;
  };
  const keeper = keepOutcomes({
    registry: {
      onPublication: (listener) => {
        tell = listener;
        return () => undefined;
      },
      read: async (id) => {
        const state = states.get(id);
        return state ? { state, head: { seq: 1, hash: '' } } : null;
      },
    },
    outcomes: {
      record: (state) =>
        new Promise((resolve, reject) => {
          pending.push(() => {
            if (!taking) return reject(new Error('the database has no line left'));
            written.add(idOf(state));
            resolve();
          });
        }),
      missing: async () => [...states.keys()].filter((id) => !written.has(id)),
    },
    hasEnded: ({ phase }) => phase === 'closed',
    roomLog: silent,
  });
  return {
    keeper,
    written,
    pending,
    setTaking: (is: boolean) => {
      taking = is;
    },
    end: () => {
      const meetingId = newMeetingId();
      const before = { ...emptyMeeting, facts: material(meetingId).facts };
      const after: MeetingState = { ...before, phase: 'closed' };
      states.set(meetingId, after);
      tell({ before, after } as Publication);
    },
    /** Ends writes until none is left. */
    settle: async () => {
      for (let turn = 0; turn < 100; turn += 1) {
        pending.shift()?.();
        await vi.advanceTimersByTimeAsync(0);
      }
    },
  };
}

describe('what came of meetings', () => {
  test('however many end at once, the database gets a few of them at a time, and all', async () => {
    const { keeper, written, pending, end, settle } = setUp();
    for (let count = 0; count < 50; count += 1) end();
    await vi.advanceTimersByTimeAsync(0);
    expect(pending).toHaveLength(4);
    await settle();
    expect(written.size).toBe(50);
    await keeper.close();
  });

  test('what the database did not take is looked for again, until it is written', async () => {
    const { keeper, written, setTaking, end, settle } = setUp();
    setTaking(false);
    for (let count = 0; count < 5; count += 1) end();
    await settle();
    await vi.advanceTimersByTimeAsync(60_000);
    await settle();
    expect(written.size).toBe(0);
    setTaking(true);
    await vi.advanceTimersByTimeAsync(60_000);
    await settle();
    expect(written.size).toBe(5);
    expect(vi.getTimerCount()).toBe(0);
    await keeper.close();
  });

  test('nothing is looked for after its end', async () => {
    const { keeper, setTaking, pending, end, settle } = setUp();
    setTaking(false);
    end();
    const closed = keeper.close();
    await settle();
    await closed;
    await vi.advanceTimersByTimeAsync(120_000);
    expect(pending).toHaveLength(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
