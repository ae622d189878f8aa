/** @returns the last whole `period` of the time, both in milliseconds. */
export function wholePeriod(time: number, period: number): number {
  return Math.floor(time / period) * period;
}

/**
 * Tells the time now and at every whole `period` of that clock (milliseconds). All who follow one clock tick together
 * and are told the very same time, so that no two screens show different seconds.
 * @returns ends it.
 */
export function followTicks(now: () => number, period: number, tell: (time: number) => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const tick = () => {
    const time = now();
    const whole = wholePeriod(time, period);
    tell(whole);
    timer = setTimeout(tick, whole + period - time);
  };
  tick();
  return () => clearTimeout(timer);
}
