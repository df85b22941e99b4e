# Câu trả lời của API cho chương trình

api-field-unknown = Không có trường này.
api-field-missing = Thiếu trường này.
api-field-wrong = Giá trị không đúng: { $why }
api-field-long = Dài quá mức cho phép.
api-field-none-such = Không có mã này.
api-answer-wrong = Câu trả lời không đúng loại của trường.
api-header = Giá trị của tiêu đề này không đúng.

problem-malformed-json = Nội dung gửi lên không phải JSON
problem-malformed-json-why = Xem dòng và cột được nêu, sửa rồi gửi lại.
problem-stale = Hồ sơ vừa có người khác cập nhật
problem-stale-why = Đọc lại hồ sơ ở phiên bản mới rồi làm lại, nếu vẫn cần.
problem-refused = Quy định không cho làm việc này
problem-refused-why = Xem quy tắc được nêu; hồ sơ vẫn giữ nguyên.
problem-no-procedure = Không có thủ tục này đang hiệu lực
problem-no-procedure-why = Tìm mã thủ tục đang hiệu lực rồi gửi lại.
problem-no-cursor = Con trỏ trang không đúng
problem-no-cursor-why = Lấy con trỏ từ trang trước, hoặc đọc lại từ đầu.
problem-too-many-files = Hồ sơ đã có quá nhiều tệp
problem-too-many-files-why = Gộp các trang thành một tệp PDF rồi gửi.
problem-busy = Máy chủ đang bận
problem-busy-why = Chưa ghi gì cả. Gửi lại sau vài giây.
problem-idempotency-key-reused = Khóa Idempotency-Key đã dùng cho yêu cầu khác
problem-idempotency-key-reused-why = Mỗi yêu cầu dùng một khóa riêng; gửi lại với khóa mới.
problem-idempotency-key-taken = Yêu cầu cùng khóa đang được xử lý
problem-idempotency-key-taken-why = Gửi lại sau giây lát để nhận cùng một câu trả lời.
problem-password-must-change = Cần đổi mật khẩu trước
problem-password-must-change-why = Đăng nhập trên trang web, đổi mật khẩu rồi quay lại.
problem-wrong-credentials = Tên đăng nhập hoặc mật khẩu không đúng
problem-wrong-credentials-why = Kiểm tra lại rồi thử lại; sai nhiều lần thì phải chờ.
problem-account-disabled = Tài khoản đã bị khóa
problem-account-disabled-why = Liên hệ quản trị viên của đơn vị để mở lại.
