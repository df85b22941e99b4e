# Trang đầu, tìm thủ tục, trước khi bắt đầu.

home-title = Dịch vụ công
home-day = { $day }, { $lunar ->
    [1] mùng Một
    [15] rằm
   *[other] { $lunar }
} tháng { $month ->
    [1] Giêng
    [11] Một
    [12] Chạp
   *[other] { $month }
} âm lịch
home-ask = { $called ->
    [ong] Ông cần làm việc gì?
    [ba] Bà cần làm việc gì?
   *[ongba] Ông/bà cần làm việc gì?
}
home-ask-label = Việc cần làm, nói như thường ngày
home-ask-example = làm giấy khai sinh
home-ask-go = Tìm
home-example-1 = xin giấy độc thân
home-example-2 = sao y bằng cấp
home-example-3 = mở quán ăn
home-needs = Việc đang chờ ông/bà
home-needs-awaiting_supplement = Một hồ sơ đang chờ ông/bà bổ sung
home-needs-awaiting_payment = Một hồ sơ đang chờ ông/bà nộp phí
home-needs-finished = Đã có kết quả
home-needs-of = { $name }, hồ sơ { $code }
home-do-awaiting_supplement = Xem và bổ sung
home-do-awaiting_payment = Xem và nộp phí
home-do-finished = Xem cách nhận
home-draft = Đơn đang làm dở
home-draft-at = Lưu lần cuối { $at }
home-draft-go = Làm tiếp
home-life = Chuyện trong đời
home-often = Việc hay dùng
home-mine = Hồ sơ của tôi
home-mine-note = Hồ sơ đã nộp, đơn đang làm dở
home-track = Tra cứu hồ sơ
home-track-note = Mã trên giấy hẹn và khóa tra cứu, không cần đăng nhập
home-report = Phản ánh
home-report-note = Ổ gà, đèn hỏng, rác, tiếng ồn: có ảnh là đủ
home-data = Ai đã xem dữ liệu của tôi
home-data-note = Cơ quan nào xem, lúc nào, vì việc gì

find-title = Tìm thủ tục
find-home = Trang chủ
find-event-lead = Những việc thường phải làm, xếp theo thứ tự nên làm trước.
find-none = Chưa tìm thấy thủ tục nào cho “{ $asked }”. Ông/bà thử nói cách khác, ngắn hơn.
find-call = Hoặc gọi { $number }, có người tìm giúp.
find-all = Xem tất cả thủ tục
find-count = { $n } thủ tục
find-near = Có thể ông/bà cần cả
find-by-field = Theo lĩnh vực
find-level-full = làm hết trên mạng
find-level-partial = nộp trên mạng, có bước phải đến nơi
find-level-none = làm tại bộ phận một cửa
find-limit-hours = { $n } giờ làm việc
find-limit-days = { $n } ngày làm việc
find-limit-calendar = { $n } ngày
find-limit-months = { $n } tháng
find-limit-unsure = khoảng { $limit }, đang chờ xác nhận
find-limit-none = thời hạn đang chờ xác nhận
find-fee = { $name }: { $sum } một { $per }

before-back = Tìm việc khác
before-time = Có kết quả sau
before-online = Làm ở đâu
before-who = Nơi nhận
before-office-none = chưa nơi nào nhận trên mạng
before-office-several = { $n } xã, phường; chọn nơi ông/bà muốn
before-free = Không mất phí.
before-fees = Khoản phải nộp
before-counter-only = Thủ tục này chưa làm trên mạng được. Ông/bà mang giấy tờ dưới đây đến bộ phận một cửa gần nhất.
before-start = Bắt đầu
before-start-note = Mỗi trang một câu, lưu từng bước. Bỏ dở lúc nào cũng được, máy nào làm tiếp cũng được.
before-sign-in = Đăng nhập để bắt đầu
before-sign-in-note = Đăng nhập xong ông/bà trở lại đúng trang này. Những gì Nhà nước đã có thì không phải khai lại.
before-needed = Cần có sẵn
before-no-papers = Không cần giấy tờ nào.
before-if-any = (nếu có)
before-original = (nộp bản chính khi nhận kết quả)
before-photo = Chụp bằng điện thoại là được; ảnh được xoay thẳng và chuyển thành PDF.
before-asked = Sẽ hỏi { $n } điều:
before-numbers = Nên có sẵn căn cước của những người được hỏi tới.
before-guidance = Nên biết
before-law = Căn cứ pháp lý
before-code = Mã thủ tục { $code }
before-decider = Cơ quan quyết định: { $who }
