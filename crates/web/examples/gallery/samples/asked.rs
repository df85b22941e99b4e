//! What is asked of people, and what they gave.

use maud::{Markup, html};
use web::{
    Words,
    components::{
        clock::{ClockState, ClockView},
        confirm::Confirm,
        documents::Needed,
        drop::{Drop, Sent},
        fields::{self, Choice, Field},
        known::Known,
        paper::{Given, Paper},
    },
    form::{DateText, Faults},
};

pub(super) fn the_fields(words: &Words) -> Markup {
    html! {
        div.grid.g4 {
            (fields::text(words, &Field::new("a", "Họ và tên").width(6).hint("Như trên thẻ căn cước"), "Hoàng Thị Mai Sương"))
            (fields::text(words, &Field::new("b", "Quê quán").width(6).fault(Some("Chưa có quê quán. Viết tên xã và tỉnh.")), ""))
            (fields::citizen_id(words, &Field::new("c", "").width(4), "019197000821"))
            (fields::date(words, &Field::new("d", "Ngày sinh").width(4), "14/11/2026"))
            (fields::select(words, &Field::new("e", "Dân tộc").width(4).optional(), &reasons(), ""))
            (fields::textarea(words, &Field::new("g", "Lý do").width(12), "Bản vẽ không đủ nội dung"))
            (fields::text(words, &Field::new("h", "Cha").width(6).source("Đăng ký kết hôn"), "Lường Văn Tú"))
            (fields::input(words, &Field::new("i", "Tìm thủ tục").width(6).live("/procedures/list", "found"), "search", ""))
        }
        (fields::date_boxes(words, &Field::new("j", "Ngày cấp"), &DateText::default()))
        (fields::radios(words, &Field::new("k", "Lý do").fault(Some("Chọn một lý do.")), &reasons(), ""))
        (fields::checkboxes(words, &Field::new("l", "Nhận tin qua"), &reasons(), &["b"]))
        (fields::checkbox(&Field::new("m", "Tôi đã đọc và đồng ý").hint("Ghi lại lúc bấm"), true))
        div #found {}
    }
}

pub(super) fn reasons() -> Vec<Choice> {
    vec![
        Choice {
            value: "a".into(),
            label: "Không thuộc thẩm quyền".into(),
            note: "Nêu nơi có thẩm quyền".into(),
        },
        Choice::new("b", "Chưa đủ giấy tờ"),
    ]
}

pub(super) fn faults() -> Faults {
    let mut faults = Faults::default();
    faults.add("birth", "Tháng 11 năm 2026 chỉ có 30 ngày. Xem lại ngày rồi nhập lại.");
    faults.add("home", "Chưa có quê quán. Viết tên xã và tỉnh.");
    faults
}

pub(super) fn the_confirm() -> Confirm {
    Confirm {
        question: "Từ chối nhận hồ sơ của bà Bàn Thị Liên?".into(),
        consequences: vec![
            "Bà Liên nhận phiếu từ chối (mẫu 03) kèm lý do.".into(),
            "Không hoàn tác được.".into(),
        ],
        action: "/decline".into(),
        verb: "Từ chối nhận".into(),
        harsh: true,
        back: "/counter".into(),
        kept: vec![("case".into(), "31".into())],
    }
}

pub(super) fn needed() -> Vec<Needed> {
    let needed = |name: &str, title: &str, source: &str, hash: Option<&str>| Needed {
        name: name.into(),
        title: title.into(),
        source: source.into(),
        hash: hash.map(|ends| format!("{}{}{}", &ends[..4], "0".repeat(56), &ends[4..])),
        here: true,
    };
    vec![
        needed("p1", "Giấy chứng sinh", "Có sẵn: bản điện tử do bệnh viện ký số", Some("9f2c7ab1")),
        needed(
            "p2",
            "Giấy chứng nhận kết hôn của cha, mẹ",
            "Có sẵn: Cơ sở dữ liệu hộ tịch",
            Some("51d0e83c"),
        ),
        needed(
            "p3",
            "Tờ khai đăng ký khai sinh",
            "Lập từ mục 3; người nộp đã ký trên bảng ký",
            Some("c47e0b95"),
        ),
        needed(
            "p4",
            "Giấy tờ tùy thân của người nộp",
            "Xuất trình; đã đối chiếu, không giữ bản sao",
            None,
        ),
    ]
}

pub(super) fn the_drop() -> Drop {
    Drop {
        name: "files".into(),
        kinds: "PDF, ảnh".into(),
        accept: "application/pdf,image/*".into(),
        bytes_max: 20_000_000,
        several: true,
        scan: Some(("Quét giấy".into(), "F7")),
        sent: vec![Sent {
            name: "mat-bang-v2.pdf".into(),
            bytes: 4_812_345,
            hash: format!("b802{}4d1e", "0".repeat(56)),
        }],
        fault: None,
    }
}

pub(super) fn preview() -> Paper {
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    Paper {
        due_is: None,
        title: "Giấy hẹn trả kết quả".into(),
        due: "16:30 hôm nay".into(),
        day: "Thứ Hai, 23/11/2026".into(),
        clock: Some(ClockView::new(ClockState::Ok, 376)),
        why:
            "Nhận lúc 09:14, trước 15:00 nên trả trong ngày. Mai 24/11 nghỉ Ngày Văn hóa Việt Nam."
                .into(),
        facts: vec![
            pair("Lệ phí", "Không thu"),
            pair("Số bộ", "1"),
            pair("Nơi quyết định", "UBND phường"),
        ],
        hands: vec![
            pair("Nông Thị Hiền, tiếp nhận", "30 phút"),
            pair("Ma Văn Khánh, hộ tịch", "4 giờ"),
            pair("Phó chủ tịch, ký", "2 giờ"),
            pair("Quầy trả kết quả", "30 phút"),
        ],
        given: None,
    }
}

pub(super) fn given() -> Given {
    let qr = html! { svg viewBox="0 0 21 21" role="img" aria-label="Mã QR" { path d="M0 0h7v7H0zM14 0h7v7h-7zM0 14h7v7H0zM9 9h3v3H9z" {} } };
    Given { code: "H55.62-261123-0047".into(), secret: Some("K7QM".into()), qr: Some(qr) }
}

pub(super) fn known_values() -> Vec<Known> {
    let known = |label: &str, value: &str, source: &str| Known {
        label: label.into(),
        value: value.into(),
        source: source.into(),
    };
    vec![
        known("Mẹ", "Hoàng Thị Mai Sương", "Cơ sở dữ liệu dân cư"),
        known("Cha", "Lường Văn Tú", "Đăng ký kết hôn 2024"),
        known("Nơi thường trú", "Tổ 7, phường Phan Đình Phùng", "Cơ sở dữ liệu dân cư"),
    ]
}
