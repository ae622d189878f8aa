/** What stands around every page. */
export const shell = {
  product: 'Điểm Cầu',
  tagline: 'Sinh hoạt chi bộ trực tiếp kết hợp trực tuyến',
  skipToContent: 'Đến nội dung chính',
  loading: 'Đang tải…',
  retry: 'Thử lại',
  reload: 'Tải lại trang',
  back: 'Quay lại',
  cancel: 'Hủy',
  save: 'Lưu',
  close: 'Đóng',
  refused: 'Chưa thực hiện được',
  saved: 'Đã lưu',
  nav: {
    label: 'Điều hướng chính',
    today: 'Hôm nay',
    administration: 'Quản trị',
    signOut: 'Đăng xuất',
    account: 'Tài khoản của đồng chí {{name}}',
  },
  scheme: { toDark: 'Chuyển sang nền tối', toLight: 'Chuyển sang nền sáng' },
  language: { label: 'Ngôn ngữ', vi: 'Tiếng Việt', en: 'English', switch: 'Switch to English' },
  line: {
    connecting: 'Đang kết nối',
    online: 'Đã kết nối',
    reconnecting: 'Đang kết nối lại',
    offline: 'Không có mạng',
    ended: 'Đã ngắt kết nối',
    reconnectingBanner:
      'Mất kết nối với máy chủ. Hệ thống đang tự kết nối lại; những gì đã ghi nhận vẫn được giữ nguyên.',
    offlineBanner: 'Thiết bị đang không có mạng. Khi có mạng, hệ thống tự kết nối lại.',
    unreachable: 'Chưa liên lạc được với máy chủ',
    notFetched: 'Không tải được phần này của ứng dụng. Đề nghị đồng chí kiểm tra mạng rồi thử lại.',
  },
  insecure: {
    title: 'Chỉ có biểu quyết và chương trình',
    text: 'Trang này mở qua địa chỉ http không mã hóa, nên trình duyệt không cho dùng máy ảnh và micrô. Đồng chí vẫn điểm danh, theo dõi chương trình, đăng ký phát biểu và biểu quyết được. Để có hình và tiếng, đề nghị đồng chí mở địa chỉ bắt đầu bằng https.',
  },
  notFound: {
    title: 'Không tìm thấy trang',
    text: 'Địa chỉ này không có trong hệ thống. Đề nghị đồng chí kiểm tra lại hoặc về trang Hôm nay.',
    home: 'Về trang Hôm nay',
  },
  broken: {
    title: 'Trang gặp sự cố',
    text: 'Đề nghị đồng chí tải lại trang. Những gì hệ thống đã ghi nhận không bị mất.',
  },
};
