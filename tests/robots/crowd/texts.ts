import type { Language } from '@diemcau/shared/protocol/socket.ts';

type Sentence = Readonly<Record<Language, string>>;

/** What the crowd says to who started it. */
const sentences = {
  serverUnreachable: {
    vi: 'Không kết nối được tới {{url}}. Đề nghị chạy `npm start` trước, hoặc ghi địa chỉ bằng --url.',
    en: 'Nothing answers at {{url}}. Start it with `npm start` first, or name the address with --url.',
  },
  noDemonstration: {
    vi: 'Máy chủ {{url}} không chạy với dữ liệu minh họa, nên không có ai để đóng vai.',
    en: 'The server at {{url}} runs without the demonstration, so there is nobody to stand in for.',
  },
  cellUnknown: {
    vi: 'Không có chi bộ nào khớp với “{{cell}}”. Các chi bộ hiện có: {{cells}}.',
    en: 'No cell matches “{{cell}}”. There are: {{cells}}.',
  },
  cellAmbiguous: {
    vi: 'Đề nghị ghi rõ chi bộ bằng --cell. Các chi bộ phù hợp: {{cells}}.',
    en: 'Please name one cell with --cell. Those that match: {{cells}}.',
  },
  noMeeting: {
    vi: 'Chưa có buổi sinh hoạt nào của {{cell}} đang hoặc sắp diễn ra để tham dự.',
    en: 'There is no meeting of {{cell}}, now or later, to attend.',
  },
  fewerMembers: {
    vi: '{{cell}} chỉ còn {{count}} đồng chí chưa có mặt để đóng vai (yêu cầu {{wanted}}).',
    en: '{{cell}} has only {{count}} members left to stand in for ({{wanted}} asked for).',
  },
  nobodyLeft: {
    vi: '{{cell}} không còn đồng chí nào chưa có mặt để đóng vai.',
    en: '{{cell}} has no member left to stand in for.',
  },
  noChair: {
    vi: '{{cell}} đã có đồng chí chủ trì; buổi sinh hoạt do đồng chí ấy khai mạc.',
    en: 'The chair of {{cell}} is there already and opens the meeting.',
  },
  fewerCells: {
    vi: 'Hiện có {{count}} chi bộ đang đến giờ sinh hoạt (yêu cầu {{wanted}}). Khởi động máy chủ với DEMO_LIVE=all để có thêm.',
    en: 'There are {{count}} cells with a meeting on now ({{wanted}} asked for). Start the server with DEMO_LIVE=all for more.',
  },
  manyLine: {
    vi: '{{meetings}} buổi sinh hoạt · {{open}} đã khai mạc · {{inside}}/{{members}} có mặt · {{cameras}} có hình · {{speaking}} buổi có người phát biểu',
    en: '{{meetings}} meetings · {{open}} opened · {{inside}}/{{members}} present · {{cameras}} with picture · somebody speaks in {{speaking}}',
  },
  theCell: { vi: 'chi bộ', en: 'the cell' },
  entering: {
    vi: '{{count}} đồng chí đang vào họp {{cell}}…',
    en: '{{count}} members are entering the meeting of {{cell}}…',
  },
  checkedIn: { vi: '{{name}} đã điểm danh từ xa', en: '{{name}} has checked in remotely' },
  refusedEntry: { vi: '{{name}} chưa vào họp được: {{reason}}', en: '{{name}} could not enter: {{reason}}' },
  noMedia: {
    vi: '{{name}} chưa có hình và tiếng: {{reason}}',
    en: '{{name}} has no picture and sound: {{reason}}',
  },
  asks: { vi: '{{name}} đăng ký phát biểu', en: '{{name}} asks to speak' },
  speaks: { vi: '{{name}} đang phát biểu', en: '{{name}} speaks' },
  hasSpoken: { vi: '{{name}} đã phát biểu xong', en: '{{name}} has finished' },
  votes: { vi: '{{name}} đã biểu quyết', en: '{{name}} has voted' },
  refusedCommand: { vi: '{{name}}: {{reason}}', en: '{{name}}: {{reason}}' },
  meetingOver: { vi: 'Buổi sinh hoạt đã kết thúc.', en: 'The meeting is over.' },
  nobodyInside: { vi: 'Không còn ai trong phòng họp.', en: 'Nobody is left in the meeting.' },
  line: {
    vi: '{{inside}}/{{members}} có mặt · {{cameras}} có hình · {{waiting}} chờ phát biểu · {{speaker}} · {{vote}}',
    en: '{{inside}}/{{members}} present · {{cameras}} with picture · {{waiting}} waiting to speak · {{speaker}} · {{vote}}',
  },
  nobodySpeaks: { vi: 'chưa ai phát biểu', en: 'nobody speaks' },
  speakerIs: { vi: '{{name}} phát biểu', en: '{{name}} speaks' },
  noVote: { vi: 'không có biểu quyết', en: 'no vote' },
  voteGoes: { vi: 'biểu quyết {{voted}}/{{electors}}', en: 'vote {{voted}}/{{electors}}' },
} as const satisfies Record<string, Sentence>;

export type SentenceName = keyof typeof sentences;
export type Say = (name: SentenceName, values?: Readonly<Record<string, string | number>>) => string;

/** @returns a speaker of one language. */
export function speaker(language: Language): Say {
  return (name, values = {}) =>
    sentences[name][language].replace(/\{\{(\w+)\}\}/g, (_, gap: string) => String(values[gap] ?? ''));
}
