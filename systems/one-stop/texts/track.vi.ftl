# Tra cứu không cần đăng nhập

track-title = Tra cứu hồ sơ
track-page-title = Tra cứu hồ sơ { $code }
track-heading = Hồ sơ của ông/bà đang ở đâu?
track-lead = Mã hồ sơ và khóa tra cứu in trên giấy tiếp nhận. Quét mã QR trên giấy thì không phải nhập.
track-code = Mã hồ sơ
track-code-hint = Ví dụ H55.62-261117-0031
track-secret = Khóa tra cứu
track-secret-hint = 8 chữ và số, in dưới mã QR
track-go = Xem hồ sơ
track-wrong = Không có hồ sơ nào khớp cả mã và khóa này. Ông/bà xem lại hai dòng đó trên giấy tiếp nhận rồi nhập lại; nếu vẫn không được, mang giấy đến nơi đã nộp.
track-too-often = Từ nơi này đã nhập sai nhiều lần. Ông/bà đợi mười phút rồi nhập lại, hoặc mang giấy tiếp nhận đến nơi đã nộp.
track-dossier = Hồ sơ { $code }
track-of = { $procedure }, của { $who }
track-somebody = người nộp
track-organization = tổ chức nộp hồ sơ
track-person =
    { $kind ->
        [ong] ông { $name }
        [ba] bà { $name }
       *[ongba] ông/bà { $name }
    }
track-is-submitted = Hồ sơ đã nộp, đang chờ tiếp nhận
track-is-in_progress = Hồ sơ đang được giải quyết
track-is-awaiting_supplement = Hồ sơ đang chờ ông/bà bổ sung giấy tờ
track-is-awaiting_payment = Hồ sơ đang chờ ông/bà nộp phí
track-is-suspended = Hồ sơ tạm dừng theo quy định của luật
track-is-finished = Đã có kết quả, mời ông/bà đến nhận
track-is-returned = Kết quả đã trao cho người nộp
track-is-declined = Hồ sơ không được tiếp nhận
track-is-discontinued = Cơ quan đã dừng giải quyết hồ sơ
track-is-withdrawn = Người nộp đã rút hồ sơ
track-accept-by = Cơ quan phải trả lời có tiếp nhận hay không trước { $at }
track-paused = Thời gian chờ không tính vào thời hạn; ngày hẹn sẽ lùi đúng bằng thời gian chờ
track-due = Có kết quả muộn nhất { $time }, { $day }
track-was-due = Đã quá hẹn { $time }, { $day }
track-ended = { $day }, lúc { $time }
track-held = { $name } ({ $post }, { $agency }) đang giữ từ { $since }.
track-at = Hồ sơ đang ở bộ phận một cửa, { $agency }.
track-nobody = Không còn ai phải xử lý hồ sơ này. Nơi đã nhận: { $agency }.
track-do-nothing = Ông/bà chưa phải làm gì.
track-do-over = Ông/bà không phải làm gì thêm.
track-do-supplement = Ông/bà cần bổ sung: { $reason }. Nộp tại { $agency } hoặc nơi đã nộp hồ sơ.
track-do-supplement-note = Ông/bà cần bổ sung: { $reason }. { $note }
track-do-pay = Ông/bà cần nộp { $sum }. Nộp xong, việc giải quyết tiếp tục ngay.
track-pay = Nộp phí
track-do-pay-first = Ông/bà cần nộp { $sum } trước khi nhận kết quả.
track-do-fetch = Mời ông/bà mang giấy tiếp nhận đến { $agency } nhận kết quả.
track-do-declined = Lý do: { $reason }. Ông/bà có thể hỏi lại tại { $agency }.
track-path = Hồ sơ đi đến đâu
track-step-accept = Tiếp nhận
track-step-return = Trả kết quả
track-since = từ { $at }
track-at-latest = muộn nhất { $at }
track-late-heading = Nếu trễ hẹn thì sao?
track-late = Cơ quan phải xin lỗi bằng văn bản và hẹn lại ngày, một lần. Việc trễ tính vào kết quả của người đứng đầu. Ông/bà có quyền phản ánh, và việc đó không làm chậm hồ sơ.
track-proof = Giấy hẹn này là thật, chưa ai sửa ngày
track-sealed = Việc ghi lúc { $at } nằm ở dòng { $line } trong { $size } dòng của nhật ký tỉnh. Dấu kiểm của dòng:
track-root = Dấu kiểm của cả nhật ký, đã ký:
track-unsealed = Việc này vừa được ghi; dấu kiểm có sau vài giây. Ông/bà tải lại trang này.
track-download = Tải biên nhận điện tử (JSON)
track-check = Ai có tệp này đều tự kiểm được mà không cần hỏi cơ quan nào.
track-result = Kết quả
track-result-signed = { $name }, ký số { $at }
track-result-ended = Văn bản này đã được thay hoặc thu hồi.
track-result-check = Kiểm tra văn bản
track-rate = Ông/bà hài lòng thế nào?
