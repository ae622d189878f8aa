import type { RefusalParams } from '../result.ts';
import type { Language } from './socket.ts';

export type Sentence = Readonly<Record<Language, string>>;

/**
 * Refusals of the door, apart from all others: a page states these by itself when the server can't be asked, so it has their
 * sentences from the first moment. Gaps as in refusal-text.ts.
 */
export const doorText = {
  malformed: {
    vi: 'Nội dung gửi lên chưa đúng định dạng[ ({{field}})]. Đề nghị đồng chí kiểm tra và gửi lại.',
    en: 'What was sent is not in the right form[ ({{field}})]. Please check it and send it again.',
  },
  unauthenticated: {
    vi: 'Đồng chí chưa đăng nhập. Đề nghị đồng chí đăng nhập để tiếp tục.',
    en: 'You are not signed in. Please sign in to go on.',
  },
  sessionEnded: {
    vi: 'Phiên đăng nhập đã kết thúc. Đề nghị đồng chí đăng nhập lại.',
    en: 'Your session has ended. Please sign in again.',
  },
  protocolTooOld: {
    vi: 'Ứng dụng trên thiết bị này đã cũ. Đề nghị đồng chí tải lại trang để dùng phiên bản mới.',
    en: 'The application on this device is out of date. Please reload the page.',
  },
  tooManyRequests: {
    vi: 'Thiết bị gửi quá nhiều yêu cầu. Đề nghị đồng chí chờ[ {{seconds}} giây] rồi thử lại.',
    en: 'This device sends too many requests. Please wait[ {{seconds}} seconds] and try again.',
  },
  notFound: {
    vi: 'Không tìm thấy nội dung đồng chí yêu cầu. Đề nghị đồng chí kiểm tra lại đường dẫn.',
    en: 'What you asked for was not found. Please check the address.',
  },
  notAllowed: {
    vi: 'Đồng chí không có quyền thực hiện việc này. Nếu cần, đề nghị đồng chí liên hệ chủ trì hoặc người quản trị.',
    en: 'You may not do this. If you need to, please ask the chair or the administrator.',
  },
  notOfThisMeeting: {
    vi: 'Đồng chí không thuộc thành phần của buổi sinh hoạt này. Nếu có nhầm lẫn, đề nghị đồng chí liên hệ bí thư chi bộ.',
    en: 'You do not belong to this meeting. If this is a mistake, please tell the cell secretary.',
  },
  notJoined: {
    vi: 'Đồng chí chưa vào phòng họp. Đề nghị đồng chí bấm “Vào họp” trước.',
    en: 'You have not entered the meeting. Please choose “Enter the meeting” first.',
  },
  notWatching: {
    vi: 'Màn hình dự sinh hoạt chưa được mở trên thiết bị này. Đề nghị đồng chí mở lại màn hình dự sinh hoạt.',
    en: 'The wall is not open on this device. Please open the wall again.',
  },
  attendsTooMany: {
    vi: 'Đồng chí đang dự số buổi sinh hoạt nhiều nhất có thể cùng lúc[ ({{number}} buổi)]. Đề nghị đồng chí thôi dự một chi bộ trước khi dự thêm.',
    en: 'You attend as many meetings as can be attended at once[ ({{number}})]. Please leave one before you attend another.',
  },
  tooMany: {
    vi: 'Đã đủ số lượng nhiều nhất có thể[ ({{number}})]. Đề nghị đồng chí bỏ bớt trước khi thêm.',
    en: 'There are as many of these as there can be[ ({{number}})]. Please remove some before you add more.',
  },
  tryAgain: {
    vi: 'Hệ thống chưa ghi nhận được yêu cầu. Đề nghị đồng chí thử lại sau ít giây.',
    en: 'The request could not be recorded yet. Please try again in a few seconds.',
  },
  livesElsewhere: {
    vi: 'Buổi sinh hoạt này do máy chủ khác phục vụ. Thiết bị đang tự chuyển sang máy chủ đó; nếu sau ít giây vẫn chưa vào được, đề nghị đồng chí tải lại trang.',
    en: 'Another server holds this meeting. This device is going there by itself; if you are not in after a few seconds, please reload the page.',
  },
  notSent: {
    vi: 'Chưa được ghi nhận: mất kết nối quá lâu nên thiết bị không gửi nữa. Khi có kết nối trở lại, đề nghị đồng chí thực hiện lại nếu vẫn cần.',
    en: 'Not recorded: the connection was gone for too long, and this device no longer sends it. When the connection is back, please do it again if it is still needed.',
  },
  outcomeUnknown: {
    vi: 'Chưa rõ đã được ghi nhận hay chưa: mất kết nối trước khi có trả lời, và thiết bị không gửi lại nữa. Khi có kết nối trở lại, đề nghị đồng chí xem trên màn hình rồi mới thực hiện lại nếu cần.',
    en: 'Not known whether it was recorded: the connection went before the answer came, and this device no longer sends it. When the connection is back, please look at the screen before doing it again.',
  },
  internal: {
    vi: 'Hệ thống gặp sự cố khi xử lý yêu cầu. Đề nghị đồng chí thử lại; nếu vẫn lỗi, báo người quản trị[ mã {{reference}}].',
    en: 'Something went wrong in the system. Please try again; if it persists, tell the administrator[ reference {{reference}}].',
  },
} as const satisfies Readonly<Record<string, Sentence>>;

export type DoorCode = keyof typeof doorText;

/** @returns the sentence of a refusal of the door. */
export function doorMessage(code: DoorCode, language: Language): string {
  return fillGaps(doorText[code][language], undefined);
}

/** @returns the sentence with its gaps filled; a stretch in square brackets is left out when one of its gaps has no value. */
export function fillGaps(sentence: string, params: RefusalParams = {}): string {
  const fill = (part: string) =>
    part.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? ''));
  const isFilled = (part: string) =>
    [...part.matchAll(/\{\{(\w+)\}\}/g)].every(
      ([, name]) => name !== undefined && params[name] !== undefined,
    );
  return sentence.replace(/\[([^\]]*)\]/g, (_, part: string) => (isFilled(part) ? fill(part) : ''));
}
