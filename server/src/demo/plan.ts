import type { CellType } from '@diemcau/shared/domain/roster.ts';
import type { OrganizationKind } from '../directory/tables.ts';

/** A cell of the demonstration province as it is written down; its members are invented around it. */
export interface PlannedCell {
  readonly name: string;
  readonly type: CellType;
  readonly members: number;
  /** The first is the main site. */
  readonly sites: readonly { readonly name: string; readonly address: string }[];
  readonly groups: readonly string[];
  /** When its next meeting begins: minutes from the start of the demonstration, or null for none. */
  readonly meetingIn: number | null;
  readonly topic?: string;
}

export interface PlannedOrganization {
  readonly kind: OrganizationKind;
  readonly name: string;
  readonly committeeName: string;
  readonly cells: readonly PlannedCell[];
}

export const province = {
  kind: 'province',
  name: 'Đảng bộ tỉnh Việt Bắc',
  committeeName: 'Tỉnh ủy Việt Bắc',
} as const;

const HOUR = 60;

const site = (name: string, address: string) => ({ name, address });

/** Four committees below the province (there are no districts), sixteen cells of all five types: as many as a wall has tiles. */
export const organizations: readonly PlannedOrganization[] = [
  {
    kind: 'commune',
    name: 'Đảng bộ xã Hòa Sơn',
    committeeName: 'Đảng ủy xã Hòa Sơn',
    cells: [
      {
        name: 'Chi bộ thôn Nà Lộc',
        type: 'rural',
        members: 31,
        sites: [
          site('Nhà văn hóa thôn Nà Lộc', 'Thôn Nà Lộc, xã Hòa Sơn'),
          site('Nhà văn hóa xóm Khuổi Mạ', 'Xóm Khuổi Mạ, thôn Nà Lộc, xã Hòa Sơn'),
          site('Điểm trường Pác Nặm', 'Xóm Pác Nặm, thôn Nà Lộc, xã Hòa Sơn'),
        ],
        groups: ['Tổ đảng số 1', 'Tổ đảng số 2', 'Tổ đảng số 3'],
        meetingIn: 0,
      },
      {
        name: 'Chi bộ thôn Bản Chang',
        type: 'rural',
        members: 22,
        sites: [
          site('Nhà văn hóa thôn Bản Chang', 'Thôn Bản Chang, xã Hòa Sơn'),
          site('Nhà văn hóa xóm Lũng Vài', 'Xóm Lũng Vài, thôn Bản Chang, xã Hòa Sơn'),
        ],
        groups: ['Tổ đảng số 1', 'Tổ đảng số 2'],
        meetingIn: 3 * HOUR,
      },
      {
        name: 'Chi bộ Trường THCS Hòa Sơn',
        type: 'school',
        members: 17,
        sites: [
          site('Phòng hội đồng Trường THCS Hòa Sơn', 'Trung tâm xã Hòa Sơn'),
          site('Điểm trường Lũng Vài', 'Xóm Lũng Vài, xã Hòa Sơn'),
        ],
        groups: ['Tổ Tự nhiên', 'Tổ Xã hội'],
        meetingIn: 5 * HOUR,
        topic: 'Chuyển đổi số trong dạy và học',
      },
      {
        name: 'Chi bộ Quân sự xã Hòa Sơn',
        type: 'armedForces',
        members: 10,
        sites: [
          site('Ban Chỉ huy quân sự xã Hòa Sơn', 'Trung tâm xã Hòa Sơn'),
          site('Chốt dân quân Pác Nặm', 'Xóm Pác Nặm, xã Hòa Sơn'),
        ],
        groups: [],
        meetingIn: 27 * HOUR,
      },
    ],
  },
  {
    kind: 'ward',
    name: 'Đảng bộ phường Tân Long',
    committeeName: 'Đảng ủy phường Tân Long',
    cells: [
      {
        name: 'Chi bộ Tổ dân phố 5',
        type: 'rural',
        members: 26,
        sites: [
          site('Nhà văn hóa Tổ dân phố 5', 'Đường Bình Thuận, phường Tân Long'),
          site('Nhà sinh hoạt ngõ 42', 'Ngõ 42, đường Bình Thuận, phường Tân Long'),
        ],
        groups: ['Tổ đảng số 1', 'Tổ đảng số 2'],
        meetingIn: 4 * HOUR,
      },
      {
        name: 'Chi bộ Trường Mầm non Hoa Sen',
        type: 'school',
        members: 13,
        sites: [
          site('Phòng họp Trường Mầm non Hoa Sen', 'Phố Quang Trung, phường Tân Long'),
          site('Cơ sở 2 Trường Mầm non Hoa Sen', 'Tổ dân phố 9, phường Tân Long'),
        ],
        groups: [],
        meetingIn: 26 * HOUR,
      },
      {
        name: 'Chi bộ Văn phòng Đảng ủy phường',
        type: 'agency',
        members: 14,
        sites: [
          site('Phòng họp số 2, trụ sở Đảng ủy phường', 'Đường 17 tháng 8, phường Tân Long'),
          site('Bộ phận Một cửa phường', 'Đường Tân Trào, phường Tân Long'),
        ],
        groups: [],
        meetingIn: 6 * HOUR,
      },
      {
        name: 'Chi bộ Công an phường Tân Long',
        type: 'armedForces',
        members: 15,
        sites: [
          site('Hội trường Công an phường Tân Long', 'Đường Tân Trào, phường Tân Long'),
          site('Chốt trực cầu Nông Tiến', 'Đầu cầu Nông Tiến, phường Tân Long'),
        ],
        groups: ['Tổ đảng số 1', 'Tổ đảng số 2'],
        meetingIn: null,
      },
    ],
  },
  {
    kind: 'bloc',
    name: 'Đảng bộ các cơ quan và doanh nghiệp tỉnh Việt Bắc',
    committeeName: 'Đảng ủy các cơ quan và doanh nghiệp tỉnh Việt Bắc',
    cells: [
      {
        name: 'Chi bộ Trung tâm Y tế Việt Bắc',
        type: 'agency',
        members: 16,
        sites: [
          site('Hội trường Trung tâm Y tế', 'Đường Lê Duẩn, phường Tân Long'),
          site('Trạm Y tế xã Hòa Sơn', 'Trung tâm xã Hòa Sơn'),
          site('Phân trạm Y tế Lũng Vài', 'Xóm Lũng Vài, xã Hòa Sơn'),
        ],
        groups: ['Tổ Lâm sàng', 'Tổ Dự phòng'],
        meetingIn: 2 * HOUR,
        topic: 'Nâng cao chất lượng phục vụ người bệnh',
      },
      {
        name: 'Chi bộ Công ty Chè Việt Bắc',
        type: 'enterprise',
        members: 14,
        sites: [
          site('Phòng họp Công ty Chè Việt Bắc', 'Khu công nghiệp Tân Long'),
          site('Xưởng chế biến Hòa Sơn', 'Xã Hòa Sơn'),
        ],
        groups: [],
        meetingIn: 28 * HOUR,
      },
      {
        name: 'Chi bộ Điện lực Tân Long',
        type: 'enterprise',
        members: 13,
        sites: [
          site('Phòng họp Điện lực Tân Long', 'Đường Phan Thiết, phường Tân Long'),
          site('Tổ trực vận hành Hòa Sơn', 'Xã Hòa Sơn'),
        ],
        groups: [],
        meetingIn: null,
      },
      {
        name: 'Chi bộ Đồn Biên phòng Khuổi Mạ',
        type: 'armedForces',
        members: 12,
        sites: [
          site('Hội trường Đồn Biên phòng Khuổi Mạ', 'Xã Hòa Sơn'),
          site('Trạm kiểm soát cột mốc 412', 'Xã Hòa Sơn'),
        ],
        groups: [],
        meetingIn: 7 * HOUR,
      },
    ],
  },
  {
    kind: 'commune',
    name: 'Đảng bộ xã Khuổi Luông',
    committeeName: 'Đảng ủy xã Khuổi Luông',
    cells: [
      {
        name: 'Chi bộ thôn Khuổi Luông',
        type: 'rural',
        members: 14,
        sites: [
          site('Nhà văn hóa thôn Khuổi Luông', 'Thôn Khuổi Luông, xã Khuổi Luông'),
          site('Nhà văn hóa xóm Nà Pài', 'Xóm Nà Pài, thôn Khuổi Luông, xã Khuổi Luông'),
        ],
        groups: ['Tổ đảng số 1', 'Tổ đảng số 2'],
        meetingIn: 3 * HOUR,
      },
      {
        name: 'Chi bộ thôn Nà Pài',
        type: 'rural',
        members: 12,
        sites: [
          site('Nhà văn hóa thôn Nà Pài', 'Thôn Nà Pài, xã Khuổi Luông'),
          site('Nhà văn hóa xóm Pác Ngàm', 'Xóm Pác Ngàm, thôn Nà Pài, xã Khuổi Luông'),
        ],
        groups: [],
        meetingIn: 25 * HOUR,
      },
      {
        name: 'Chi bộ Trạm Y tế Khuổi Luông',
        type: 'agency',
        members: 10,
        sites: [
          site('Phòng họp Trạm Y tế Khuổi Luông', 'Trung tâm xã Khuổi Luông'),
          site('Điểm trạm Nà Pài', 'Thôn Nà Pài, xã Khuổi Luông'),
        ],
        groups: [],
        meetingIn: 5 * HOUR,
      },
      {
        name: 'Chi bộ Hợp tác xã Chè Khuổi Luông',
        type: 'enterprise',
        members: 10,
        sites: [
          site('Nhà điều hành Hợp tác xã Chè Khuổi Luông', 'Thôn Khuổi Luông, xã Khuổi Luông'),
          site('Xưởng sao chè Nà Pài', 'Thôn Nà Pài, xã Khuổi Luông'),
        ],
        groups: [],
        meetingIn: 29 * HOUR,
      },
    ],
  },
];

/** How many cells have a meeting on now unless more are wished for. */
export const usuallyLive = 4;

/**
 * The cells whose meeting is on now, when so many are: one of each committee before a second of any, so that every
 * superior has some.
 */
export function liveCells(count: number): ReadonlySet<PlannedCell> {
  const most = Math.max(...organizations.map(({ cells }) => cells.length));
  const rounds = Array.from({ length: most }, (_, round) =>
    organizations.flatMap(({ cells }) => cells[round] ?? []),
  );
  return new Set(rounds.flat().slice(0, count));
}
