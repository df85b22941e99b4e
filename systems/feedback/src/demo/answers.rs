//! Answers for the demonstration: what was done, by whom, and when the rest will be.

use crate::{category::Category, corpus::Dice};

/// An answer that fits a category.
pub(super) fn of(category: Category, dice: &mut Dice) -> &'static str {
    let fitting: &[&str] = match category {
        Category::Roads => &[
            "Tổ duy tu đã vá mặt đường sáng nay, dài 12 mét, và đặt biển báo tạm. Lớp nhựa bổ sung \
             thi công trong tuần tới nếu trời không mưa.",
            "Đã thay nắp hố ga bị vỡ và đổ bù bê tông quanh miệng. Ảnh hiện trường gửi kèm. Đơn vị \
             thi công được nhắc hoàn trả mặt đường trước ngày 15.",
        ],
        Category::Lighting => &[
            "Đã thay 5 bóng và kiểm tra tủ điều khiển. Đèn sáng lại từ 18 giờ hôm qua, giờ bật tắt \
             đặt lại là 17:45 và 5:30.",
            "Cáp ngầm bị đứt do thi công, đơn vị quản lý đang nối lại, xong trước thứ Sáu. Trong \
             lúc chờ có đèn tạm ở hai đầu ngõ.",
        ],
        Category::Waste => {
            &["Đã dọn điểm rác, phun khử mùi và đặt thêm hai thùng 240 lít. Xe gom vào ngõ lúc 18 \
             giờ thứ Hai, thứ Tư, thứ Sáu. Camera khu vực đã trích được biển số xe đổ trộm, đang \
             lập biên bản."]
        }
        Category::Trees => {
            &["Đội cây xanh đã cưa cành khô và hạ cây nghiêng chiều qua. Gốc còn lại được bứng và \
             trồng cây mới trong tháng này."]
        }
        Category::Water | Category::Drainage => &[
            "Đã nạo vét 60 mét cống và thay hai tấm đan. Sau trận mưa đêm qua nước rút trong 20 \
             phút. Đoạn còn lại đưa vào kế hoạch quý sau.",
            "Ống cấp nước bị vỡ đã thay, áp lực trở lại bình thường từ 14 giờ. Mẫu nước gửi xét \
             nghiệm, kết quả có sau 5 ngày và sẽ công khai ở đây.",
        ],
        Category::Power => {
            &["Điện lực đã thay công tơ và chia lại phụ tải, điện áp đo tối qua 221 V. Dây sà đã \
             được nâng lên 5,5 mét."]
        }
        Category::Noise | Category::Order => &[
            "Tổ công tác đã đến lúc 21 giờ, lập biên bản và hộ kinh doanh cam kết tắt loa trước 22 \
             giờ. Nếu tái diễn sẽ xử phạt theo Nghị định 144.",
            "Đã giải tỏa bàn ghế lấn vỉa hè và kẻ lại vạch. Phường kiểm tra mỗi tối trong hai tuần.",
        ],
        Category::Building => &[
            "Đã kiểm tra: công trình xây vượt một tầng so với giấy phép. Phường lập biên bản, yêu \
             cầu dừng thi công và tự tháo dỡ trong 15 ngày.",
        ],
        Category::Environment => &[
            "Đoàn kiểm tra đã lấy mẫu khí và nước thải, yêu cầu cơ sở dừng lò số 2 đến khi lắp xong \
             bộ lọc. Kết quả mẫu công bố sau 10 ngày.",
        ],
        Category::Food | Category::Health => {
            &["Đã kiểm tra đột xuất, tạm dừng bếp và xử phạt. Mẫu thức ăn gửi Trung tâm Kiểm soát \
             bệnh tật; kết quả gửi lại ông/bà trong 7 ngày."]
        }
        Category::Education => &[
            "Sở đã làm việc với nhà trường. Khoản thu ngoài quy định được trả lại trước ngày 30, \
             các khoản thu công khai trên bảng tin của trường.",
        ],
        _ => &[
            "Đã kiểm tra và giải quyết. Bộ phận tiếp nhận xin lỗi vì để ông/bà phải đi lại, kết \
             quả được trả vào sáng mai tại quầy 3.",
            "Cơ quan đã xác minh nội dung, nhắc nhở bộ phận liên quan và điều chỉnh lịch tiếp dân. \
             Nếu còn vướng, ông/bà bấm mở lại ngay trên trang này.",
        ],
    };
    dice.pick(fitting).copied().unwrap_or_default()
}
