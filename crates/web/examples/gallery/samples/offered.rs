//! Where a citizen may go from here.

use web::{Icon, components::links::Way};

pub(super) fn life() -> Vec<Way> {
    let way = |icon, title: &str, note: &str| Way {
        icon,
        title: title.into(),
        note: note.into(),
        href: "#".into(),
    };
    vec![
        way(Icon::Baby, "Có con nhỏ", "khai sinh, bảo hiểm, cư trú"),
        way(Icon::Rings, "Kết hôn", "đăng ký, xác nhận độc thân"),
        way(Icon::Leaf, "Người thân mất", "khai tử, mai táng phí"),
        way(Icon::Land, "Nhà và đất", "sổ đỏ, xây, sửa nhà"),
        way(Icon::Shop, "Mở quán, buôn bán", "hộ kinh doanh, an toàn thực phẩm"),
        way(Icon::Care, "Trợ cấp", "người già, khuyết tật, hộ nghèo"),
    ]
}

pub(super) fn errands() -> Vec<Way> {
    let way = |icon, title: &str, note: &str| Way {
        icon,
        title: title.into(),
        note: note.into(),
        href: "#".into(),
    };
    vec![
        way(Icon::Search, "Tra cứu hồ sơ", "Mã trên giấy hẹn và 4 ký tự bí mật"),
        way(Icon::Talk, "Phản ánh", "Ổ gà, đèn hỏng, rác, tiếng ồn: có ảnh là đủ"),
        way(Icon::Seal, "Ai đã xem dữ liệu của tôi", "3 lượt trong 30 ngày qua"),
        way(
            Icon::Map,
            "Nơi làm thủ tục gần nhất",
            "Phường Phan Đình Phùng: 50 người chờ, khoảng 35 phút",
        ),
    ]
}
