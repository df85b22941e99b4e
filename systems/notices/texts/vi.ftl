# Câu báo tin: mã và đường dẫn, không nêu tên người, giấy tờ hay con số
tell-filed = { $matter ->
    [feedback] Phản ánh { $code } đã được ghi nhận. Theo dõi tại:
   *[dossier] Hồ sơ { $code } đã được nộp và đang chờ tiếp nhận. Theo dõi tại:
 }
tell-taken-on = { $matter ->
    [feedback] Phản ánh { $code } đã được tiếp nhận. Xem tại:
   *[dossier] Hồ sơ { $code } đã được tiếp nhận. Xem ngày hẹn trả kết quả tại:
 }
tell-declined = { $matter ->
    [feedback] Phản ánh { $code } không được tiếp nhận. Xem lý do tại:
   *[dossier] Hồ sơ { $code } chưa được tiếp nhận. Xem lý do và việc cần làm tại:
 }
tell-supplement-asked = { $matter ->
    [feedback] Phản ánh { $code } cần ông/bà cho biết thêm. Trả lời tại:
   *[dossier] Hồ sơ { $code } cần ông/bà bổ sung. Xem cần gì và bổ sung tại:
 }
tell-supplement-received = Phần bổ sung của { $code } đã đến. Xem tại:
tell-payment-asked = Hồ sơ { $code } có khoản cần nộp. Xem và nộp tại:
tell-paid = Khoản nộp của hồ sơ { $code } đã được ghi nhận. Xem biên nhận tại:
tell-extended = Xin lỗi ông/bà: { $matter ->
    [feedback] phản ánh { $code } chưa trả lời kịp hẹn. Xem ngày hẹn mới tại:
   *[dossier] hồ sơ { $code } chưa xong kịp hẹn. Xem ngày hẹn mới tại:
 }
tell-late = Xin lỗi ông/bà: { $matter ->
    [feedback] phản ánh { $code } chưa trả lời kịp hẹn; người đứng đầu đã được báo. Xem tại:
   *[dossier] hồ sơ { $code } đã quá hẹn mà chưa xong. Xem ai đang giữ và hỏi lại tại:
 }
tell-stopped = { $matter ->
    [feedback] Phản ánh { $code } đã dừng giải quyết. Xem lý do tại:
   *[dossier] Hồ sơ { $code } đã dừng giải quyết. Xem lý do tại:
 }
tell-withdrawn = { $matter ->
    [feedback] Phản ánh { $code } đã được rút theo yêu cầu. Nếu không phải ông/bà yêu cầu, xem tại:
   *[dossier] Hồ sơ { $code } đã được rút theo yêu cầu. Nếu không phải ông/bà yêu cầu, xem tại:
 }
tell-result-ready = { $matter ->
    [feedback] Phản ánh { $code } đã có trả lời. Xem tại:
   *[dossier] Hồ sơ { $code } đã có kết quả. Xem cách nhận tại:
 }
tell-forwarded = Phản ánh { $code } đã được chuyển đến { $agency }. Theo dõi tại:
tell-published = Câu trả lời phản ánh { $code } đã được công khai. Xem tại:
tell-merged = Phản ánh { $code } được gộp với phản ánh cùng việc. Theo dõi tại:
tell-reopened = Phản ánh { $code } đã được mở lại. Theo dõi tại:
tell-confidential = Có tin mới về phản ánh của ông/bà. Đăng nhập để xem tại:
tell-alert-opened = Có cảnh báo mới giao cho ông/bà. Đăng nhập để xem và nhận xử lý tại:
tell-alert-escalated = Có cảnh báo quá giờ chưa ai nhận, nay chuyển đến ông/bà. Đăng nhập để xem và nhận xử lý tại:
tell-confirm = Có người vừa đăng ký nhận thông báo hồ sơ vào địa chỉ thư này. Nếu là ông/bà, bấm đường dẫn dưới đây trong 48 giờ. Nếu không phải, ông/bà không cần làm gì.
tell-mail-subject = { $place }: thông báo về { $code }
tell-mail-subject-plain = { $place }: thông báo
tell-mandate-recorded = Bộ phận một cửa vừa ghi việc ông/bà nhờ người khác nộp hồ sơ thay. Xem, hoặc thôi, tại:
tell-mail-subject-alert = { $place }: có cảnh báo chờ xử lý
tell-mail-subject-own = { $place }: việc của ông/bà
tell-mail-subject-confirm = { $place }: xác nhận địa chỉ thư điện tử
tell-mail-foot =
    { $place } gửi thư này theo lựa chọn của ông/bà. Xin đừng trả lời thư này.
    Không nhận nữa: { $stop }
tell-mail-foot-confirm = { $place }. Xin đừng trả lời thư này.

tell-what-filed = Đã nộp
tell-what-taken_on = Đã tiếp nhận
tell-what-declined = Chưa được tiếp nhận
tell-what-supplement_asked = Cần bổ sung
tell-what-supplement_received = Đã nhận phần bổ sung
tell-what-payment_asked = Có khoản cần nộp
tell-what-paid = Đã nộp tiền
tell-what-extended = Xin lỗi, hẹn lại ngày
tell-what-late = Xin lỗi, quá hẹn
tell-what-stopped = Dừng giải quyết
tell-what-withdrawn = Đã rút
tell-what-result_ready = Có kết quả
tell-what-forwarded = Đã chuyển cơ quan giải quyết
tell-what-published = Đã công khai câu trả lời
tell-what-merged = Gộp với phản ánh cùng việc
tell-what-reopened = Đã mở lại
tell-what-mandate_recorded = Ghi nhận nhờ nộp hồ sơ thay
tell-what-alert_opened = Có cảnh báo mới
tell-what-alert_escalated = Cảnh báo chuyển lên
tell-what-confirm = Xác nhận địa chỉ

tell-channel-email = Thư điện tử
tell-channel-push = Thông báo trên thiết bị
tell-channel-sms = Tin nhắn
tell-channel-zalo = Zalo
tell-state-on = Đang nhận
tell-state-unconfirmed = Chờ ông/bà xác nhận
tell-state-gone = Không còn đến được, đã ngừng gửi
tell-fate-waiting = đang gửi
tell-fate-sent = đã gửi
tell-fate-dead = chưa gửi được
tell-fate-dropped = không gửi, vì nơi nhận không còn

tell-title = Cách nhận thông báo
tell-lead = Khi hồ sơ hay phản ánh của ông/bà có việc mới, chúng tôi báo theo cách ông/bà chọn. Tin báo chỉ có mã và đường dẫn, không nêu nội dung.
tell-officer-lead = Khi một cảnh báo được giao hoặc chuyển lên ông/bà, chúng tôi báo theo cách ông/bà chọn. Tin báo chỉ có đường dẫn, không nêu nội dung.
tell-addresses = Ông/bà đang nhận ở
tell-no-address = Chưa có nơi nhận nào. Ông/bà chọn một cách dưới đây.
tell-unconfirmed-how = Mở thư vừa gửi đến địa chỉ này và bấm đường dẫn trong thư.
tell-remove = Bỏ
tell-remove-of = Bỏ { $address }
tell-by-email = Nhận bằng thư điện tử
tell-email = Địa chỉ thư điện tử
tell-email-hint = Ví dụ hoa@example.vn. Chúng tôi gửi một thư để xác nhận đúng là của ông/bà.
tell-email-do = Nhận bằng thư điện tử
tell-email-bad = Địa chỉ này thiếu một phần, hoặc có dấu cách. Ông/bà xem lại rồi nhập lại, ví dụ hoa@example.vn.
tell-email-sent = Đã ghi. Ông/bà mở hộp thư và bấm đường dẫn xác nhận trong 48 giờ.
tell-too-many = Mỗi người có tối đa { $max } nơi nhận. Ông/bà bỏ bớt một nơi rồi thêm lại.
tell-by-push = Nhận ngay trên thiết bị này
tell-push-what = Thông báo hiện trên màn hình, kể cả khi đã đóng trang này.
tell-push-do = Bật thông báo trên thiết bị này
tell-push-none = Trình duyệt này chưa nhận được thông báo. Ông/bà chọn cách khác, hoặc mở trang bằng Chrome, Edge, Firefox hay Safari mới.
tell-push-denied = Trình duyệt đang chặn thông báo của trang này. Ông/bà mở phần cài đặt của trang trong trình duyệt, cho phép thông báo, rồi bấm lại.
tell-push-failed = Chưa bật được. Ông/bà thử lại sau ít phút, hoặc chọn cách khác.
tell-by-sms = Nhận bằng tin nhắn điện thoại
tell-by-zalo = Nhận qua Zalo
tell-phone-which = Chỉ gửi đến số điện thoại đã xác thực cùng danh tính của ông/bà.
tell-phone-do = Nhận qua số { $phone }
tell-phone-none = Danh tính của ông/bà chưa có số điện thoại. Ông/bà bổ sung số điện thoại trong VNeID, đăng nhập lại rồi chọn cách này.
tell-added = Đã thêm nơi nhận.
tell-removed = Đã bỏ. Nơi đó không nhận thông báo nữa.
tell-quiet = Giờ cần yên tĩnh
tell-quiet-on = Không làm phiền trong khoảng giờ này
tell-quiet-from = Từ
tell-quiet-to = Đến
tell-quiet-what = Trong khoảng giờ này chỉ gửi thư điện tử; các cách khác chờ đến hết giờ.
tell-quiet-do = Lưu giờ yên tĩnh
tell-quiet-done = Đã lưu giờ yên tĩnh.
tell-lately = Đã báo gần đây
tell-lately-none = Chưa có thông báo nào.
tell-to-mine = Xem cách nhận thông báo của tôi

tell-confirm-title = Xác nhận địa chỉ thư điện tử
tell-confirm-lead = Bấm nút dưới đây để nhận thông báo hồ sơ vào địa chỉ này.
tell-confirm-do = Xác nhận địa chỉ này
tell-confirmed-title = Đã xác nhận
tell-confirmed-lead = Từ nay thông báo được gửi đến địa chỉ này.
tell-confirm-bad-title = Đường dẫn này không còn dùng được
tell-confirm-bad-lead = Đường dẫn đã quá 48 giờ, hoặc không đủ chữ. Ông/bà đăng nhập, nhập lại địa chỉ để nhận thư xác nhận mới.
tell-stop-title = Ngừng nhận thông báo
tell-stop-lead = Bấm nút dưới đây, địa chỉ này sẽ không nhận thông báo nữa. Hồ sơ của ông/bà vẫn được giải quyết như thường.
tell-stop-do = Ngừng gửi đến địa chỉ này
tell-stopped-title = Đã ngừng gửi
tell-stopped-lead = Địa chỉ này không nhận thông báo nữa. Muốn nhận lại, ông/bà đăng nhập và chọn.
tell-stop-bad-title = Đường dẫn này không đúng
tell-stop-bad-lead = Đường dẫn không đủ chữ. Ông/bà sao chép lại cả dòng trong thư, hoặc đăng nhập để bỏ địa chỉ.

tell-failed-title = Thông báo không gửi được
tell-failed-lead = Mỗi thông báo được thử lại 8 lần trong khoảng hai ngày rồi mới vào đây. Đang chờ gửi: { $waiting }.
tell-failed-none = Không có thông báo nào bị bỏ lại.
tell-failed-again = Gửi lại { $channel } ({ $count })
tell-failed-revived = Đã đưa { $count } thông báo trở lại hàng đợi.
tell-failed-at = Lúc
tell-failed-channel = Kênh
tell-failed-what = Nội dung
tell-failed-code = Mã
tell-failed-why = Vì sao
tell-failed-attempts = Số lần
tell-fault-mail-away = Máy chủ thư không trả lời, hoặc từ chối tạm thời
tell-fault-mail-silent = Máy chủ thư nhận kết nối nhưng im lặng
tell-fault-mail-login = Máy chủ thư không cho đăng nhập: xem lại tên và mật khẩu
tell-fault-mail-refused = Máy chủ thư từ chối thư
tell-fault-mail-address = Địa chỉ gửi hoặc nhận không dùng được
tell-fault-no-mail = Chưa khai máy chủ thư
tell-fault-no-push = Chưa khai thông báo trên thiết bị, hoặc dịch vụ không quen
tell-fault-push-away = Dịch vụ thông báo không trả lời
tell-fault-push-busy = Dịch vụ thông báo quá tải
tell-fault-push-refused = Dịch vụ thông báo từ chối
tell-fault-no-gateway = Chưa khai cổng tin nhắn hoặc Zalo
tell-fault-no-template = Chưa khai số mẫu tin cho nội dung này
tell-fault-gateway-away = Cổng tin nhắn không trả lời
tell-fault-gateway-busy = Cổng tin nhắn quá tải
tell-fault-gateway-refused = Cổng tin nhắn từ chối
tell-fault-gateway-unclear = Cổng tin nhắn trả lời không hiểu được
