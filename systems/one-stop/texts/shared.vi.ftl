# Chung cho mọi trang của một cửa: điều hướng, trạng thái, kênh, lý do

nav-counter = Tiếp nhận tại quầy
nav-online = Hồ sơ trực tuyến
nav-results = Trả kết quả
nav-find = Tra cứu
nav-register = Sổ theo dõi hồ sơ
nav-procedures = Thủ tục, quy trình
nav-figures-group = Kết quả
nav-head = Đơn vị của tôi
nav-figures = Số liệu đúng hạn
nav-irregularities = Dấu hiệu bất thường
nav-more = Thêm
