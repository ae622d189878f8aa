import type { MeetingId } from '@diemcau/shared/ids.ts';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { attentionOrder, leadingAlarm, steadyOrder } from '../../store/wall-order.ts';
import { useAllAlarms, useEntries } from './wall.ts';

/** Milliseconds that the hand must have been away from the tiles before they are sorted anew. */
const rest = 4_000;

export interface SteadyOrder {
  readonly order: readonly MeetingId[];
  /** `sorted`: the order is that of attention; `waits`: it would be another one, and the hand is on the tiles. */
  readonly state: 'sorted' | 'waits';
  /** Alarms that have come since the tiles were last sorted. */
  readonly news: number;
  readonly sort: () => void;
  /** To be spread over the element that holds the tiles: it knows whether pointer or keyboard are there. */
  readonly hand: {
    readonly onPointerEnter: () => void;
    readonly onPointerMove: () => void;
    readonly onPointerLeave: () => void;
    readonly onFocus: () => void;
    readonly onBlur: () => void;
  };
}

function newsSince(alarms: ReturnType<typeof useAllAlarms>, seen: ReadonlySet<string>): number {
  let count = 0;
  for (const [meeting, of] of alarms) {
    for (const alarm of of) {
      if (!alarm.acknowledged && !seen.has(`${meeting} ${alarm.key} ${alarm.since}`)) count += 1;
    }
  }
  return count;
}

function keysOf(alarms: ReturnType<typeof useAllAlarms>): ReadonlySet<string> {
  return new Set(
    [...alarms].flatMap(([meeting, of]) => of.map(({ key, since }) => `${meeting} ${key} ${since}`)),
  );
}

/**
 * Meetings in the order of attention, which never changes under the pointer or the keyboard: while a hand is on the tiles,
 * and for some seconds after it, new ones come last and the rest stay.
 */
export function useSteadyOrder(): SteadyOrder {
  const entries = useEntries();
  const alarms = useAllAlarms();
  const wanted = useMemo(() => attentionOrder({ entries, alarms }), [entries, alarms]);
  const [shown, setShown] = useState<readonly MeetingId[]>(wanted);
  const [seen, setSeen] = useState<ReadonlySet<string>>(() => keysOf(alarms));
  const [hand, setHand] = useState<'on' | 'off'>('off');
  const on = useRef({ pointer: false, focus: false });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const look = useCallback(() => {
    clearTimeout(timer.current);
    if (on.current.pointer || on.current.focus) setHand('on');
    else timer.current = setTimeout(() => setHand('off'), rest);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  const order = hand === 'off' ? wanted : steadyOrder(shown, wanted);
  useEffect(() => {
    if (hand === 'off') setSeen(keysOf(alarms));
    setShown(order);
  }, [hand, order, alarms]);
  const handlers = useMemo(() => {
    const set = (what: 'pointer' | 'focus', is: boolean) => () => {
      if (on.current[what] === is) return;
      on.current[what] = is;
      look();
    };
    return {
      onPointerEnter: set('pointer', true),
      onPointerMove: set('pointer', true),
      onPointerLeave: set('pointer', false),
      onFocus: set('focus', true),
      onBlur: set('focus', false),
    };
  }, [look]);
  const sort = useCallback(() => {
    setShown(attentionOrder({ entries, alarms }));
    setSeen(keysOf(alarms));
  }, [entries, alarms]);
  const moved = order.some((meeting, index) => meeting !== wanted[index]);
  const urgent = order.some((meeting) => leadingAlarm(alarms.get(meeting)) !== null);
  return {
    order,
    state: moved && urgent ? 'waits' : 'sorted',
    news: hand === 'off' ? 0 : newsSince(alarms, seen),
    sort,
    hand: handlers,
  };
}
