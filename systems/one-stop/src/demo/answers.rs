//! A form filled in plausibly, and the papers that come with it.

use casework::{Channel, Component};
use jiff::{Span, civil::Date};
use procedure::{ComponentKind, Field, FieldKind, Procedure};
use serde_json::{Map, Value};

use super::{
    dice::Dice,
    office::Commune,
    people::{self, Applicant, Population},
};

/// Who fills in a form, when, and what can be named in it.
pub(super) struct Form<'a> {
    pub(super) procedure: &'a Procedure,
    pub(super) applicant: &'a Applicant,
    pub(super) today: Date,
    pub(super) communes: &'a [Commune],
}

/// Answers to the compulsory fields, and to most of the others.
pub(super) fn fill(form: &Form<'_>, dice: &mut Dice, all: &mut Population) -> Map<String, Value> {
    let mut answers = Map::new();
    let mut named = false;
    for field in &form.procedure.fields {
        if field.required || dice.chance(0.7) {
            let value = one(form, field, &mut named, dice, all);
            answers.insert(field.id.as_str().to_owned(), value);
        }
    }
    answers
}

fn one(
    form: &Form<'_>,
    field: &Field,
    named: &mut bool,
    dice: &mut Dice,
    all: &mut Population,
) -> Value {
    match field.kind {
        FieldKind::Text => text(form, field, named, dice).into(),
        FieldKind::LongText => long_text(form, field, dice).into(),
        FieldKind::Date => date(form, field, dice).to_string().into(),
        FieldKind::Integer => integer(field, dice).into(),
        FieldKind::Choice => {
            // The first choice is the usual one.
            let usual = dice.chance(0.55);
            let choice = if usual { &field.choices[0] } else { dice.pick(&field.choices) };
            choice.id.as_str().into()
        }
        FieldKind::CitizenId => {
            let woman = dice.chance(0.5);
            let born = form.today.saturating_sub(Span::new().days(dice.whole(8_000, 25_000)));
            all.card(dice, woman, born).into()
        }
        FieldKind::Phone if field.personal => {
            form.applicant.party.phone.as_ref().map_or("", |phone| phone.as_str()).into()
        }
        FieldKind::Phone => format!("0208 300 {:04}", dice.whole(0, 9999)).into(),
        FieldKind::Commune => dice.pick(form.communes).code.as_str().into(),
    }
}

fn text(form: &Form<'_>, field: &Field, named: &mut bool, dice: &mut Dice) -> String {
    let id = field.id.as_str();
    let begins = |words: &[&str]| words.iter().any(|word| id.starts_with(word));
    if field.personal
        && begins(&["ho_ten", "nguoi", "chu_", "ben_", "dai_dien", "phu_trach", "don_vi"])
    {
        let woman = dice.chance(0.5);
        // Nobody is asked for a name twice in their own form.
        if !std::mem::replace(named, true) && form.applicant.party.kind() == "citizen" {
            return form.applicant.party.name.clone();
        }
        return people::person_name(dice, woman).0;
    }
    if id.starts_with("ten_") {
        return people::firm_name(dice);
    }
    let from: &[&str] = match id {
        "dan_toc" if !form.applicant.people.is_empty() => return form.applicant.people.to_owned(),
        "dan_toc" => &["Kinh", "Tày"],
        "quan_he" => &["Con", "Vợ", "Chồng", "Cha", "Mẹ", "Anh", "Em", "Cháu"],
        "quoc_tich" => &["Hàn Quốc", "Trung Quốc", "Nhật Bản"],
        "nguyen_nhan" => &["Tuổi già", "Bệnh hiểm nghèo", "Tai nạn"],
        "bien_so" => return format!("20H-{:03}.{:02}", dice.whole(0, 999), dice.whole(0, 99)),
        "loai_giay_to" => {
            &["Bằng tốt nghiệp", "Căn cước", "Giấy khai sinh", "Sổ hộ khẩu cũ", "Học bạ"]
        }
        "loai_van_ban" => &["Giấy ủy quyền", "Sơ yếu lý lịch", "Giấy cam kết"],
        "loai_cay" => &["Bằng lăng", "Phượng vĩ", "Xà cừ", "Sấu"],
        "muc_dich" => &["Xin việc làm", "Đi học", "Bổ sung hồ sơ"],
        "ly_do" => &["Theo nhu cầu của gia đình", "Thay đổi nơi ở", "Bổ sung hồ sơ"],
        "bang_cap" | "noi_cap" => &["Đại học Thái Nguyên", "Cao đẳng Y tế", "Trung cấp Thú y"],
        _ if begins(&["so_", "ma_", "tai_khoan", "tai_k"]) => {
            return format!("{:09}", dice.whole(1, 999_999_999));
        }
        _ => &["Theo hồ sơ kèm theo", "Như giấy tờ gửi kèm", "Không có"],
    };
    (*dice.pick(from)).to_owned()
}

fn long_text(form: &Form<'_>, field: &Field, dice: &mut Dice) -> String {
    let id = field.id.as_str();
    let place = ["dia", "vi_tri", "noi", "tru_so", "bai_do", "cho"];
    if place.iter().any(|word| id.starts_with(word)) {
        let commune = dice.pick(form.communes);
        return people::address(dice, &commune.name);
    }
    let from: &[&str] = match id {
        "nganh_nghe" => &[
            "Bán lẻ hàng tạp hóa",
            "Sản xuất, mua bán chè khô",
            "Dịch vụ ăn uống",
            "Sửa chữa xe máy",
            "Xây dựng nhà ở",
        ],
        "tai_san" => &["Quyền sử dụng thửa đất ở", "Xe ô tô con", "Nhà và quyền sử dụng đất"],
        "ly_do" => {
            &["Theo nhu cầu của gia đình", "Cây nghiêng, sợ đổ khi mưa bão", "Đổi nơi kinh doanh"]
        }
        "hoan_canh" => &["Sống một mình, không có thu nhập", "Nuôi con nhỏ dưới 36 tháng"],
        _ => &["Nội dung theo hồ sơ kèm theo", "Như đã trình bày trong đơn"],
    };
    (*dice.pick(from)).to_owned()
}

fn date(form: &Form<'_>, field: &Field, dice: &mut Dice) -> Date {
    let id = field.id.as_str();
    let newborn = form.procedure.fields.iter().any(|field| field.id.as_str() == "ho_ten_tre");
    let days = match id {
        // Now and then after the sixty days that are free of charge.
        "ngay_sinh" if newborn => -dice.whole(3, 66),
        _ if id.contains("tre") || id == "ngay_sinh" && form.applicant.party.born.is_none() => {
            -dice.whole(3, 900)
        }
        "ngay_sinh" => -dice.whole(5, 20_000),
        "den_ngay" => dice.whole(30, 400),
        _ => -dice.whole(-5, 30),
    };
    form.today.saturating_add(Span::new().days(days))
}

fn integer(field: &Field, dice: &mut Dice) -> i64 {
    let id = field.id.as_str();
    let (low, high, unit) = match id {
        "nam_dang_ky" => (1985, 2025, 1),
        "gia_tri" | "von" | "von_dieu_le" => (20, 2_000, 1_000_000),
        "duong_kinh" => (12, 70, 1),
        "so_suat" => (30, 320, 1),
        "so_tre" => (12, 90, 1),
        "so_ban" => (1, 6, 1),
        _ if id.starts_with("dien_tich") => (20, 600, 1),
        _ => (1, 24, 1),
    };
    dice.whole(low, high) * unit
}

/// Everything compulsory, and some of the rest.
pub(super) fn papers(procedure: &Procedure, channel: Channel, dice: &mut Dice) -> Vec<Component> {
    let wanted = procedure.components.iter();
    let wanted: Vec<_> = wanted.filter(|paper| paper.required || dice.chance(0.25)).collect();
    let papers = wanted.into_iter().map(|paper| {
        let source = match (channel, paper.kind) {
            (_, ComponentKind::Presented) if dice.chance(0.6) => "known",
            (Channel::Online, _) => "online",
            _ if dice.chance(0.3) => "scan",
            _ => "paper",
        };
        let (id, copies) = (Some(paper.id.as_str().to_owned()), paper.copies.max(1));
        Component { id, copies, file: None, source: source.to_owned() }
    });
    papers.collect()
}
