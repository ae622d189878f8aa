/** A repeatable stream of choices: the same seed makes the same province on every machine. */
export interface Chooser {
  /** A whole number from 0 up to, and without, `below`. */
  number(below: number): number;
  pick<T>(from: readonly [T, ...T[]]): T;
}

/** Mulberry32: small, good enough for names, and never used for anything that must not be guessed. */
export function createChooser(seed: number): Chooser {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const number = (below: number) => Math.floor(next() * below);
  return { number, pick: (from) => from[number(from.length)] ?? from[0] };
}

const families = [
  'Nguyễn',
  'Nguyễn',
  'Nguyễn',
  'Trần',
  'Trần',
  'Lê',
  'Lê',
  'Phạm',
  'Hoàng',
  'Vũ',
  'Phan',
  'Bùi',
  'Đặng',
  'Đỗ',
  'Hà',
  'Ma',
  'Nông',
  'Lý',
  'Đàm',
  'Triệu',
  'Quan',
  'Hứa',
] as const;

const men = {
  middle: ['Văn', 'Văn', 'Đức', 'Xuân', 'Quang', 'Minh', 'Ngọc', 'Hữu', 'Đình', 'Thanh', 'Tiến', 'Công'],
  given: [
    'Bình',
    'Cường',
    'Dũng',
    'Đạt',
    'Đông',
    'Hải',
    'Hiếu',
    'Hòa',
    'Hùng',
    'Khánh',
    'Kiên',
    'Lâm',
    'Long',
    'Mạnh',
    'Nam',
    'Nghĩa',
    'Phúc',
    'Quân',
    'Sơn',
    'Tâm',
    'Thắng',
    'Thành',
    'Thịnh',
    'Toàn',
    'Trung',
    'Tuấn',
    'Tùng',
    'Việt',
    'Vinh',
  ],
} as const;

const women = {
  middle: ['Thị', 'Thị', 'Thị', 'Thanh', 'Thu', 'Ngọc', 'Bích', 'Hồng', 'Minh', 'Kim', 'Phương'],
  given: [
    'An',
    'Chi',
    'Dung',
    'Giang',
    'Hà',
    'Hạnh',
    'Hằng',
    'Hiền',
    'Hoa',
    'Hồng',
    'Huệ',
    'Hương',
    'Lan',
    'Liên',
    'Loan',
    'Mai',
    'Nga',
    'Ngân',
    'Nguyệt',
    'Nhung',
    'Oanh',
    'Phượng',
    'Thảo',
    'Thủy',
    'Tuyết',
    'Vân',
    'Yến',
  ],
} as const;

/** A plausible name of this country's northern hills. */
export function inventName(chooser: Chooser): string {
  const first = chooser.number(2) === 0 ? men : women;
  return `${chooser.pick(families)} ${chooser.pick(first.middle)} ${chooser.pick(first.given)}`;
}
