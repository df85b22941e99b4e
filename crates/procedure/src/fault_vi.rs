//! Faults of a procedure file, told in Vietnamese.

use crate::{
    ConditionFault, FaultKind, LimitError, SchemaFault, Shape, SlugError, TimeLimit, Unit, What,
    WorkingHours, condition::Kind, fault::row,
};

pub(crate) fn sentence(kind: &FaultKind) -> String {
    use FaultKind as K;
    match kind {
        K::TooLong => "Tệp dài quá 1 MB; mỗi tệp chỉ ghi một thủ tục.".into(),
        K::Syntax(detail) => format!("Dòng này viết sai cú pháp ({detail})."),
        K::UnknownKey { key, meant: Some(meant) } => {
            format!("Không có khóa «{key}»; có phải là «{meant}»?")
        }
        K::UnknownKey { key, meant: None } => format!("Không có khóa «{key}» ở mục này."),
        K::MissingKey(key) => format!("Thiếu khóa «{key}»."),
        K::WrongShape { key, shape } => format!("«{key}» phải là {}.", self::shape(*shape)),
        K::UnknownWord { key, word, known } => {
            format!("«{key}» không nhận «{word}»; chỉ nhận: {}.", known.join(", "))
        }
        K::BadCode(_) => {
            "Mã không đúng dạng; mã thủ tục viết như 1.001193, mã cơ quan như H55.12.".into()
        }
        K::BadName { text, why } => format!("«{text}»: {}.", slug(*why)),
        K::BadLimit { text, why } => format!("Thời hạn «{text}» {}.", limit_why(*why)),
        K::BadAmount => "Số tiền phải từ 0 đến 100 tỷ đồng, viết liền không dấu chấm.".into(),
        K::BadNumber { key, least, most } => {
            format!("«{key}» phải là số nguyên từ {least} đến {most}.")
        }
        K::BadHours => {
            "Số giờ phải lớn hơn 0, không quá 8000 và là bội của 0.25 (một khắc).".into()
        }
        K::BadTime(text) => format!("«{text}» không phải là giờ; viết như \"15:00\"."),
        K::Reversed => "Ngày hết hiệu lực đứng trước ngày có hiệu lực.".into(),
        K::ConfirmedWithoutLimit => "Kênh không có thời hạn thì phải ghi confirmed = false.".into(),
        K::Duplicate { what, id } => format!("{} «{id}» ghi hai lần.", self::what(*what)),
        K::Choices { wanted: true } => "Ô lựa chọn phải có danh sách choices.".into(),
        K::Choices { wanted: false } => "Chỉ ô kind = \"choice\" mới có choices.".into(),
        K::KnownFrom { known, kind } => {
            format!("Ô kind = \"{}\" không lấy được known = \"{}\".", kind.word(), known.word())
        }
        K::NoSteps => "Thủ tục chưa có bước nào ([[step]]).".into(),
        K::TooManySteps => "Quy trình có quá 200 bước.".into(),
        K::NoRole(step) => format!("Bước «{step}» chưa có người giữ việc (role)."),
        K::NoOutcome(step) => format!("Bước «{step}» không có lối ra ([[step.outcome]])."),
        K::NoTarget(outcome) => {
            format!("«{outcome}» phải có đúng một trong hai: to (bước tiếp) hoặc end (kết thúc).")
        }
        K::UnknownStep(step) => format!("Không có bước «{step}»."),
        K::Unreachable(step) => format!("Không có đường nào đi tới bước «{step}»."),
        K::NoDefault(outcome) => {
            format!(
                "«{outcome}» chỉ có đường theo điều kiện; cần thêm một đường mặc định (không có when)."
            )
        }
        K::Trap(steps) => {
            format!(
                "Từ {} không có đường nào tới kết thúc: vòng lặp không lối thoát.",
                row(steps, ", ")
            )
        }
        K::LonelyJoin(step) => {
            format!("Bước «{step}» chờ (join) nhưng không có nhánh song song nào dẫn tới.")
        }
        K::MeetWithoutJoin(step) => {
            format!(
                "Các nhánh song song gặp nhau ở bước «{step}»; bước này phải có join = true, nếu không sẽ làm hai lần."
            )
        }
        K::TooSlow { quarters, way, limit } => format!(
            "Đường dài nhất ({}) mất {} giờ làm việc, vượt thời hạn {} ({} giờ làm việc).",
            row(way, " → "),
            WorkingHours::from_quarters(*quarters).to_string().replace('.', ","),
            self::limit(*limit),
            limit.working_hours_at_least(),
        ),
        K::Condition(fault) => condition(fault),
        K::FormTwice => {
            "Biểu mẫu chỉ ghi một cách: mục [form] hoặc các mục [[field]], không cả hai.".into()
        }
        K::Schema(fault) => schema(fault),
    }
}

fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Text => "chữ trong dấu nháy, không để trống",
        Shape::Integer => "số nguyên",
        Shape::Number => "số",
        Shape::YesNo => "true hoặc false",
        Shape::Date => "ngày, viết như 2025-07-01",
        Shape::Texts => "danh sách chữ trong ngoặc vuông, không để trống",
        Shape::Table => "nhóm khóa trong ngoặc nhọn { }",
        Shape::Sections => "các mục mở bằng ngoặc vuông kép [[ ]]",
    }
}

fn what(what: What) -> &'static str {
    match what {
        What::Channel => "Kênh",
        What::Component => "Giấy tờ",
        What::Field => "Ô nhập",
        What::Choice => "Lựa chọn",
        What::Step => "Bước",
        What::Outcome => "Đường mặc định của",
    }
}

fn slug(why: SlugError) -> &'static str {
    match why {
        SlugError::Slug => "chỉ dùng chữ thường không dấu, số, gạch nối; tối đa 40 ký tự",
        SlugError::Field => {
            "chỉ dùng chữ thường không dấu, số, gạch dưới; bắt đầu bằng chữ; tối đa 40 ký tự"
        }
        SlugError::Reserved => "là từ riêng của điều kiện, hãy chọn tên khác",
    }
}

fn limit_why(why: LimitError) -> &'static str {
    match why {
        LimitError::Form => "phải gồm số và đơn vị, như \"3 working_days\"",
        LimitError::Amount => "phải từ 1 đến 3000",
        LimitError::Unit => {
            "có đơn vị lạ; chỉ nhận working_hours, working_days, calendar_days, months"
        }
    }
}

/// 3 ngày làm việc
pub(crate) fn limit(limit: TimeLimit) -> String {
    let unit = match limit.unit() {
        Unit::WorkingHour => "giờ làm việc",
        Unit::WorkingDay => "ngày làm việc",
        Unit::CalendarDay => "ngày",
        Unit::Month => "tháng",
    };
    format!("{} {unit}", limit.amount())
}

fn condition(fault: &ConditionFault) -> String {
    use ConditionFault as C;
    match fault {
        C::TooLong => "Điều kiện dài quá 500 ký tự.".into(),
        C::Syntax => "Điều kiện viết sai (FEEL).".into(),
        C::UnknownField(name) => format!("Điều kiện nhắc ô nhập «{name}» mà biểu mẫu không có."),
        C::Unsupported(what) => format!("Điều kiện không dùng được «{what}»."),
        C::Mixed(Kind::Text, Kind::Text) => {
            "Chữ chỉ so được bằng = hoặc !=, không so lớn bé.".into()
        }
        C::Mixed(a, b) => {
            format!("Điều kiện trộn {} với {}, không bao giờ đúng.", self::kind(*a), self::kind(*b))
        }
        C::NotYesNo(found) => {
            format!("Điều kiện phải cho ra đúng hoặc sai, không phải {}.", self::kind(*found))
        }
        C::NotNumber(found) => {
            format!("Ở đây phải cho ra một số, không phải {}.", self::kind(*found))
        }
        C::UnknownChoice(field, choice) => {
            format!("Ô «{field}» không có lựa chọn «{choice}», điều kiện không bao giờ đúng.")
        }
        C::NoDate(text) => format!("«{text}» không phải là ngày có thật."),
    }
}

fn schema(fault: &SchemaFault) -> String {
    use SchemaFault as S;
    match fault {
        S::Syntax(detail) => format!("Biểu mẫu không phải JSON ({detail})."),
        S::Draft(draft) => format!(
            "Biểu mẫu viết theo {draft}; chỉ nhận https://json-schema.org/draft/2020-12/schema."
        ),
        S::NotObject => {
            "Biểu mẫu phải có \"type\": \"object\" và \"properties\" là các câu hỏi.".into()
        }
        S::Keyword(detail) => format!("Biểu mẫu trái chuẩn JSON Schema 2020-12 ({detail})."),
        S::Outside(to) => format!("Biểu mẫu không được dẫn ra ngoài («{to}»)."),
        S::NoQuestion(name) => format!(
            "Không hỏi được «{name}»: mỗi câu hỏi có type là string (có thể kèm format date, \
             citizen-id, phone, commune, hoặc oneOf) hoặc integer."
        ),
        S::Name { text, why } => format!("«{text}»: {}.", slug(*why)),
        S::NoTitle(name) => format!("Câu hỏi «{name}» chưa có title."),
        S::Known(word) => format!("x-known không nhận {word} cho câu hỏi loại này."),
        S::RequiredUnknown(name) => {
            format!("required nhắc «{name}» mà properties không có.")
        }
        S::TooMany => "Biểu mẫu có quá 120 câu hỏi.".into(),
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::YesNo => "đúng/sai",
        Kind::Number => "số",
        Kind::Text => "chữ",
        Kind::Day => "ngày",
        Kind::Nothing => "ô trống",
    }
}
