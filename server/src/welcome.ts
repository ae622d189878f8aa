import type { Demo, DemoPart } from '@diemcau/shared/protocol/http.ts';
import QRCode from 'qrcode';
import type { Certificate } from './certificate.ts';

/** What the terminal shows when the server is up. */
export interface WelcomeParts {
  readonly port: number;
  readonly certificate: Certificate | null;
  /** Addresses at which other computers and telephones reach this one; empty when only this computer does. */
  readonly lanAddresses: readonly string[];
  readonly publicUrl: string | null;
  readonly demo: Demo | null;
  readonly firstAdministratorCode: string | null;
  readonly media: 'available' | 'unavailable';
  /** Milliseconds. */
  readonly clockBehind: number;
}

const partNames: Readonly<Record<DemoPart, string>> = {
  chair: 'Chủ trì · chair',
  clerk: 'Thư ký · clerk',
  member: 'Đảng viên · member',
  terminal: 'Màn hình điểm cầu · site terminal',
  superior: 'Cấp trên · superior',
  administrator: 'Quản trị · administrator',
};

const toTry = [
  'Mở trang trên bằng hai cửa sổ trình duyệt: một là chủ trì, một là đảng viên.',
  'Chủ trì: Khai mạc → điểm danh → chuyển nội dung → mở biểu quyết.',
  'Open the address in two browser windows, one as the chair and one as a member;',
  'then open the meeting, take the roll call, move the agenda and open a vote.',
];

/** The lines to print; the telephone's address also as a QR code. */
export async function welcome(parts: WelcomeParts): Promise<string> {
  const scheme = parts.certificate ? 'https' : 'http';
  const lan = parts.lanAddresses.map((address) => `${scheme}://${address}:${parts.port}`);
  const blocks = [
    ['Điểm Cầu'],
    table([
      ['Máy này · this computer', `${scheme}://localhost:${parts.port}`],
      ...lan.map((url): Row => ['Máy khác, điện thoại · others', url]),
      ...(parts.publicUrl ? [['Địa chỉ chung · public', parts.publicUrl] as const] : []),
      ...(parts.certificate
        ? [[certificateName(parts.certificate), parts.certificate.fingerprint] as const]
        : []),
    ]),
    parts.demo
      ? [
          'Vào thử với tư cách (trang đăng nhập) · enter as (on the login page):',
          ...people(parts.demo),
          '',
          ...toTry,
        ]
      : [],
    parts.firstAdministratorCode
      ? [
          'Mã một lần cho người quản trị đầu tiên · one-time code for the first administrator:',
          `  ${parts.firstAdministratorCode}`,
        ]
      : [],
    parts.media === 'available'
      ? []
      : [
          'Không có hình và tiếng (SFU chưa chạy); điểm danh, chương trình và biểu quyết vẫn hoạt động.',
          'No picture and sound (the SFU is not running); attendance, agenda and votes work all the same.',
        ],
    clockWarning(parts.clockBehind),
    lan[0] ? [await QRCode.toString(lan[0], { type: 'terminal', small: true })] : [],
  ];
  return `\n${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function clockWarning(behind: number): string[] {
  if (behind === 0) return [];
  const seconds = Math.ceil(behind / 1000);
  return [
    `Đồng hồ của máy chậm ${seconds} giây so với sự kiện cuối trong nhật ký. Đề nghị chỉnh lại đồng hồ.`,
    `This computer's clock is ${seconds} seconds behind the last event of the log. Please set it right.`,
  ];
}

function certificateName({ origin }: Certificate): string {
  return origin === 'generated' ? 'Chứng thư tự tạo · generated certificate' : 'Chứng thư · certificate';
}

function people(demo: Demo): string[] {
  const rows = demo.groups.flatMap(({ part, entries }) =>
    entries.map(({ name, detail }): Row => [partNames[part], `${name} (${detail})`]),
  );
  return table(rows);
}

type Row = readonly [string, string];

function table(rows: readonly Row[]): string[] {
  const width = Math.max(0, ...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
