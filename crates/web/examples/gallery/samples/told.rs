//! What happened to a dossier.

use maud::html;
use web::{
    Icon,
    components::{
        documents::Filed,
        held::{HeldKind, HeldPart},
        steps::{StepState, StepView},
        timeline::{Happening, HappeningKind},
    },
};

pub(super) fn desk_steps() -> Vec<StepView> {
    let step = |name: &str, holder: &str, state| StepView {
        name: name.into(),
        holder: holder.into(),
        state,
        when: String::new(),
    };
    vec![
        step("Tiếp nhận", "Nông Thị Hiền", StepState::Done),
        step("Thực địa", "Đặng Quốc Bảo", StepState::Done),
        step("Thẩm định", "Đặng Quốc Bảo, còn 5 giờ", StepState::Now),
        step("Ký", "Phó chủ tịch, 4 giờ", StepState::ToCome),
        step("Trả kết quả", "Quầy 1", StepState::ToCome),
    ]
}

pub(super) fn citizen_steps() -> Vec<StepView> {
    let step = |name: &str, when: &str, holder: &str, state| StepView {
        name: name.into(),
        holder: holder.into(),
        state,
        when: when.into(),
    };
    vec![
        step("Tiếp nhận", "16/11, 08:50", "Quầy 3, phường Phan Đình Phùng", StepState::Done),
        step(
            "Kiểm tra giấy tờ",
            "16/11 đến 18/11",
            "Đủ giấy tờ, không phải bổ sung",
            StepState::Done,
        ),
        step(
            "Đo, kiểm tra tại đất",
            "từ 18/11",
            "Ông Đặng Quốc Bảo đang giữ; hẹn đến nhà sáng thứ Tư 25/11",
            StepState::Now,
        ),
        step("Ký", "dự kiến 02/12", "Phó chủ tịch phường", StepState::ToCome),
        step(
            "Trả kết quả",
            "muộn nhất 07/12",
            "Bản điện tử gửi vào kho giấy tờ của ông",
            StepState::ToCome,
        ),
    ]
}

pub(super) fn held_parts() -> Vec<HeldPart> {
    let part = |who: &str, minutes, kind| HeldPart { who: who.into(), minutes, kind };
    vec![
        part("Nông Thị Hiền, tiếp nhận", 70, HeldKind::Held),
        part("Đặng Quốc Bảo, thực địa và thẩm định", 5570, HeldKind::Held),
        part("Tạm dừng chờ bổ sung, không tính", 1440, HeldKind::Paused),
        part("Đặng Quốc Bảo, thực địa và thẩm định", 120, HeldKind::Held),
        part("Còn lại đến hẹn", 856, HeldKind::Left),
    ]
}

pub(super) fn happenings() -> Vec<Happening> {
    let it = |icon, kind, what: &str, who: &str, when: &str, then: &str| Happening {
        icon,
        kind,
        what: what.into(),
        who: who.into(),
        when: when.into(),
        consequence: html! { (then) },
    };
    use HappeningKind::{Current, Past, Pause};
    vec![
        it(
            Icon::Pen,
            Current,
            "Đang thẩm định lại, sau khi nhận bổ sung",
            "Đặng Quốc Bảo, Phòng Kinh tế, Hạ tầng và Đô thị",
            "từ 20/11, 16:05",
            "Đã giữ 2 giờ trong 7 giờ của bước này; bước hết hạn 15:14 hôm nay.",
        ),
        it(
            Icon::Inbox,
            Past,
            "Nhận bổ sung: bản vẽ mặt bằng có kích thước",
            "Công dân nộp trực tuyến",
            "20/11, 16:05",
            "Đồng hồ chạy tiếp, hẹn trả lùi 3 ngày: 25/11/2026.",
        ),
        it(
            Icon::Hold,
            Pause,
            "Yêu cầu bổ sung lần 1 (mẫu 02): bản vẽ thiếu kích thước",
            "Đặng Quốc Bảo",
            "17/11, 15:40",
            "Đồng hồ dừng. Lý do chọn từ danh mục: “Bản vẽ không đủ nội dung”.",
        ),
        it(
            Icon::Warn,
            Past,
            "Kiểm tra thực địa: đạt",
            "Đặng Quốc Bảo và cán bộ địa bàn",
            "16/11, 09:00",
            "Ghi nhận muộn 2 giờ 10 phút so với lúc diễn ra. Cả hai mốc đều được giữ.",
        ),
        it(
            Icon::Done,
            Past,
            "Tiếp nhận tại quầy, in giấy hẹn",
            "Nông Thị Hiền, quầy 3",
            "02/11, 08:50",
            "Hẹn trả lần đầu 22/11/2026.",
        ),
    ]
}

pub(super) fn filed_papers() -> Vec<Filed> {
    let paper = |title: &str, note: &str, kind: &str, ends: &str| Filed {
        title: title.into(),
        href: Some("#".into()),
        note: note.into(),
        kind: kind.into(),
        hash: (!ends.is_empty()).then(|| format!("{}{}{}", &ends[..4], "0".repeat(56), &ends[4..])),
    };
    vec![
        paper(
            "Đơn đề nghị cấp phép (mẫu 01)",
            "Công dân ký trên bảng ký",
            "PDF, 112 KB",
            "77aa10fe",
        ),
        paper("Giấy chứng nhận quyền sử dụng đất", "Cơ sở dữ liệu đất đai", "liên kết", ""),
        paper("Bản vẽ thiết kế, bản 2", "Công dân nộp 20/11", "PDF, 4,8 MB", "b8024d1e"),
    ]
}
