# Chung cho mọi hệ thống có hồ sơ, vụ việc: trạng thái, kênh, lý do

nav-work = Việc của tôi

status-submitted = Chờ tiếp nhận
status-in_progress = Đang giải quyết
status-awaiting_supplement = Chờ bổ sung giấy tờ
status-awaiting_payment = Chờ nộp phí
status-suspended = Tạm dừng theo luật
status-finished = Đã có kết quả
status-returned = Đã trả kết quả
status-declined = Không tiếp nhận
status-discontinued = Dừng giải quyết
status-withdrawn = Người nộp đã rút

channel-counter = tại quầy
channel-online = trực tuyến
channel-postal = bưu chính

decline-not_competent = Không thuộc thẩm quyền của cơ quan này
decline-incomplete = Chưa đủ giấy tờ
decline-defective_paper = Giấy tờ không đúng quy định
decline-not_eligible = Không thuộc đối tượng hoặc chưa đủ điều kiện
decline-duplicate = Trùng hồ sơ đang giải quyết

supplement-missing_paper = Thiếu giấy tờ
supplement-insufficient_content = Giấy tờ chưa đủ nội dung
supplement-expired_paper = Giấy tờ hết hiệu lực
supplement-contradiction = Thông tin mâu thuẫn
supplement-illegible = Bản chụp không đọc được

suspension-consulting_agency = Lấy ý kiến cơ quan khác theo luật
suspension-verification = Xác minh theo thời hạn luật cho phép
suspension-dispute = Đang có tranh chấp, khiếu nại
suspension-force_majeure = Thiên tai, dịch bệnh, sự cố bất khả kháng

discontinue-no_supplement = Người nộp không bổ sung đúng hạn
discontinue-no_payment = Người nộp không nộp phí đúng hạn
discontinue-moot_object = Đối tượng của hồ sơ không còn
discontinue-untrue_papers = Giấy tờ giả hoặc khai không đúng
discontinue-order = Theo bản án hoặc quyết định của cấp trên

satisfaction-score-3 = Rất hài lòng
satisfaction-score-2 = Hài lòng
satisfaction-score-1 = Không hài lòng
nav-steering = Điều hành
nav-programme = Chương trình
