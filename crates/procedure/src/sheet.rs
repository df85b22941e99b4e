//! The internal process as agencies really have it: a spreadsheet with a row for each step.
//!
//! Columns are known by their headings, in any order: step, who, what, hours, result. A sheet
//! tells the plain course of a case and no branches, so that the steps follow one another; a
//! person adds the rest in the text form ([`crate::steps_text`]). What had to be guessed is
//! remarked with its row, and what cannot be read is never made up.

mod duration;
mod grid;
mod heading;

use std::{
    collections::BTreeSet,
    io::{Read, Seek},
};

use kernel::fold;
use thiserror::Error;

use crate::{
    AgencySelector, End, FaultKind, Language, Outcome, OutcomeId, Place, Role, Step, StepId,
    Target, Workflow, WorkingHours, fault_en, fault_vi,
};
use grid::Grid;
use heading::Columns;

/// What became of a spreadsheet.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetImport {
    /// The workflow; none when a remark stands in its way.
    pub workflow: Option<Workflow>,
    /// What was guessed and what could not be read, by rows.
    pub remarks: Vec<Remark>,
}

/// Something that a person should look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Remark {
    /// Row of the sheet, from 1.
    pub row: u32,
    /// What it is.
    pub kind: RemarkKind,
}

/// What is to be looked at.
#[derive(Debug, Clone, PartialEq)]
pub enum RemarkKind {
    /// The role was not recognised in these words; an expert holds the step.
    RoleGuessed(String),
    /// Nobody is named. Stands in the way.
    NobodyNamed,
    /// One time stands for so many steps; it was shared out evenly.
    HoursShared(usize),
    /// The time was rounded up to a quarter of an hour.
    HoursRounded,
    /// The time cannot be read. Stands in the way.
    HoursUnreadable(String),
    /// No time is given. Stands in the way.
    HoursMissing,
    /// The total of the sheet is not the sum of its steps.
    TotalDiffers {
        /// As the sheet says.
        stated: WorkingHours,
        /// As it adds up.
        sum: WorkingHours,
    },
    /// The row has text but no work in it, and was passed over.
    RowSkipped(String),
    /// The steps make no workflow. Stands in the way.
    Fault(FaultKind),
}

/// Why there is nothing to read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SheetError {
    /// Not a workbook.
    #[error("this is not an XLSX workbook: {0}")]
    NotWorkbook(String),
    /// No sheet has the headings.
    #[error("no sheet has headings for the work (nội dung công việc), who does it and the time")]
    NoHeadings,
    /// The headings have no rows under them.
    #[error("there are no steps under the headings")]
    NoRows,
}

/// Reads the first sheet that has the headings. The caller bounds the size of the file.
///
/// # Errors
/// When it is no workbook, or has no such table.
pub fn import(source: impl Read + Seek) -> Result<SheetImport, SheetError> {
    let grids = grid::read(source)?;
    let found = grids.iter().find_map(|grid| heading::find(grid).map(|columns| (grid, columns)));
    let (grid, columns) = found.ok_or(SheetError::NoHeadings)?;
    let mut remarks = Vec::new();
    let (rows, total) = rows(grid, &columns, &mut remarks);
    if rows.is_empty() {
        return Err(SheetError::NoRows);
    }
    let hours = hours(grid, &columns, &rows, &mut remarks);
    let steps = steps(&rows, &hours, &mut remarks);
    let blocked = remarks.iter().any(|remark| remark.kind.stands_in_the_way());
    let mut workflow = None;
    if !blocked {
        let sum = WorkingHours::from_quarters(hours.iter().flatten().sum());
        if let Some((row, stated)) = total.filter(|(_, stated)| *stated != sum) {
            remarks.push(Remark { row, kind: RemarkKind::TotalDiffers { stated, sum } });
        }
        match Workflow::new(steps, &[]) {
            Ok(made) => workflow = Some(made),
            Err(faults) => remarks.extend(faults.into_iter().map(|(place, kind)| {
                let (Place::Step(at) | Place::Outcome(at, _)) = place;
                let row = rows.get(at).map_or(1, |row| row.number);
                Remark { row, kind: RemarkKind::Fault(kind) }
            })),
        }
    }
    remarks.sort_by_key(|remark| remark.row);
    Ok(SheetImport { workflow, remarks })
}

impl RemarkKind {
    /// Whether no workflow can be made before somebody corrects it.
    #[must_use]
    pub fn stands_in_the_way(&self) -> bool {
        matches!(
            self,
            Self::NobodyNamed | Self::HoursUnreadable(_) | Self::HoursMissing | Self::Fault(_)
        )
    }

    /// One sentence for the person who has the sheet.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        let (vi, en) = match self {
            Self::RoleGuessed(who) => (
                format!("Không nhận ra vai trò trong «{who}»; tạm giao cho chuyên viên (expert)."),
                format!("No role is known for '{who}'; an expert holds the step for now."),
            ),
            Self::NobodyNamed => {
                ("Chưa ghi ai thực hiện.".into(), "Nobody is named for this step.".into())
            }
            Self::HoursShared(steps) => (
                format!("Một thời gian ghi chung cho {steps} bước; đã chia đều."),
                format!("One time stands for {steps} steps; it was shared out evenly."),
            ),
            Self::HoursRounded => (
                "Thời gian được làm tròn lên 15 phút.".into(),
                "The time was rounded up to a quarter of an hour.".into(),
            ),
            Self::HoursUnreadable(text) => (
                format!("Không đọc được thời gian «{text}»; ghi như \"4 giờ\" hoặc \"0,5 ngày\"."),
                format!("The time '{text}' cannot be read; write it as \"4 giờ\" or \"0,5 ngày\"."),
            ),
            Self::HoursMissing => ("Chưa ghi thời gian.".into(), "No time is given.".into()),
            Self::TotalDiffers { stated, sum } => (
                format!("Tổng ghi {stated} giờ, cộng các bước được {sum} giờ."),
                format!("The total says {stated} hours, the steps add up to {sum}."),
            ),
            Self::RowSkipped(text) => {
                (format!("Bỏ qua dòng «{text}»."), format!("The row '{text}' was passed over."))
            }
            Self::Fault(kind) => (fault_vi::sentence(kind), fault_en::sentence(kind)),
        };
        if language == Language::Vietnamese { vi } else { en }
    }
}

/// One step of the sheet, as far as it is text.
struct Row {
    number: u32,
    who: String,
    what: String,
    output: String,
}

/// The rows under the headings, and the total if the sheet states one.
fn rows(
    grid: &Grid,
    columns: &Columns,
    remarks: &mut Vec<Remark>,
) -> (Vec<Row>, Option<(u32, WorkingHours)>) {
    let mut rows: Vec<Row> = Vec::new();
    let mut total = None;
    for row in columns.row + 1..grid.rows() {
        let number = row + 1;
        let own = |column: Option<u32>| column.map(|at| grid.text(row, at)).unwrap_or_default();
        let line = grid.line(row);
        if line.is_empty() {
            continue;
        }
        if ["tong", "cong"].iter().any(|word| fold(&line).starts_with(word)) {
            let stated = duration::quarters(own(Some(columns.hours)), columns.unit);
            total = stated.map(|(quarters, _)| (number, WorkingHours::from_quarters(quarters)));
            continue;
        }
        let mut what = own(Some(columns.what)).to_owned();
        if what.is_empty() {
            what = duration::without_number(own(columns.step));
        }
        // A merged cell that began above goes on: the row adds to the step above.
        let same_step = columns.step.is_some_and(|at| grid.continues(row, at))
            && grid.continues(row, columns.hours);
        if let (true, Some(last)) = (same_step, rows.last_mut()) {
            if !what.is_empty() && !grid.continues(row, columns.what) {
                last.what = format!("{}; {what}", last.what);
            }
            continue;
        }
        if what.is_empty() {
            let kind = RemarkKind::RowSkipped(line.chars().take(80).collect());
            remarks.push(Remark { row: number, kind });
            continue;
        }
        let merged = |at: u32| grid.merged_text(row, at).to_owned();
        let output = columns.output.map(merged).unwrap_or_default();
        rows.push(Row { number, who: merged(columns.who), what, output });
    }
    (rows, total)
}

/// Quarters of an hour of each row; one merged cell is shared out among its rows.
fn hours(
    grid: &Grid,
    columns: &Columns,
    rows: &[Row],
    remarks: &mut Vec<Remark>,
) -> Vec<Option<u32>> {
    let mut hours: Vec<Option<u32>> = vec![None; rows.len()];
    let mut at = 0;
    while at < rows.len() {
        let last_row = grid.merge_end(rows[at].number - 1, columns.hours);
        let shared = rows[at..].iter().take_while(|row| row.number - 1 <= last_row).count().max(1);
        let number = rows[at].number;
        let mut remark = |kind| remarks.push(Remark { row: number, kind });
        let text = grid.text(number - 1, columns.hours);
        match duration::quarters(text, columns.unit) {
            Some((quarters, exact)) => {
                if shared > 1 {
                    remark(RemarkKind::HoursShared(shared));
                }
                if !exact {
                    remark(RemarkKind::HoursRounded);
                }
                let among = u32::try_from(shared).unwrap_or(u32::MAX);
                for (nth, share) in hours[at..at + shared].iter_mut().enumerate() {
                    let rest = u32::from((nth as u32) < quarters % among);
                    *share = Some((quarters / among + rest).max(1));
                }
            }
            None if text.is_empty() => remark(RemarkKind::HoursMissing),
            None => remark(RemarkKind::HoursUnreadable(text.chars().take(80).collect())),
        }
        at += shared;
    }
    hours
}

fn steps(rows: &[Row], hours: &[Option<u32>], remarks: &mut Vec<Remark>) -> Vec<Step> {
    let mut ids = BTreeSet::new();
    let names: Vec<StepId> = rows.iter().map(|row| step_id(&row.what, &mut ids)).collect();
    let mut steps = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let mut remark = |kind| remarks.push(Remark { row: row.number, kind });
        if row.who.is_empty() {
            remark(RemarkKind::NobodyNamed);
        }
        let known = role(&row.who, at > 0 && at + 1 == rows.len());
        if known.is_none() && !row.who.is_empty() {
            remark(RemarkKind::RoleGuessed(row.who.chars().take(80).collect()));
        }
        let word = known.unwrap_or("expert");
        let desk = matches!(word, "receiver" | "returner");
        let next = names.get(at + 1).cloned();
        let (button, label) = if next.is_some() {
            ("chuyen", "Chuyển bước sau")
        } else {
            ("xong", "Đã có kết quả")
        };
        let outcome = Outcome {
            id: fixed::<OutcomeId>(button),
            name: label.to_owned(),
            when: None,
            target: next.map_or(Target::End(End::Result), |id| Target::To(vec![id])),
        };
        steps.push(Step {
            id: names[at].clone(),
            name: row.what.chars().take(300).collect(),
            role: fixed::<Role>(word),
            agency: if desk { AgencySelector::Receiving } else { AgencySelector::Deciding },
            hours: WorkingHours::from_quarters(hours[at].unwrap_or_default()),
            join: false,
            timer: None,
            output: Some(row.output.clone()).filter(|text| !text.is_empty()),
            outcomes: vec![outcome],
        });
    }
    steps
}

fn fixed<T: std::str::FromStr>(word: &str) -> T {
    match word.parse() {
        Ok(name) => name,
        Err(_) => unreachable!("words of this file are names"),
    }
}

/// A name from the first words of the work, made unique by a number.
fn step_id(what: &str, taken: &mut BTreeSet<String>) -> StepId {
    let words = fold(what);
    let plain = |word: &&str| word.bytes().all(|b| b.is_ascii_alphanumeric());
    let mut base = String::new();
    for word in words.split(' ').filter(plain).take(4) {
        if base.len() + word.len() < 34 {
            base.push_str(if base.is_empty() { "" } else { "-" });
            base.push_str(word);
        }
    }
    if base.is_empty() {
        base.push_str("buoc");
    }
    let mut id = base.clone();
    let mut again = 1;
    while !taken.insert(id.clone()) {
        again += 1;
        id = format!("{base}-{again}");
    }
    fixed(&id)
}

/// The role that these words mean, if they mean one.
fn role(who: &str, last: bool) -> Option<&'static str> {
    let who = fold(who);
    let has = |words: &[&str]| words.iter().any(|word| who.contains(word));
    if has(&[
        "lanh dao",
        "chu tich",
        "giam doc",
        "truong phong",
        "pho phong",
        "thu truong",
        "cuc truong",
    ]) {
        Some("head")
    } else if has(&["mot cua", "tiep nhan", "tra ket qua", "trung tam phuc vu", "hanh chinh cong"])
    {
        Some(if last { "returner" } else { "receiver" })
    } else if has(&["van thu"]) {
        Some("clerk")
    } else if has(&["chuyen vien", "cong chuc", "can bo", "vien chuc", "thu ly", "chuyen mon"]) {
        Some("expert")
    } else {
        None
    }
}
