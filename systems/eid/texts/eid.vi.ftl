# Dữ liệu của tôi: Nhà nước đang giữ gì, ai đã xem, đồng ý, sửa sai.

eid-nav = Định danh
eid-nav-corrections = Đề nghị sửa dữ liệu

eid-home = Dữ liệu của tôi
eid-lead = Tỉnh đang giữ gì về ông/bà, ai đã xem, và ông/bà làm được gì với dữ liệu ấy.
eid-held = Tỉnh biết về ông/bà
eid-wrong = Có mục sai? Đề nghị sửa
eid-can = Quyền của ông/bà
eid-none = chưa có
eid-destroyed = Dữ liệu của ông/bà đã được hủy theo quy định; không ai đọc lại được.
eid-destroyed-other = Dữ liệu của người này đã được hủy theo quy định; không ai đọc lại được.
eid-sign-out = Đăng xuất

eid-field-name = Họ tên
eid-field-number = Số định danh
eid-field-born = Ngày sinh
eid-field-phone = Điện thoại
eid-field-email = Thư điện tử
eid-field-address = Địa chỉ

eid-looks = Ai đã xem dữ liệu của tôi
eid-looks-note = { $n ->
    [0] Chưa ai xem trong { $days } ngày qua
   *[other] { $n } lượt trong { $days } ngày qua
}
eid-looks-lead = Mỗi lần cán bộ mở dữ liệu của ông/bà đều được ghi lại: cơ quan nào, xem gì, lúc nào, vì việc gì. Thấy lạ thì ông/bà hỏi lại ngay tại dòng đó.
eid-looks-empty = Chưa có cán bộ nào mở dữ liệu của ông/bà.
eid-looks-law = Quyền được biết theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15.
eid-look-nobody = Hệ thống
eid-look-refused = Muốn xem nhưng hệ thống đã từ chối
eid-look-case = { $matter ->
    [feedback] Phản ánh { $code }
   *[dossier] Hồ sơ { $code }
 }
eid-look-question = Vì sao xem? Hỏi lại
eid-what-dossier = Đã mở hồ sơ
eid-what-identity = Đã xem đủ số định danh, điện thoại, địa chỉ
eid-what-known = Đã lấy thông tin có sẵn để điền vào đơn
eid-what-papers = Đã mở giấy tờ nộp kèm
eid-what-list = Có tên trong danh sách đã tải về
eid-why-procedure = Để giải quyết thủ tục { $name }. Căn cứ: { $law }.
eid-law-procedure = quy định của thủ tục này
eid-why-counter = Để tiếp nhận hồ sơ khi ông/bà, hoặc người ông/bà ủy quyền, đến quầy. Căn cứ: Nghị định 118/2025/NĐ-CP.
eid-why-control = Để kiểm tra việc giải quyết thủ tục. Căn cứ: Nghị định 118/2025/NĐ-CP.
eid-why-request = Theo đề nghị của ông/bà.
eid-why-consent = Theo sự đồng ý của ông/bà: { $purpose }.
eid-why-case = Để giải quyết hồ sơ.
eid-why-unknown = Cán bộ không ghi lý do; ông/bà nên hỏi lại.

eid-consent = Những việc tôi đồng ý
eid-consent-note = Bật, tắt từng việc bất cứ lúc nào
eid-consent-lead = Chỉ những việc ngoài nghĩa vụ luật định mới cần ông/bà đồng ý. Không đồng ý thì hồ sơ vẫn được giải quyết như thường.
eid-consent-law = Để giải quyết hồ sơ, cơ quan nhà nước xử lý dữ liệu theo luật nên không hỏi ở đây. Mỗi lần đồng ý hay rút lại đều được ghi vào nhật ký không sửa được.
eid-consent-given = Đang đồng ý
eid-consent-not = Chưa đồng ý
eid-consent-since = từ { $at }
eid-consent-give = Tôi đồng ý
eid-consent-revoke = Rút lại
eid-consent-gave = Đã ghi: ông/bà đồng ý cho việc “{ $what }”.
eid-consent-revoked = Đã ghi: ông/bà không đồng ý cho việc “{ $what }” nữa.
eid-purpose-reuse = Dùng lại giấy tờ đã nộp
eid-purpose-reuse-note = Giấy tờ và câu trả lời của hồ sơ trước được điền sẵn cho hồ sơ sau, kể cả ở cơ quan khác trong tỉnh.
eid-purpose-contact = Nhắc việc qua tin nhắn, Zalo, thư điện tử
eid-purpose-contact-note = Ngoài thông báo bắt buộc, được nhắc trước hạn và khi có kết quả.
eid-purpose-survey = Mời đánh giá mức độ hài lòng
eid-purpose-survey-note = Sau khi xong hồ sơ, được mời trả lời một câu hỏi. Câu trả lời công bố không kèm tên.

eid-download = Tải về dữ liệu của tôi
eid-download-note = Toàn bộ, để đọc hoặc mang đi nơi khác
eid-download-lead = Toàn bộ những gì tỉnh giữ về ông/bà, lúc { $at }.
eid-download-do = Tải về một tệp
eid-download-person = Về ông/bà
eid-download-dossiers = Hồ sơ ({ $n })
eid-download-filed = Nộp { $at }
eid-download-file = Giấy tờ
eid-download-rest = Còn lại
eid-download-looks = { $n } lượt xem dữ liệu
eid-download-consents = { $n } việc đang đồng ý
eid-download-corrections = { $n } đề nghị sửa
eid-download-sessions = { $n } thiết bị đang đăng nhập

eid-correct = Đề nghị sửa dữ liệu
eid-correct-note = Nói mục nào sai và đúng ra là gì
eid-correct-open = { $n } đề nghị đang chờ trả lời
eid-correct-lead = Chọn mục sai, viết lại cho đúng, và cho biết căn cứ. Cán bộ xem, trả lời có lý do ngay tại trang này.
eid-correct-what = Mục nào sai?
eid-correct-what-fault = Ông/bà chọn một mục.
eid-correct-right = Đúng ra là gì?
eid-correct-right-hint = Viết như trên giấy tờ. Ngày sinh viết dạng 19/05/1997.
eid-correct-why = Căn cứ vào đâu?
eid-correct-why-hint = Ví dụ: theo giấy khai sinh số …, hoặc đã đổi số điện thoại.
eid-correct-why-fault = Ông/bà viết một dòng về căn cứ để cán bộ đối chiếu.
eid-correct-do = Gửi đề nghị
eid-correct-done = Đã gửi. Câu trả lời sẽ hiện tại trang này.
eid-correct-same = Đây đúng là những gì tỉnh đang giữ, nên không có gì để sửa.
eid-correct-too-many = Ông/bà đang có 5 đề nghị chờ trả lời. Xin chờ trả lời rồi gửi tiếp, hoặc gọi 1022.
eid-correct-fault-name = Họ tên có ít nhất hai chữ và không có số.
eid-correct-fault-born = Ngày sinh viết dạng ngày/tháng/năm, ví dụ 19/05/1997. Ông/bà xem lại ngày có trong tháng đó không.
eid-correct-fault-phone = Số điện thoại có 10 hoặc 11 chữ số, bắt đầu bằng 0.
eid-correct-fault-email = Địa chỉ thư điện tử có dấu @, ví dụ ten@vidu.vn.
eid-correct-fault-address = Ông/bà viết đủ địa chỉ: số nhà, đường hoặc xóm, xã hoặc phường.
eid-correct-number = Số định danh không sửa ở đây: do công an cấp, ông/bà mang căn cước đến công an xã, phường.
eid-corrections-mine = Đề nghị đã gửi
eid-correction-open = Đang chờ
eid-correction-made = Đã sửa
eid-correction-refused = Không sửa
eid-correction-said = Sửa thành: { $right }
eid-correction-filed = Gửi { $at }
eid-correction-reply = Trả lời: { $reply }
eid-correction-decided = Trả lời { $at }

eid-devices = Nơi đang đăng nhập
eid-devices-note = { $n ->
    [1] Chỉ thiết bị này
   *[other] { $n } thiết bị
}
eid-devices-lead = Thấy thiết bị lạ thì đăng xuất nó, rồi đổi mật khẩu ở nơi định danh.
eid-device-unknown = Thiết bị không rõ tên
eid-device-here = Thiết bị này
eid-device-since = Đăng nhập { $at }, dùng gần nhất { $seen }, mức { $level }
eid-device-end = Đăng xuất thiết bị này
eid-device-end-others = Đăng xuất các thiết bị khác
eid-device-end-all = Đăng xuất mọi nơi
eid-device-ended = Đã đăng xuất thiết bị đó.
eid-device-ended-n = Đã đăng xuất { $n } thiết bị khác.

eid-keys = Khóa đăng nhập
eid-keys-note = Vào bằng vân tay, khuôn mặt hoặc mã máy, không cần mật khẩu

eid-corrections = Đề nghị sửa dữ liệu cá nhân
eid-corrections-lead = Người dân nói dữ liệu về họ bị sai. Đối chiếu, quyết định và trả lời có lý do.
eid-corrections-empty = Không có đề nghị nào đang chờ.
eid-corrections-who = Người đề nghị
eid-corrections-what = Mục
eid-corrections-when = Gửi lúc
eid-correction-of = { $name }: { $what }
eid-decide-held = Đang giữ
eid-decide-right = Đề nghị sửa thành
eid-decide-said-why = Căn cứ
eid-decide-why = Lý do
eid-decide-why-hint = Người dân đọc được câu này.
eid-decide-why-fault = Viết lý do, nhiều nhất 1.000 chữ cái; người dân đọc được câu này.
eid-decide-make = Sửa theo đề nghị
eid-decide-refuse = Không sửa
eid-decide-made = Đã sửa dữ liệu của { $name } và trả lời.
eid-decide-refused = Đã trả lời { $name }: không sửa.
