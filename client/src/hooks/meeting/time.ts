/** @returns a length of time as h:mm:ss or mm:ss; negative ones count as nought. */
export function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** @returns whole minutes of a length of time, rounded down. */
export function minutes(milliseconds: number): number {
  return Math.max(0, Math.floor(milliseconds / 60_000));
}

/** @returns the time of day in the reader's language. */
export function timeOfDay(at: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(at);
}
