const vietnamOffset = 7 * 3_600_000;

/** Vietnam has kept UTC+7 without summer time since 1975; minutes are written in it wherever they are read. */
function inVietnam(at: number): Date {
  return new Date(at + vietnamOffset);
}

const two = (value: number) => String(value).padStart(2, '0');

/** @returns *19 giờ 05 phút*. */
export function clockTime(at: number): string {
  const date = inVietnam(at);
  return `${two(date.getUTCHours())} giờ ${two(date.getUTCMinutes())} phút`;
}

/** @returns *ngày 24 tháng 11 năm 2026*, days and the first two months with a leading zero, as in official papers. */
export function longDate(at: number): string {
  const date = inVietnam(at);
  const month = date.getUTCMonth() + 1;
  const padded = month <= 2 ? two(month) : String(month);
  return `ngày ${two(date.getUTCDate())} tháng ${padded} năm ${date.getUTCFullYear()}`;
}

/** @returns *11/2026*. */
export function monthOf(at: number): string {
  const date = inVietnam(at);
  return `${two(date.getUTCMonth() + 1)}/${date.getUTCFullYear()}`;
}

/** @returns whole minutes of a duration in milliseconds, rounded. */
export function minutesOf(duration: number): number {
  return Math.round(duration / 60_000);
}

/** @returns names with commas, or *không* for nobody. */
export function names(list: readonly string[]): string {
  return list.length === 0 ? 'không' : list.join(', ');
}

/** @returns the text without the full stop at its end, for putting it into a sentence that has its own. */
export function withoutStop(text: string): string {
  return text.trim().replace(/[.;]+$/, '');
}

/** @returns per cent with one decimal and a comma, as official papers write it: *93,3%*. */
export function perCent(part: number, whole: number): string {
  const tenths = whole === 0 ? 0 : Math.floor((part * 1000) / whole);
  return `${Math.floor(tenths / 10)},${tenths % 10}%`;
}
