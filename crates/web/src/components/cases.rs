//! The list of cases: by time left, in groups with a plain line, one next action a row. On a
//! phone each row becomes a card with the same order.

use maud::{Markup, html};

use super::{
    bulk::{self, BulkAction},
    clock::{self, ClockView},
    tag,
};
use crate::{PageContext, Words, page::csrf_field, tr};

/// A list of cases.
#[derive(Debug, Clone, Default)]
pub struct CaseList {
    /// What the list is, for screen readers: "Hồ sơ tôi đang giữ".
    pub caption: String,
    /// The groups, the most urgent first. Groups without rows are not shown.
    pub groups: Vec<CaseGroup>,
    /// Where ticked rows are sent (POST); rows cannot be ticked without it.
    pub bulk_path: Option<String>,
    /// What can be done to ticked rows.
    pub bulk: Vec<BulkAction>,
    /// Whether the newest comes first, and not what has least time left.
    pub newest_first: bool,
}

impl CaseList {
    /// Whether any row has something to do.
    fn acts(&self) -> bool {
        self.groups.iter().flat_map(|group| &group.rows).any(|row| row.act.is_some())
    }
}

/// Cases under one line.
#[derive(Debug, Clone, Default)]
pub struct CaseGroup {
    /// "Quá hạn".
    pub title: String,
    /// "2 hồ sơ", "4 hồ sơ, đồng hồ không chạy".
    pub note: String,
    /// The cases.
    pub rows: Vec<CaseRow>,
}

/// One case in a list.
#[derive(Debug, Clone, Default)]
pub struct CaseRow {
    /// What the form sends as `case` when the row is ticked.
    pub id: String,
    /// "H55.62-261117-0031".
    pub code: String,
    /// The page of the case.
    pub href: String,
    /// "Cải chính hộ tịch".
    pub title: String,
    /// Applicant, channel: what stands beside the code.
    pub facts: Vec<String>,
    /// "nhận hộ xã Võ Nhai".
    pub tags: Vec<String>,
    /// Time left.
    pub clock: ClockView,
    /// "19/11, 16:30", "khi có bổ sung".
    pub promised: String,
    /// "Trình ký".
    pub step: String,
    /// "giữ từ 18/11".
    pub since: String,
    /// The next action: its label and address.
    pub act: Option<(String, String)>,
    /// Whether it is ticked already.
    pub ticked: bool,
    /// Names of the bulk actions that this case is ready for.
    pub can: Vec<String>,
    /// Why not, where the main bulk action cannot be done: "thiếu chữ ký tờ khai".
    pub why_not: Option<String>,
}

/// The list.
#[must_use]
pub fn list(ctx: &PageContext, list: &CaseList) -> Markup {
    let table = table(&ctx.words, list);
    match &list.bulk_path {
        Some(path) => html! {
            form.card.box method="post" action=(path) data-list {
                (csrf_field(ctx)) (table) (bulk::bar(&ctx.words, &list.bulk))
            }
        },
        None => html! { div.card.box data-list { (table) } },
    }
}

fn table(words: &Words, list: &CaseList) -> Markup {
    let (ticks, acts) = (list.bulk_path.is_some(), list.acts());
    let columns = 4 + usize::from(ticks) + usize::from(acts);
    let order = (!list.newest_first).then_some("ascending");
    html! {
        table.t.cases.ticks[ticks] {
            caption.vh { (list.caption) }
            thead { tr {
                @if ticks { th scope="col" { span.vh { (tr!(words, "list-select")) } } }
                th scope="col" aria-sort=[order] { (tr!(words, "list-due")) }
                th scope="col" { (tr!(words, "list-case")) }
                th scope="col" { (tr!(words, "list-promised")) }
                th scope="col" { (tr!(words, "list-step")) }
                @if acts { th.n scope="col" { (tr!(words, "list-act")) } }
            } }
            tbody {
                @for group in list.groups.iter().filter(|group| !group.rows.is_empty()) {
                    @if !group.title.is_empty() {
                        tr.grp { td colspan=(columns) { b { (group.title) } ", " (group.note) } }
                    }
                    @for row in &group.rows { (row_markup(words, row, ticks, acts)) }
                }
            }
        }
    }
}

fn row_markup(words: &Words, row: &CaseRow, ticks: bool, acts: bool) -> Markup {
    let can = (!row.can.is_empty()).then(|| row.can.join(" "));
    html! {
        tr data-row data-can=[can] data-why=[&row.why_not] {
            @if ticks {
                td.tick {
                    input type="checkbox" name="case" value=(row.id) checked[row.ticked]
                        aria-label=(tr!(words, "list-select-one", code = &row.code));
                }
            }
            td.due { (clock::chip(words, &row.clock)) }
            td.what {
                a.a href=(row.href) { (row.title) }
                span.sub {
                    code { (row.code) }
                    @for fact in &row.facts { span { (fact) } }
                    @for text in &row.tags { (tag::tag(text)) }
                }
            }
            td.who2.hide { (row.promised) }
            td.who2 { (row.step) @if !row.since.is_empty() { span.sub.hide { (row.since) } } }
            @if acts {
                td.act.n {
                    @if let Some((label, href)) = &row.act { a.btn.sm href=(href) { (label) } }
                }
            }
        }
    }
}
