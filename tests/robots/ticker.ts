/** One timer for all robots of a process: a hundred robots with three timers each would spend more on timers than on packets. */

const TICK_MILLISECONDS = 10;

type Listener = (now: number) => void;

const listeners = new Set<Listener>();
let timer: NodeJS.Timeout | undefined;

function tick(): void {
  const now = performance.now();
  for (const listener of listeners) listener(now);
}

/** Calls the listener some hundred times a second with `performance.now()` until the answer is called. */
export function onTick(listener: Listener): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, TICK_MILLISECONDS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
