//! The list of what became of each entry, for a spreadsheet.

use std::io::{self, Write};

use super::{CatalogueReport, Doubt, Method, Reason};
use crate::{ChannelKind, ChannelLimit, Language};

/// Writes the report as tab-separated text: a line for each entry that was refused, and for each
/// channel of each entry that was imported.
///
/// # Errors
/// When the writer fails.
pub fn write_report(
    report: &CatalogueReport,
    language: Language,
    mut out: impl Write,
) -> io::Result<()> {
    let vietnamese = language == Language::Vietnamese;
    let pick = |vi, en| if vietnamese { vi } else { en };
    let head = pick(
        "stt\tmã\ttình trạng\tkênh\tthời hạn\tlý do\ttên",
        "index\tcode\tstate\tchannel\ttime limit\treason\tname",
    );
    writeln!(out, "{head}")?;
    let mut rows: Vec<(usize, String)> = Vec::new();
    for one in &report.refused {
        let code = cell(one.code.as_deref().unwrap_or_default());
        let (state, why) = (pick("bị loại", "refused"), cell(&reason(&one.reason, language)));
        rows.push((one.index, format!("{code}\t{state}\t\t\t{why}\t")));
    }
    for entry in &report.imported {
        let (code, name) = (entry.code.as_str(), cell(&entry.name));
        if entry.methods.is_empty() {
            let state = pick("chờ xác nhận", "to be confirmed");
            let why = doubt(Doubt::NoLimit, language);
            rows.push((entry.index, format!("{code}\t{state}\t\t\t{why}\t{name}")));
        }
        for method in &entry.methods {
            let state = match method.doubt {
                Some(_) => pick("chờ xác nhận", "to be confirmed"),
                None => pick("đã nhập", "imported"),
            };
            let why = method.doubt.map(|why| doubt(why, language)).unwrap_or_default();
            let (kind, limit) = (channel(method.channel.kind, language), cell(&limit(method)));
            rows.push((entry.index, format!("{code}\t{state}\t{kind}\t{limit}\t{why}\t{name}")));
        }
    }
    rows.sort_by_key(|(index, _)| *index);
    for (index, row) in rows {
        writeln!(out, "{index}\t{row}")?;
    }
    out.flush()
}

fn limit(method: &Method) -> String {
    match &method.channel.limit {
        ChannelLimit::Confirmed(limit) => limit.time_limit().to_string(),
        ChannelLimit::ToConfirm(stated) => stated.clone().unwrap_or_default(),
    }
}

/// One cell: no tabs and line ends, and nothing that a spreadsheet would run as a formula.
fn cell(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text }
}

fn channel(kind: ChannelKind, language: Language) -> &'static str {
    match (kind, language) {
        (ChannelKind::Counter, Language::Vietnamese) => "trực tiếp",
        (ChannelKind::Online, Language::Vietnamese) => "trực tuyến",
        (ChannelKind::Postal, Language::Vietnamese) => "bưu chính",
        (kind, Language::English) => kind.word(),
    }
}

fn doubt(doubt: Doubt, language: Language) -> &'static str {
    let (vi, en) = match doubt {
        Doubt::NoLimit => ("không ghi thời hạn", "no time limit"),
        Doubt::NoUnit => ("thời hạn không có đơn vị", "a number without a unit"),
        Doubt::StrangeUnit => ("đơn vị thời hạn lạ", "an unknown unit"),
        Doubt::StrangeAmount => ("số thời hạn không dùng được", "an amount that cannot be used"),
        Doubt::NoteDiffers => ("thời hạn trái với chú thích", "the note says otherwise"),
        Doubt::HoursOfWhat => {
            ("không rõ giờ làm việc hay giờ đồng hồ", "hours of work or of the clock")
        }
        Doubt::SeveralLimits => ("một kênh có nhiều thời hạn", "several limits for one channel"),
    };
    if language == Language::Vietnamese { vi } else { en }
}

fn reason(reason: &Reason, language: Language) -> String {
    use Reason as R;
    let (vi, en) = match reason {
        R::Syntax(why) => (format!("không phải JSON: {why}"), format!("not JSON: {why}")),
        R::Unreadable(why) => {
            (format!("không đọc tiếp được: {why}"), format!("cannot be read on: {why}"))
        }
        R::TooLong => ("dòng dài quá 1 MB".into(), "the line is longer than 1 MB".into()),
        R::TooMany => ("quá 100.000 mục".into(), "more than 100,000 entries".into()),
        R::NotAnObject => ("không phải một thủ tục".into(), "not an object".into()),
        R::NoCode => ("không có mã".into(), "no code".into()),
        R::BadCode => ("mã sai dạng".into(), "a code of another form".into()),
        R::NoName => ("không có tên".into(), "no name".into()),
        R::Again(first) => {
            (format!("mã đã có ở mục {first}"), format!("the code stood before, at {first}"))
        }
        R::StrangeLevel(word) => (format!("cấp lạ: {word}"), format!("unknown level: {word}")),
        R::StrangeChannel(word) => (format!("kênh lạ: {word}"), format!("unknown channel: {word}")),
        R::NotAList(key) => (format!("{key} không phải danh sách"), format!("{key} is no list")),
    };
    if language == Language::Vietnamese { vi } else { en }
}
