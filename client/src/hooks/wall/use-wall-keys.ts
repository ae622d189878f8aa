import type { MeetingId } from '@diemcau/shared/ids.ts';
import { useHotkeys } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { useDesk } from './desk.ts';
import { useWallActs } from './use-wall-acts.ts';
import { useWall } from './wall.ts';

/** Windows, menus and popovers take the Escape key for themselves. */
const overlays = '[role="dialog"], [role="menu"]';

/** Leaves on Escape, unless that closes something that lies above. */
export function useEscape(leave: () => void): void {
  const current = useRef(leave);
  current.current = leave;
  useEffect(() => {
    // In the capture phase, where what the key is about to close still stands.
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing || document.querySelector(overlays) !== null) return;
      const { target } = event;
      if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) target.blur();
      else current.current();
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, []);
}

interface WallKeys {
  /** The tiles on the screen, in their order. */
  readonly meetings: readonly MeetingId[];
  /** The tile or the large meeting that the keyboard is on; null for none. */
  readonly at: MeetingId | null;
}

/** The keys of the whole wall; those of the meeting that is large are its own. */
export function useWallKeys({ meetings, at }: WallKeys): void {
  const desk = useDesk();
  const acts = useWallActs();
  const { client } = useWall();
  const inGrid = desk.large === null;
  useHotkeys([
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((number): [string, () => void] => [
      String(number),
      () => {
        const meeting = meetings[number - 1];
        if (meeting !== undefined) desk.open(meeting);
      },
    ]),
    [
      'f',
      () => {
        if (inGrid && at !== null) desk.open(at, 'ask');
      },
    ],
    [
      'a',
      () => {
        if (at !== null) void acts.acknowledge(at, client.alarms.at(at).get() ?? []);
      },
    ],
    ['l', desk.toggleList],
    ['/', () => document.querySelector<HTMLInputElement>('input[data-find]')?.focus()],
    ['shift+?', () => desk.ask({ kind: 'keys' })],
    ['?', () => desk.ask({ kind: 'keys' })],
  ]);
}
