import type { Refusal, RefusalCode } from '../result.ts';
import { doorText, fillGaps, type Sentence } from './refusal-text-door.ts';
import type { Language } from './socket.ts';

/**
 * What people read for each refusal: why not, and what to do. `{{name}}` is a gap filled from the refusal's params;
 * a stretch in square brackets is left out when one of its gaps has no value.
 */
export const refusalText: Readonly<Record<RefusalCode, Sentence>> = {
  ...doorText,

  wrongCredentials: {
    vi: 'Họ tên, số điện thoại hoặc mật khẩu chưa đúng. Đề nghị đồng chí kiểm tra lại, hoặc xin mã kích hoạt mới từ bí thư chi bộ.',
    en: 'The name, telephone number or password is not right. Please check, or ask the cell secretary for a new code.',
  },
  nameIsAmbiguous: {
    vi: 'Có nhiều đồng chí cùng họ tên này. Đề nghị đồng chí đăng nhập bằng số điện thoại.',
    en: 'Several people have this name. Please sign in with your telephone number.',
  },
  accountLocked: {
    vi: 'Tài khoản tạm khóa vì nhập sai nhiều lần. Đề nghị đồng chí chờ[ {{seconds}} giây], hoặc xin mã kích hoạt mới từ bí thư chi bộ.',
    en: 'The account is locked after several wrong attempts. Please wait[ {{seconds}} seconds], or ask the cell secretary for a new code.',
  },
  codeInvalid: {
    vi: 'Mã không đúng, đã dùng hoặc đã hết hạn. Đề nghị đồng chí kiểm tra lại hoặc xin mã mới.',
    en: 'The code is wrong, used or out of date. Please check it or ask for a new one.',
  },
  pinWrong: {
    vi: 'Mã PIN chưa đúng, hoặc đồng chí chưa đặt mã PIN. Đề nghị đồng chí nhập lại, hoặc xác nhận trên thiết bị của mình.',
    en: 'The PIN is not right, or none has been set. Please type it again, or confirm on your own device.',
  },
  pinLocked: {
    vi: 'Mã PIN tạm khóa vì nhập sai nhiều lần. Đề nghị đồng chí chờ[ {{seconds}} giây], hoặc xác nhận trên thiết bị của mình.',
    en: 'The PIN is locked after several wrong attempts. Please wait[ {{seconds}} seconds], or confirm on your own device.',
  },
  pinNeeded: {
    vi: 'Tài khoản đang khóa trên thiết bị dùng chung này. Đề nghị đồng chí nhập mã PIN của mình.',
    en: 'This account is locked on this shared device. Please type your PIN.',
  },
  pinNotSet: {
    vi: 'Đồng chí chưa đặt mã PIN. Đề nghị đồng chí đặt mã PIN trước khi khóa tài khoản trên thiết bị dùng chung.',
    en: 'You have set no PIN yet. Please set one before you lock your account on a shared device.',
  },
  loginTaken: {
    vi: 'Số điện thoại[ {{login}}] đã được dùng cho tài khoản khác. Đề nghị đồng chí dùng số khác.',
    en: 'The telephone number[ {{login}}] already belongs to another account. Please use another one.',
  },
  passwordTooWeak: {
    vi: 'Mật khẩu chưa đủ mạnh. Đề nghị đồng chí đặt mật khẩu[ ít nhất {{length}} ký tự,] khó đoán.',
    en: 'The password is too weak. Please choose one[ of at least {{length}} characters] that is hard to guess.',
  },
  demoOnlyOnThisComputer: {
    vi: 'Dữ liệu minh họa chỉ mở được ngay trên máy đang chạy hệ thống.',
    en: 'The demonstration can be entered only on the computer that runs the system.',
  },
  alreadyExists: {
    vi: 'Nội dung này[ ({{name}})] đã có trong hệ thống. Đề nghị đồng chí kiểm tra lại danh sách.',
    en: 'This[ ({{name}})] already exists. Please look at the list again.',
  },
  importHasFaults: {
    vi: 'Danh sách còn[ {{count}}] lỗi nên chưa nhập được. Đề nghị đồng chí sửa các ô đã nêu rồi tải lên lại.',
    en: 'The list still has[ {{count}}] faults and was not imported. Please mend the cells named and upload it again.',
  },
  fileNotReadable: {
    vi: 'Không đọc được tệp. Đề nghị đồng chí dùng tệp XLSX hoặc CSV (UTF-8) theo mẫu.',
    en: 'The file cannot be read. Please use an XLSX or CSV (UTF-8) file as in the sample.',
  },

  onOwnRoll: {
    vi: 'Đồng chí là đảng viên của chi bộ này nên dự với tư cách đảng viên; việc nhận xét do cấp trên khác thực hiện.',
    en: 'A member of this cell takes part as a member; observations are for another superior to make.',
  },
  notASuperior: {
    vi: 'Đồng chí được chọn chưa được giao dự sinh hoạt chi bộ này. Đề nghị chọn đồng chí khác, hoặc báo người quản trị phân công.',
    en: 'The person chosen is not assigned to this cell. Please choose somebody else, or ask the administrator for an assignment.',
  },
  notAttended: {
    vi: 'Chỉ ghi nhận xét về buổi sinh hoạt mà đồng chí đã dự công khai. Đề nghị đồng chí bấm “Dự” trước khi ghi.',
    en: 'Observations are noted of a meeting that you have attended openly. Please attend it first.',
  },
  momentUnknown: {
    vi: 'Không xác định được thời điểm này trong nhật ký buổi sinh hoạt. Đề nghị đồng chí tải lại trang rồi ghi lại.',
    en: 'This moment was not found in the meeting’s log. Please reload the page and note it again.',
  },
  alreadySent: {
    vi: 'Nhận xét đã gửi chi bộ nên không sửa, không xóa được. Nếu cần, đề nghị đồng chí ghi nhận xét mới.',
    en: 'The observation has been sent to the cell and is changed no more. If need be, please note a new one.',
  },
  dayIsPast: {
    vi: 'Ngày đã chọn đã qua. Đề nghị đồng chí chọn từ hôm nay trở đi.',
    en: 'The day chosen has passed. Please choose today or a later day.',
  },

  meetingExists: {
    vi: 'Buổi sinh hoạt này đã được tạo. Đề nghị đồng chí mở buổi sinh hoạt trong danh sách.',
    en: 'This meeting has already been created. Please open it from the list.',
  },
  meetingNotSummoned: {
    vi: 'Buổi sinh hoạt chưa được triệu tập. Đề nghị đồng chí chờ bí thư chi bộ triệu tập.',
    en: 'The meeting has not been summoned. Please wait for the cell secretary to summon it.',
  },
  meetingBegun: {
    vi: 'Buổi sinh hoạt đã khai mạc, không hoãn, hủy hoặc triệu tập lại được. Chủ trì có thể tạm dừng hoặc kết thúc.',
    en: 'The meeting has begun and can no longer be postponed, cancelled or summoned. The chair may suspend or end it.',
  },
  meetingNotOpen: {
    vi: 'Buổi sinh hoạt chưa khai mạc hoặc đã dừng. Đề nghị đồng chí chờ chủ trì khai mạc.',
    en: 'The meeting is not open. Please wait for the chair to open it.',
  },
  meetingSuspended: {
    vi: 'Buổi sinh hoạt đang tạm dừng. Đề nghị đồng chí chờ chủ trì cho tiếp tục.',
    en: 'The meeting is suspended. Please wait for the chair to continue it.',
  },
  meetingOver: {
    vi: 'Buổi sinh hoạt đã kết thúc, không thực hiện được nữa. Đồng chí có thể xem kết quả và biên bản.',
    en: 'The meeting is over; this can no longer be done. You can read its results and minutes.',
  },
  notSameDay: {
    vi: 'Buổi sinh hoạt bị gián đoạn chỉ được nối lại trong cùng ngày. Đề nghị đồng chí triệu tập buổi mới.',
    en: 'An interrupted meeting can be resumed only on the same day. Please summon a new one.',
  },
  rollCallNotDone: {
    vi: 'Chưa điểm danh xong nên chưa biểu quyết được. Đề nghị thư ký hoàn thành điểm danh trước.',
    en: 'The roll call is not complete, so no vote can be taken yet. The clerk completes it first.',
  },
  rollCallAlreadyDone: {
    vi: 'Việc điểm danh đã hoàn thành. Thư ký vẫn có thể điều chỉnh từng đồng chí trong danh sách.',
    en: 'The roll call is already complete. The clerk can still correct single entries.',
  },
  siteRollCallMissing: {
    vi: 'Điểm cầu[ {{site}}] chưa xác nhận điểm danh. Đề nghị người phụ trách điểm cầu hoặc thư ký xác nhận trước.',
    en: 'The roll call of the site[ {{site}}] is not confirmed. Its responsible person or the clerk confirms it first.',
  },
  openVotesRemain: {
    vi: 'Còn nội dung đang biểu quyết[: {{question}}]. Đề nghị đồng chí kết thúc hoặc hủy biểu quyết trước.',
    en: 'A vote is still open[: {{question}}]. Please close or annul it first.',
  },
  minutesNotAdopted: {
    vi: 'Biên bản chưa được thông qua. Đề nghị đồng chí lấy biểu quyết thông qua biên bản trước khi bế mạc.',
    en: 'The minutes have not been adopted. Please have them adopted by vote before closing.',
  },
  chairStillPresent: {
    vi: 'Chủ trì vẫn còn trên đường truyền. Chỉ khi chủ trì mất kết nối quá thời gian quy định mới có người thay.',
    en: "The chair is still connected. Somebody may step in only once the chair's line has been gone for the set time.",
  },
  announceBefore: {
    vi: 'Chỉ báo vắng trước khi khai mạc. Đề nghị đồng chí báo với thư ký cuộc họp.',
    en: 'An absence is announced before the meeting opens. Please tell the minutes clerk.',
  },
  absenceUnknown: {
    vi: 'Chưa có báo vắng của đồng chí này.',
    en: 'This member has not announced an absence.',
  },
  guestsRegistered: {
    vi: 'Đã ghi nhận đại biểu mời. Không thể ghi "không có người ngoài chi bộ".',
    en: 'Guests have been registered, so it cannot be stated that there are none.',
  },
  minutesAdopted: {
    vi: 'Biên bản đã được thông qua, không sửa lời văn hay bổ sung được nữa.',
    en: 'The minutes have been adopted; their wording can no longer be changed, nor anything added.',
  },
  candidateNeeded: {
    vi: 'Việc này biểu quyết từng người một. Đề nghị đồng chí ghi tên người được xét.',
    en: 'This is voted on one person at a time. Please name the candidate.',
  },
  siteNotDark: {
    vi: 'Điểm cầu[ {{site}}] đang kết nối. Số phiếu nhập tại điểm cầu, không nhận qua điện thoại.',
    en: 'The site[ {{site}}] is connected. Its count is entered there, not taken by telephone.',
  },
  notInMinority: {
    vi: 'Chỉ đảng viên thuộc thiểu số mới bảo lưu ý kiến sau biểu quyết này.',
    en: 'Only members of the minority can reserve their opinion after this vote.',
  },
  alreadyReserved: {
    vi: 'Ý kiến bảo lưu của đồng chí đã được ghi nhận.',
    en: 'Your reserved opinion has already been recorded.',
  },
  ballotNotAllowed: {
    vi: 'Nội dung này biểu quyết giơ tay[ (quy tắc {{rule}})], không nhập kết quả phiếu kín.',
    en: 'This matter is decided by show of hands[ (rule {{rule}})], not by ballot.',
  },
  ballotDoesntAddUp: {
    vi: 'Số phiếu[ tại {{site}}] không khớp: số thu về phải bằng tổng các loại phiếu và không quá số phát ra.',
    en: 'The ballots[ at {{site}}] do not add up: those returned must equal the sum of all kinds and not exceed those issued.',
  },
  tooManyBallots: {
    vi: 'Số phiếu phát ra[ tại {{site}}] nhiều hơn số người có quyền biểu quyết ở đó[ ({{electors}})].',
    en: 'More ballots were issued[ at {{site}}] than there are electors[ ({{electors}})].',
  },
  secretPaper: {
    vi: 'Tài liệu có độ mật không đưa lên hệ thống này. Đề nghị đồng chí phát tại phòng họp theo quy định.',
    en: 'Papers marked secret may not be put into this system. Please hand them out in the room as regulations require.',
  },
  meetingNotClosed: {
    vi: 'Buổi sinh hoạt chưa bế mạc. Đề nghị đồng chí bế mạc trước khi niêm phong hồ sơ.',
    en: 'The meeting has not been closed yet. Please close it before sealing its record.',
  },
  siteUnknown: {
    vi: 'Điểm cầu này không có trong buổi sinh hoạt. Đề nghị đồng chí chọn lại điểm cầu.',
    en: 'This site is not part of the meeting. Please choose another one.',
  },
  officeHolderUnknown: {
    vi: 'Người được chọn không có trong danh sách của buổi sinh hoạt. Đề nghị đồng chí chọn người khác.',
    en: 'The person chosen is not on the roll of this meeting. Please choose somebody else.',
  },

  personNotSummoned: {
    vi: 'Đồng chí này không thuộc diện triệu tập của buổi sinh hoạt. Đề nghị kiểm tra lại danh sách.',
    en: 'This person is not summoned to the meeting. Please check the roll.',
  },
  personExcluded: {
    vi: 'Đồng chí[ {{name}}] đang bị đình chỉ sinh hoạt đảng hoặc đã chuyển đi, không dự buổi sinh hoạt này.',
    en: 'The member[ {{name}}] is suspended or transferred and does not attend this meeting.',
  },
  ownCell: {
    vi: 'Đồng chí là đảng viên của chi bộ này. Đề nghị đồng chí vào họp và điểm danh như các đảng viên khác.',
    en: 'You are a member of this cell. Please enter the meeting and check in as its other members do.',
  },
  siteWins: {
    vi: 'Đồng chí đã điểm danh tại điểm cầu[ {{site}}]; thiết bị này chỉ dùng kèm, không phát hình và tiếng.',
    en: 'You are checked in at the site[ {{site}}]; this device accompanies you there, without picture and sound.',
  },
  notPresent: {
    vi: 'Đồng chí chưa điểm danh có mặt. Đề nghị điểm danh trước khi thực hiện việc này.',
    en: 'You are not checked in. Please check in first.',
  },

  voteUnknown: {
    vi: 'Không tìm thấy nội dung biểu quyết này. Đề nghị đồng chí mở lại phòng họp.',
    en: 'This vote was not found. Please open the meeting again.',
  },
  voteOpenAlready: {
    vi: 'Đang có một nội dung biểu quyết. Đề nghị đồng chí kết thúc nội dung đó trước.',
    en: 'Another vote is open. Please close that one first.',
  },
  voteNotOpen: {
    vi: 'Nội dung này hiện không mở biểu quyết. Đề nghị đồng chí chờ chủ trì mở biểu quyết.',
    en: 'This vote is not open. Please wait for the chair to open it.',
  },
  voteClosed: {
    vi: 'Chưa được ghi nhận – biểu quyết đã kết thúc. Chủ trì đã được báo về ý kiến gửi muộn này.',
    en: 'Not recorded – the vote has closed. The chair has been told of this late mark.',
  },
  voteNotClosed: {
    vi: 'Biểu quyết chưa kết thúc nên chưa công bố được kết quả. Đề nghị đồng chí kết thúc biểu quyết trước.',
    en: 'The vote is not closed, so its result cannot be announced. Please close it first.',
  },
  voteAnnounced: {
    vi: 'Kết quả biểu quyết đã công bố, không thay đổi được nữa.',
    en: 'The result has been announced and can no longer be changed.',
  },
  notAnElector: {
    vi: 'Đồng chí không thuộc danh sách biểu quyết của nội dung này. Chỉ đảng viên chính thức có mặt khi mở biểu quyết được biểu quyết.',
    en: 'You are not an elector in this vote. Official members present at its opening vote.',
  },
  countedByTeller: {
    vi: 'Điểm cầu[ {{site}}] biểu quyết giơ tay, do người kiểm đếm ghi nhận. Đề nghị đồng chí giơ tay tại hội trường.',
    en: 'At the site[ {{site}}] hands are counted by the teller. Please raise your hand in the hall.',
  },
  notCountedByTeller: {
    vi: 'Điểm cầu[ {{site}}] biểu quyết theo tên, không nhập số đếm. Đề nghị chọn từng đồng chí trên màn hình điểm cầu.',
    en: 'At the site[ {{site}}] people vote by name; no count is entered. Please mark each person on the terminal.',
  },
  countsDontAddUp: {
    vi: 'Số liệu[ tại {{site}}] chưa khớp: tổng[ {{sum}}] phải bằng số người biểu quyết[ ({{electors}})]. Đề nghị người kiểm đếm kiểm tra và nhập lại.',
    en: 'The numbers[ at {{site}}] do not add up: their sum[, {{sum}},] must equal the number of electors[ ({{electors}})]. The teller checks and enters them again.',
  },
  countMissing: {
    vi: 'Chưa có kết quả kiểm đếm đã xác nhận[ của {{site}}]. Đề nghị chờ điểm cầu báo kết quả trước khi kết thúc biểu quyết.',
    en: 'A confirmed count is missing[ from {{site}}]. Please wait for the site before closing the vote.',
  },
  countAlreadyConfirmed: {
    vi: 'Kết quả kiểm đếm[ của {{site}}] đã được xác nhận. Muốn sửa, đề nghị chủ trì hoặc thư ký mở lại kèm lý do.',
    en: 'The count[ of {{site}}] is already confirmed. To change it, the chair or clerk reopens it with a reason.',
  },
  countChanged: {
    vi: 'Số liệu[ tại {{site}}] vừa được nhập lại. Đề nghị đồng chí xem số mới rồi xác nhận.',
    en: 'The numbers[ at {{site}}] have just been entered anew. Please look at the new ones before confirming.',
  },
  countNotEntered: {
    vi: 'Chưa có số liệu kiểm đếm[ của {{site}}] để xác nhận. Đề nghị người kiểm đếm nhập trước.',
    en: 'No count[ of {{site}}] has been entered yet. The teller enters it first.',
  },
  secondPersonNeeded: {
    vi: 'Số liệu[ của {{site}}] cần người thứ hai xác nhận; người nhập không được tự xác nhận. Đề nghị một đồng chí khác có thẩm quyền xác nhận.',
    en: 'The count[ of {{site}}] needs a second person; who entered it cannot confirm it. Another entitled person confirms it.',
  },
  tooEarlyToClose: {
    vi: 'Chưa thể kết thúc biểu quyết[: còn {{seconds}} giây theo thời gian tối thiểu]. Đề nghị đồng chí chờ thêm.',
    en: 'The vote cannot be closed yet[: {{seconds}} seconds of the least time remain]. Please wait.',
  },
  electorsUnreached: {
    vi: 'Còn[ {{count}}] đồng chí đang mất kết nối, chưa biểu quyết. Đề nghị chờ, hoặc xác nhận vẫn kết thúc biểu quyết (các đồng chí này được ghi là không biểu quyết).',
    en: 'Some electors[ ({{count}})] have lost their line and not voted. Please wait, or confirm closing all the same (they are recorded as not voted).',
  },
  resultNotAnnounced: {
    vi: 'Còn kết quả biểu quyết chưa công bố. Đề nghị chủ trì công bố hoặc hủy kết quả đó trước.',
    en: 'A result has not been announced yet. The chair announces or annuls it first.',
  },
  speakersWaiting: {
    vi: 'Còn[ {{count}}] đồng chí chờ phát biểu. Đề nghị cho phát biểu hết, hoặc xác nhận vẫn mở biểu quyết (sẽ được ghi vào nhật ký).',
    en: 'Some[ ({{count}})] people are still waiting to speak. Please hear them, or confirm opening all the same (this is logged).',
  },
  showOfHandsNotAllowed: {
    vi: 'Nội dung này không được biểu quyết giơ tay. Đề nghị tổ chức bỏ phiếu theo quy định.',
    en: 'This matter may not be decided by show of hands. Please hold the ballot that the rules require.',
  },
  emptyElectorate: {
    vi: 'Chưa có đảng viên chính thức nào có mặt để biểu quyết. Đề nghị kiểm tra lại điểm danh.',
    en: 'No official member is present to vote. Please check the roll call.',
  },
  alreadyMarked: {
    vi: 'Đồng chí này đã biểu quyết trên thiết bị riêng; ý kiến đó được giữ. Nếu có nhầm lẫn, đề nghị báo thư ký.',
    en: 'This person has already voted on their own device, and that mark stands. If this is wrong, please tell the clerk.',
  },

  alreadyInQueue: {
    vi: 'Đồng chí đã có trong danh sách chờ phát biểu. Đề nghị đồng chí chờ đến lượt.',
    en: 'You are already waiting to speak. Please wait for your turn.',
  },
  queueChanged: {
    vi: 'Danh sách chờ phát biểu vừa thay đổi. Đề nghị đồng chí xem lại và sắp xếp lại.',
    en: 'The queue has just changed. Please look at it again and reorder it.',
  },
  noGroup: {
    vi: 'Chưa nêu tổ đảng có ý kiến. Đề nghị đồng chí chọn tổ đảng.',
    en: 'The party group whose opinion it is has not been named. Please choose it.',
  },
  requestUnknown: {
    vi: 'Lượt đăng ký phát biểu này không còn. Đề nghị đồng chí đăng ký lại nếu cần.',
    en: 'This request to speak is gone. Please ask again if needed.',
  },

  itemUnknown: {
    vi: 'Nội dung này không có trong chương trình. Đề nghị đồng chí xem lại chương trình.',
    en: 'This item is not on the programme. Please look at the programme again.',
  },
  agendaChanged: {
    vi: 'Chương trình vừa thay đổi hoặc nội dung này đang được thực hiện. Đề nghị đồng chí xem lại chương trình.',
    en: 'The programme has just changed, or the item is current. Please look at the programme again.',
  },

  mediaUnavailable: {
    vi: 'Hình và tiếng tạm thời không có; điểm danh, phát biểu và biểu quyết vẫn diễn ra bình thường. Hệ thống sẽ tự nối lại.',
    en: 'Picture and sound are not available for now; attendance, speaking and votes go on. They will come back by themselves.',
  },
  mediaNotAllowed: {
    vi: 'Đồng chí chưa được nhận hình và tiếng của buổi sinh hoạt. Đề nghị điểm danh có mặt trước.',
    en: 'You may not receive picture and sound yet. Please check in first.',
  },
  companionHasNoMedia: {
    vi: 'Thiết bị dùng kèm tại điểm cầu không phát hình và tiếng. Đề nghị đồng chí theo dõi trên màn hình của điểm cầu.',
    en: 'A companion device at a site has no picture and sound. Please follow the screen of the site.',
  },
  inPersonOnly: {
    vi: 'Nội dung này chỉ tiến hành trực tiếp tại phòng họp, nên hình và tiếng của các đồng chí tham gia từ xa tạm đóng. Đề nghị đồng chí chờ, hệ thống sẽ mở lại khi hết nội dung này.',
    en: 'This item is dealt with in the room only, so picture and sound of remote participants are closed. Please wait: they open again when the item ends.',
  },
  mediaRequestFailed: {
    vi: 'Không thiết lập được hình hoặc tiếng[ ({{reason}})]. Đề nghị đồng chí thử lại, hoặc tiếp tục chỉ với biểu quyết và chương trình.',
    en: 'Picture or sound could not be set up[ ({{reason}})]. Please try again, or go on with votes and programme only.',
  },
};

/** @returns the refusal's sentence in the language, its gaps filled from the refusal's params. */
export function refusalMessage({ code, params }: Refusal, language: Language): string {
  return fillGaps(refusalText[code][language], params);
}
