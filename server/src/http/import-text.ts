import type { ImportFault } from '@diemcau/shared/protocol/http.ts';
import type { Language } from '@diemcau/shared/protocol/socket.ts';

/** What people read for each fault of an uploaded list. */
export const importFaultText: Readonly<Record<ImportFault, Readonly<Record<Language, string>>>> = {
  missing: { vi: 'Chưa ghi.', en: 'Missing.' },
  notAYear: { vi: 'Không phải năm sinh có bốn chữ số.', en: 'Not a year of four digits.' },
  notAPhone: { vi: 'Không phải số điện thoại.', en: 'Not a telephone number.' },
  notAStanding: {
    vi: 'Ghi một trong: chính thức, dự bị, tạm thời đến, tạm thời đi, miễn sinh hoạt, đình chỉ.',
    en: 'Write one of: chính thức, dự bị, tạm thời đến, tạm thời đi, miễn sinh hoạt, đình chỉ.',
  },
  notAnOffice: {
    vi: 'Ghi một trong: bí thư, phó bí thư, chi ủy viên, hoặc để trống.',
    en: 'Write one of: bí thư, phó bí thư, chi ủy viên, or leave it empty.',
  },
  notAGroupOffice: {
    vi: 'Ghi tổ trưởng, tổ phó, hoặc để trống.',
    en: 'Write tổ trưởng, tổ phó, or leave it empty.',
  },
  notYesOrNo: { vi: 'Ghi x hoặc để trống.', en: 'Write x or leave it empty.' },
  tooLong: { vi: 'Quá dài hoặc có ký tự lạ.', en: 'Too long, or with characters that cannot be stored.' },
  twiceInFile: { vi: 'Trùng với một dòng ở trên.', en: 'The same as in a row above.' },
  alreadyOnRoster: { vi: 'Đã có trong danh sách chi bộ.', en: 'Already on the roster of the cell.' },
  phoneTaken: {
    vi: 'Số điện thoại đã thuộc về người khác.',
    en: 'The number already belongs to somebody else.',
  },
  unknownColumn: {
    vi: 'Cột này không có trong mẫu hoặc ghi hai lần.',
    en: 'This column is not in the sample, or stands there twice.',
  },
  missingColumn: { vi: 'Thiếu cột này.', en: 'This column is missing.' },
};
