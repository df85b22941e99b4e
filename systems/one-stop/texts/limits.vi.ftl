# Xác nhận thời hạn; danh mục đã nhập

limits-title = Thời hạn chờ xác nhận
limits-lead = Thời hạn còn ngờ thì không hẹn ngày được. Xác nhận một lần cho phiên bản này; hồ sơ đang chờ tiếp nhận cũng dùng được ngay.
limits-amount = Thời hạn
limits-unit = Đơn vị
limits-unit-working_hours = giờ làm việc
limits-unit-working_days = ngày làm việc
limits-unit-calendar_days = ngày (kể cả ngày nghỉ)
limits-unit-months = tháng
limits-basis = Căn cứ pháp lý
limits-basis-hint = Văn bản, điều, khoản quy định thời hạn này
limits-reason = Vì sao hết ngờ
limits-for-good = Người xác nhận, căn cứ và thời điểm được ghi vào nhật ký. Đã xác nhận thì không sửa; thời hạn khác là phiên bản khác của thủ tục.
limits-do = Xác nhận thời hạn
limits-done = Đã xác nhận thời hạn { $channel }: { $limit }.
limits-amount-wrong = Thời hạn là một số nguyên từ 1 đến 3.000. Nửa ngày làm việc thì ghi 4 giờ làm việc.
limits-basis-missing = Chưa có căn cứ pháp lý. Ghi văn bản, điều, khoản quy định thời hạn này.
limits-reason-missing = Chưa có lý do. Ghi ngắn gọn vì sao thời hạn này đúng.
limits-long = Dài quá { $n } chữ. Xin ghi ngắn lại.
limits-other-version = Thủ tục vừa có phiên bản khác. Xem lại thời hạn rồi xác nhận.
limits-by = { $who }, { $seat }, { $at }
limits-by-law = Căn cứ: { $law }
limits-because = Lý do: { $why }

entries-title = Danh mục đã nhập
entries-lead = { $n } thủ tục trong danh mục công bố đã nhập, { $doubt } có thời hạn phải xác nhận.
entries-nothing = Chưa nhập danh mục nào. Người quản trị máy chủ nhập bằng lệnh «tinhso procedures import».
entries-which = Xem
entries-every = Tất cả
entries-in-doubt = Chỉ thủ tục chờ xác nhận
entries-doubt = Vì sao còn ngờ
entries-no-doubt = Không có gì ngờ
entries-tag = Chờ xác nhận
entries-imported = Nhập lúc { $at }
entries-written = Mở thủ tục đang dùng
entries-not-written = Thủ tục này chưa có quy trình nội bộ nên chưa nhận hồ sơ được.
entries-decision = Quyết định công bố

doubt-no_limit = Nguồn không ghi thời hạn
doubt-no_unit = Thời hạn không có đơn vị
doubt-strange_unit = Đơn vị thời hạn lạ
doubt-strange_amount = Số thời hạn không dùng được
doubt-note_differs = Thời hạn trái với chú thích
doubt-hours_of_what = Không rõ giờ làm việc hay giờ đồng hồ
doubt-several_limits = Một kênh có nhiều thời hạn
