# Văn bản chung của mọi trang.

frame-product = Tỉnh Số
frame-skip = Đến nội dung chính
frame-nav = Điều hướng chính
frame-tabs = Điều hướng nhanh
frame-search = Tìm trong toàn hệ thống
frame-search-hint = Mã hồ sơ, họ tên, thủ tục, văn bản
frame-role = Đổi vai, đăng xuất
frame-role-now = (đang dùng)
frame-sign-out = Đăng xuất
frame-language = Tiếng Việt
frame-help-line = Gọi **{ $number }** nếu cần người giúp.

script-busy = Đang lưu…
script-leave = Những gì vừa nhập chưa được lưu. Rời trang này?
script-restored = Đã mở lại bản nháp trên máy này.
script-forget = Bỏ bản nháp
script-saved = Bản nháp tự lưu lúc

fmt-money = { $amount } đồng
fmt-days = { $n } ngày
fmt-hours = { $n } giờ
fmt-minutes = { $n } phút
fmt-today = hôm nay { $time }

clock-left = còn { $time }
clock-over = quá hạn { $time }
clock-ok = Còn hạn
clock-soon = Sắp đến hạn
clock-late = Quá hạn
clock-hold = Tạm dừng
clock-done = Xong
clock-early = trước hạn
clock-on-time = đúng hạn
clock-after = trễ hạn

list-select = Chọn
list-select-one = Chọn hồ sơ { $code }
list-due = Thời hạn
list-case = Hồ sơ
list-promised = Hẹn trả
list-step = Bước
list-act = Làm ngay

bulk-label = Thao tác hàng loạt
bulk-selected = Đã chọn { $n } hồ sơ
bulk-none = Chọn hồ sơ để làm nhiều hồ sơ một lần
bulk-clear = Bỏ chọn

filter-go = Lọc
filter-clear = Bỏ lọc
filter-density = Mật độ dòng
filter-roomy = Thoáng
filter-compact = Gọn

flash-undo = Hoàn tác

steps-done = , đã xong

held-caption = Ai giữ bao lâu, giờ làm việc
held-aria = Thanh thời gian giữ hồ sơ: { $parts }

grade-a = Bậc A: tính từ nhật ký, ai cũng kiểm lại được
grade-b = Bậc B: văn bản đã ký, có người thứ hai kiểm
grade-c = Bậc C: đơn vị tự khai, chưa ai kiểm
tile-silent = Nguồn im lặng { $time }
tile-empty = Chưa có phiếu

confirm-back = Quay lại

error-prefix = Lỗi: { $title }
error-count = { $n ->
   *[other] Có { $n } chỗ cần xem lại
 }

field-optional = (không bắt buộc)
field-none = Chưa chọn
field-date-hint = Ngày/tháng/năm, ví dụ 14/11/2026
field-date-boxes-hint = Ví dụ: 14 11 2026
field-day = Ngày
field-month = Tháng
field-year = Năm
field-citizen-id = Số định danh cá nhân
field-citizen-id-hint = 12 chữ số trên thẻ căn cước. Mỗi lần mở số đầy đủ đều được ghi lại và người có số thấy ai đã mở.

known-count = Không phải khai lại { $n } mục
known-wrong = Có mục sai? Báo để sửa

drop-here = Kéo tệp vào đây
drop-or = hoặc chọn tệp
drop-limit = { $kinds }; đến { $size }
drop-hash = dấu kiểm

papers-needed = Thành phần hồ sơ
papers-filed = Giấy tờ của hồ sơ
papers-here = Đã có
papers-here-one = Đã có: { $paper }
papers-paper = Giấy tờ
papers-source = Lấy từ đâu
papers-file = Tệp
papers-hash = Dấu kiểm (SHA-256)
papers-not-kept = Không lưu

question-back = Câu trước
question-at = { $topic }, câu { $at } trên { $of }
question-go = Tiếp tục
question-later = Để sau

paper-due = Hẹn trả lúc
paper-hands = Hồ sơ sẽ qua tay
paper-code = Mã hồ sơ
paper-secret = Mã bí mật
paper-secret-hint = Đưa cho người nộp; cần để tra cứu.

pager-label = Sang trang
pager-previous = Trang trước
pager-next = Trang sau

crumbs-label = Vị trí

keys-lead = Phím:
keys-all = mọi phím tắt
keys-title = Phím tắt
keys-close = Đóng
keys-search = tìm
keys-move = lên xuống
keys-select = chọn
keys-open = mở
keys-send = làm việc chính của trang
keys-section = đến mục 1 đến 4

date-missing = Cần nhập ngày.
date-form = Ngày viết theo thứ tự ngày/tháng/năm, ví dụ 14/11/2026.
date-month = Tháng chỉ từ 1 đến 12.
date-day = Tháng { $month } năm { $year } chỉ có { $days } ngày. Xem lại ngày rồi nhập lại.
date-year = Năm viết đủ bốn chữ số, từ 1900 đến 2100.

problem-bad-request = Chưa hiểu được yêu cầu này
problem-bad-request-why = Trình duyệt gửi thiếu hoặc gửi khác điều trang này cần. Quay lại trang trước và làm lại.
problem-unauthorized = Cần đăng nhập
problem-unauthorized-why = Phiên làm việc đã hết hoặc chưa bắt đầu. Đăng nhập rồi mở lại trang này.
problem-forbidden = Chưa được phép làm việc này
problem-forbidden-why = Vai đang dùng không có quyền này. Đổi vai, hoặc nhờ người có quyền.
problem-cross-site = Biểu mẫu này đến từ một trang khác
problem-cross-site-why = Để không ai mượn tay gửi thay, máy chủ chỉ nhận biểu mẫu của chính trang này. Mở lại trang rồi gửi lại.
problem-not-found = Không có trang này
problem-not-found-why = Địa chỉ có thể đã gõ nhầm, hoặc trang đã chuyển chỗ. Tìm bằng mã hồ sơ, hoặc về trang đầu.
problem-method-not-allowed = Trang này không nhận cách gửi ấy
problem-method-not-allowed-why = Quay lại trang trước và làm lại.
problem-timeout = Máy chủ trả lời chậm
problem-timeout-why = Những gì đã nhập vẫn còn ở trang trước. Gửi lại sau ít phút.
problem-conflict = Vừa có người sửa trước
problem-conflict-why = Mở lại trang để xem bản mới nhất rồi làm tiếp.
problem-gone = Trang này không còn nữa
problem-gone-why = Về trang đầu để tìm chỗ mới.
problem-too-large = Gửi nhiều quá một lần
problem-too-large-why = Chọn tệp nhỏ hơn, hoặc gửi từng tệp.
problem-unsupported = Chưa đọc được dạng dữ liệu này
problem-unsupported-why = Gửi lại theo dạng mà trang này yêu cầu.
problem-invalid = Có chỗ cần xem lại
problem-invalid-why = Một vài mục chưa đúng. Quay lại, xem lời nhắc ở từng mục rồi gửi lại.
problem-too-many = Gửi nhanh quá
problem-too-many-why = Chờ một phút rồi làm lại.
problem-internal = Máy chủ gặp sự cố
problem-internal-why = Đây là lỗi của máy chủ, không phải của người dùng. Những gì đã lưu vẫn còn. Làm lại sau ít phút; nếu vẫn vậy, báo mã dưới đây cho người trực.
problem-unavailable = Máy chủ đang bận
problem-unavailable-why = Những gì đã nhập vẫn còn ở trang trước. Gửi lại sau ít phút.
problem-home = Về trang đầu
problem-request = Mã để báo

# Cửa vào: đăng nhập, đổi mật khẩu
sign-in-title = Đăng nhập
sign-in-login = Tên đăng nhập
sign-in-password = Mật khẩu
sign-in-do = Đăng nhập
sign-in-try = Tài khoản dùng thử
sign-in-try-note = Đây là dữ liệu trình diễn: người và hồ sơ đều là hư cấu. Mật khẩu in ở cửa sổ dòng lệnh lúc khởi động.
sign-in-wrong = Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra chữ hoa, bộ gõ tiếng Việt, rồi nhập lại.
sign-in-disabled = Tài khoản này đã khóa. Liên hệ người quản trị của cơ quan để mở lại.
sign-in-wait = Đã nhập sai nhiều lần. Chờ { $seconds } giây rồi thử lại.
password-title = Đổi mật khẩu
password-old = Mật khẩu đang dùng
password-new = Mật khẩu mới
password-again = Nhập lại mật khẩu mới
password-hint = Ít nhất 10 ký tự, không phải từ thông dụng. Một câu dễ nhớ là tốt nhất.
password-do = Đổi mật khẩu
password-differs = Hai lần nhập mật khẩu mới khác nhau. Nhập lại cho giống.
password-weak = Mật khẩu này dễ đoán. Chọn ít nhất 10 ký tự, không chứa tên đăng nhập, không phải từ thông dụng.
password-old-wrong = Mật khẩu đang dùng chưa đúng. Nhập lại.

# Charts.
chart-empty = Chưa có số liệu để vẽ.
chart-figures = Xem số liệu
chart-none = chưa có
chart-read = Xem từng điểm: { $title }
chart-along = Kỳ
chart-day = Ngày
chart-place = Nơi
chart-spark = { $name }: { $n } kỳ, từ { $first } đến { $last }
chart-month = Tháng { $n }
chart-weekday-1 = T2
chart-weekday-2 = T3
chart-weekday-3 = T4
chart-weekday-4 = T5
chart-weekday-5 = T6
chart-weekday-6 = T7
chart-weekday-7 = CN
