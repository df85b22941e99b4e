# Người dân: đăng nhập, khung trang.

citizen-unit = Dịch vụ công
citizen-sign-in = Đăng nhập
citizen-called = { $called ->
    [ong] Ông { $name }
    [ba] Bà { $name }
   *[ongba] { $name }
}
citizen-tab-home = Trang chủ
citizen-tab-dossiers = Hồ sơ
citizen-tab-feedback = Phản ánh
citizen-tab-me = Tôi

enter-title = Đăng nhập để làm thủ tục
enter-lead = Ông/bà đăng nhập một lần; những gì Nhà nước đã có thì không phải khai lại.
enter-by = Đăng nhập bằng { $name }
enter-demo = Chọn người để trình diễn
enter-nobody = Tỉnh chưa nối với nơi định danh điện tử nên chưa đăng nhập được. Ông/bà vẫn làm được thủ tục tại bộ phận một cửa gần nhất.
enter-what = Đăng nhập thì hệ thống biết gì?
enter-what-name = Họ tên, số định danh, ngày sinh, địa chỉ và số điện thoại, do nơi định danh cung cấp.
enter-what-use = Chỉ dùng để điền sẵn vào đơn và liên lạc về hồ sơ của ông/bà.
enter-what-see = Ai xem dữ liệu của ông/bà, xem lúc nào, vì việc gì: mục “Dữ liệu của tôi” ghi lại hết.
enter-none = Chưa có tài khoản định danh? Công an xã, phường cấp miễn phí. Chỉ cần xem hồ sơ thì không phải đăng nhập:
enter-track = Tra cứu bằng mã trên giấy hẹn
enter-officer = Cán bộ, công chức?
enter-officer-do = Đăng nhập tại đây
enter-more-title = Cần định danh mức 2
enter-more-lead = Việc này cần biết chắc người làm là ông/bà. Ông/bà xác nhận thêm một bước tại nơi định danh rồi quay lại đúng chỗ đang làm; những gì đã nhập vẫn còn.
enter-not-now = Để lúc khác
enter-again = Đăng nhập lại
enter-mine = Về trang của tôi

enter-demo-note = Trang trình diễn: người và dữ liệu ở đây đều là hư cấu.
enter-demo-title = Vào thử với vai người dân
enter-demo-lead = Bản trình diễn không nối với nơi định danh nào. Những người dưới đây là hư cấu; chọn một người để xem họ thấy gì.
enter-demo-level = Mức định danh
enter-demo-level-n = Mức { $n ->
    [1] 1: tài khoản tự đăng ký
   *[2] 2: đã đối chiếu khuôn mặt, vân tay
}
enter-demo-who = Vào với tên

enter-refused-away = { $name } chưa trả lời
enter-refused-away-why = Máy của nơi định danh đang không trả lời, không phải do ông/bà. Những gì ông/bà đã nhập vẫn còn. Ông/bà chờ vài phút rồi bấm Đăng nhập lại; cần gấp thì gọi 1022 hoặc ra bộ phận một cửa.
enter-refused-went-back = Ông/bà chưa đăng nhập
enter-refused-went-back-why = Ông/bà đã bấm quay lại ở nơi định danh nên hệ thống chưa nhận được gì. Những gì ông/bà đã nhập vẫn còn.
enter-refused-stale = Lần đăng nhập này đã hết hạn
enter-refused-stale-why = Mỗi lần đăng nhập chỉ dùng được một lần, trong 10 phút, trên đúng trình duyệt đã bắt đầu. Ông/bà bấm Đăng nhập lại.
enter-refused-untrusted = Chưa đăng nhập được
enter-refused-untrusted-why = Câu trả lời của nơi định danh không khớp với lần đăng nhập này, nên hệ thống không nhận để giữ an toàn cho ông/bà. Ông/bà bấm Đăng nhập lại; nếu vẫn vậy, gọi 1022.
enter-refused-nameless = Tài khoản này chưa có số định danh
enter-refused-nameless-why = Nơi định danh không cho biết họ tên hoặc số định danh cá nhân, nên không biết hồ sơ nào là của ông/bà. Ông/bà mang căn cước đến công an xã, phường để bổ sung, hoặc làm thủ tục tại bộ phận một cửa.
enter-refused-somebody-else = Đây là tài khoản của người khác
enter-refused-somebody-else-why = Ông/bà đang làm dở bằng một tài khoản, nhưng vừa xác nhận bằng tài khoản của người khác. Việc đang làm vẫn giữ nguyên dưới tên cũ. Muốn đổi người, ông/bà đăng xuất trước.
enter-refused-too-low = Tài khoản mới ở mức 1
enter-refused-too-low-why = Việc này cần định danh mức 2. Ông/bà mang căn cước đến công an xã, phường để nâng mức (miễn phí), hoặc làm việc này tại bộ phận một cửa. Những gì đã nhập vẫn còn.

passkey-title = Khóa đăng nhập
passkey-lead = Khóa nằm trong máy, mở bằng vân tay, khuôn mặt hoặc mã máy. Không có mật khẩu để quên hay bị lừa lấy mất.
passkey-back = Quay lại
passkey-make = Tạo khóa trên máy này
passkey-none = Chưa có khóa nào.
passkey-enter = Dùng khóa trên máy này
passkey-since = Tạo { $at }
passkey-used = dùng gần nhất { $at }
passkey-name = Tên để nhận ra
passkey-rename = Đổi tên
passkey-remove = Bỏ khóa này
passkey-removed = Đã bỏ. Không ai đăng nhập bằng khóa đó được nữa.
passkey-renamed = Đã đổi tên khóa.
passkey-nameless = Khóa không rõ máy
passkey-script = Khóa đăng nhập cần JavaScript; trình duyệt này đang tắt. Cách đăng nhập khác vẫn dùng được.
passkey-cannot = Trình duyệt này chưa dùng được khóa đăng nhập. Cách đăng nhập khác vẫn dùng được.
passkey-stopped = Máy chưa xác nhận: ông/bà đã bấm hủy, để quá lâu, hoặc máy này chưa có khóa. Bấm lại để thử, hoặc đăng nhập cách khác.
passkey-failed = Máy chủ chưa trả lời. Ông/bà bấm lại sau ít phút, hoặc đăng nhập cách khác.
passkey-name-only = Khóa chỉ dùng được ở đúng địa chỉ của hệ thống. Trên máy trình diễn, mở bằng tên localhost thay cho dãy số.

problem-passkey-unknown = Khóa này không mở được
problem-passkey-unknown-why = Khóa đã bị bỏ, hoặc thuộc về tài khoản khác. Ông/bà đăng nhập cách khác, rồi tạo khóa mới.
problem-passkey-copied = Khóa này có thể đã bị sao chép
problem-passkey-copied-why = Số đếm trong khóa không tăng như phải có, nên hệ thống không nhận để giữ an toàn. Ông/bà đăng nhập cách khác, bỏ khóa này và tạo khóa mới.
problem-passkey-unmade = Chưa tạo được khóa
problem-passkey-unmade-why = Máy trả lời không khớp với câu hỏi. Ông/bà thử lại.
problem-passkey-full = Đã đủ khóa
problem-passkey-full-why = Mỗi người có nhiều nhất 10 khóa, và mỗi máy một khóa. Ông/bà bỏ bớt một khóa cũ rồi tạo lại.
problem-passkey-late = Để quá lâu
problem-passkey-late-why = Mỗi lần hỏi khóa chỉ có hiệu lực 5 phút. Ông/bà bấm lại.
