//! What stands in a file, before anybody asks what it means: items with named fields, each with
//! its line.

use std::collections::BTreeMap;

/// What a file holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Raw {
    /// What it says of the programme itself.
    pub programme: Item,
    /// Its goals.
    pub goals: Vec<Item>,
    /// Its targets.
    pub targets: Vec<Item>,
    /// Its tasks.
    pub tasks: Vec<Item>,
}

/// A part of a file with its fields. Lists are one text, parted by semicolons.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    /// Where it begins.
    pub at: At,
    /// Its fields, with the line of each.
    pub fields: BTreeMap<String, (u32, String)>,
}

/// A place in a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// The sheet, of a spreadsheet.
    pub sheet: Option<&'static str>,
    /// The line of a text, the row of a sheet; from 1.
    pub line: u32,
}

/// Something that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where.
    pub at: At,
    /// What.
    pub what: What,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The file is longer than any programme.
    TooLong,
    /// It is neither text nor a spreadsheet.
    NotText,
    /// The text is not TOML, or the file no spreadsheet; in the words of its reader.
    Syntax(String),
    /// A field that is not known.
    UnknownField(String),
    /// A field that is missing.
    Missing(&'static str),
    /// A value that cannot be read.
    Unreadable(&'static str, String),
    /// A code that stands twice.
    Twice(String),
    /// There is no such agency, or it has no head.
    NoAgency(String),
    /// An agency past the reach of whoever directs the programme.
    OutOfReach(String),
    /// There is no such indicator.
    NoIndicator(String),
    /// The indicator is counted for the whole authority only.
    WholeOnly(String),
    /// The direction is not that of the indicator.
    Direction(String),
    /// There is no such goal.
    NoGoal(String),
    /// There is no such target.
    NoTarget(String),
    /// The way does not lead from its start to its end.
    NoWay,
    /// By hand means a figure for every month.
    NotByHand,
    /// The months of a programme are too many, or in the wrong order.
    Months,
    /// A term outside the programme, or past already.
    Term(String),
    /// There are too many of these.
    TooMany(usize),
}

/// The sheets of a spreadsheet, in order.
pub const SHEETS: [&str; 4] = ["Chương trình", "Mục tiêu", "Chỉ tiêu", "Nhiệm vụ"];

/// The fields of a programme, each with its head in a spreadsheet.
pub(super) const PROGRAMME: &[(&str, &str)] = &[
    ("code", "Mã"),
    ("number", "Số, ký hiệu"),
    ("name", "Tên"),
    ("agency", "Cơ quan chỉ đạo"),
    ("signed_on", "Ngày ký"),
    ("from", "Từ tháng"),
    ("to", "Đến tháng"),
    ("invented", "Dữ liệu trình diễn"),
];
/// Those of a goal.
pub(super) const GOAL: &[(&str, &str)] = &[("name", "Mục tiêu")];
/// Those of a target.
pub(super) const TARGET: &[(&str, &str)] = &[
    ("code", "Mã"),
    ("goal", "Mục tiêu số"),
    ("name", "Chỉ tiêu"),
    ("indicator", "Mã chỉ tiêu đo"),
    ("scope", "Phạm vi"),
    ("span", "Cách tính kỳ"),
    ("unit", "Đơn vị tính"),
    ("places", "Số chữ số thập phân"),
    ("better", "Chiều tốt"),
    ("from", "Tháng gốc"),
    ("start", "Giá trị gốc"),
    ("to", "Tháng đích"),
    ("target", "Giá trị hứa"),
    ("shape", "Đường đi"),
    ("steps", "Các mốc"),
    ("head", "Người đứng đầu"),
];
/// Those of a task.
pub(super) const TASK: &[(&str, &str)] = &[
    ("code", "Mã"),
    ("goal", "Mục tiêu số"),
    ("target", "Chỉ tiêu"),
    ("name", "Nhiệm vụ"),
    ("head", "Người đứng đầu"),
    ("assigner", "Cơ quan giao"),
    ("supporters", "Cơ quan phối hợp"),
    ("budget", "Kinh phí (đồng)"),
    ("term", "Hạn"),
];

impl Finding {
    /// A finding on a line of a text.
    #[must_use]
    pub const fn at(line: u32, what: What) -> Self {
        Self { at: At { sheet: None, line }, what }
    }
}

impl Item {
    /// The value of a field, trimmed; none where it is empty or not there.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let value = self.fields.get(name).map(|(_, value)| value.trim());
        value.filter(|value| !value.is_empty())
    }

    /// Where a field stands; where it does not, where the item begins.
    pub(super) fn place(&self, name: &str) -> At {
        let line = self.fields.get(name).map_or(self.at.line, |(line, _)| *line);
        At { line, ..self.at }
    }
}
