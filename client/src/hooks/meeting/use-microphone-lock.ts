import { floorOf, hasFloor } from '@diemcau/shared/domain/floor.ts';
import { useEffect } from 'react';
import { useMedia } from './media.ts';
import { useRoom } from './room.ts';

/** @returns whether the viewer, or the hall of the terminal, has the floor; closes the microphone when it is lost (SPK3). */
export function useFloor(): 'has' | 'hasNot' {
  const { state, as } = useRoom();
  const { own, turn } = useMedia();
  const owner =
    as.kind === 'terminal'
      ? ({ kind: 'site', site: as.site } as const)
      : ({ kind: 'person', person: as.person } as const);
  const floor = hasFloor(floorOf(state), owner) ? 'has' : 'hasNot';
  // A hall keeps its microphone open: the server holds it back, and a speaker there has nothing to press.
  const close = floor === 'hasNot' && as.kind !== 'terminal' && own.microphone === 'on';
  useEffect(() => {
    if (close) void turn('microphone', 'off');
  }, [close, turn]);
  return floor;
}
