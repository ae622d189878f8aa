import { setTimeout as wait } from 'node:timers/promises';
import type { EmbeddedStage } from '../stage/embedded.ts';
import type { Fault } from '../stage/stage.ts';

const hour = 3_600_000;

/** The machine's clock jumps an hour ahead, back, an hour behind, and is put right. */
export const jumpClock: Fault<EmbeddedStage> = {
  name: 'clock',
  inflict: async ({ control, crew }, { form }) => {
    if (!control) return { note: 'not tried: no C compiler here' };
    const stay = form === 'short' ? 1_000 : 6_000;
    for (const ahead of [hour, 0, -hour, 0]) {
      control.setClockAhead(ahead);
      await crew.recovered();
      await wait(stay);
    }
    return { note: 'an hour ahead, back, an hour behind, right' };
  },
};
