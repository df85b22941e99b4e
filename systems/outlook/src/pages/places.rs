//! Where it will be late: by agency, by step. What has nothing late is folded away.

use std::collections::BTreeMap;

use kernel::AgencyId;
use maud::{Markup, html};
use web::{
    Icon, SignedIn,
    components::{
        table::{self, Column, Row, Table},
        tag,
    },
    icon, tr,
};

use super::{OUTLOOK, Sight, words};
use crate::model::{Ahead, Foreseen, StepAhead};

/// Steps that the page of the province shows.
const STEPS_SHOWN: usize = 15;
/// Agencies that are shown at first.
const AGENCIES_SHOWN: usize = 20;
/// Fewer dossiers than this read as none.
const SEEN: f64 = 0.05;

/// Agencies that are seen, those with most late first.
pub(super) fn agencies(me: &SignedIn, foreseen: &Foreseen, sight: &Sight, whole: bool) -> Markup {
    let seen = foreseen.agencies.iter().filter(|(id, _)| sight.sees(me, *id));
    let (quiet, mut all): (Vec<_>, Vec<_>) = seen.partition(|(_, ahead)| is_quiet(ahead));
    all.sort_by(|one, two| two.1.late.mean.total_cmp(&one.1.late.mean));
    let table = |rows: Vec<Row>, shown: bool| {
        let columns = vec![
            Column::text(tr!(me, "outlook-agency")),
            Column::figures(tr!(me, "outlook-late")),
            Column::figures(tr!(me, "outlook-share")),
            Column::figures(tr!(me, "outlook-overdue-end")),
            Column::figures(tr!(me, "outlook-used")),
            Column::text(tr!(me, "outlook-evidence-short")),
        ];
        let caption = tr!(me, "outlook-agencies");
        table::table(&Table { caption, caption_shown: shown, columns, rows })
    };
    let (many, most) = (all.len(), if whole { usize::MAX } else { AGENCIES_SHOWN });
    let rows: Vec<Row> = all.into_iter().take(most).map(|one| agency(me, one)).collect();
    let folded = quiet.len();
    let rest = || quiet.iter().map(|one| agency(me, one)).collect();
    html! {
        @if many > 0 { (table(rows, true)) }
        @if many > most {
            p.after { a href={ (OUTLOOK) "?tat-ca=1" } { (tr!(me, "outlook-all-agencies", n = many)) } }
        }
        @if folded > 0 { (fold(&tr!(me, "outlook-quiet-agencies", n = folded), &table(rest(), false))) }
    }
}

/// Whether nothing becomes late there, and nothing is overdue at the end of any day.
fn is_quiet(ahead: &Ahead) -> bool {
    ahead.late.mean < SEEN && ahead.days.iter().all(|day| day.overdue.mean < SEEN)
}

fn agency(me: &SignedIn, (id, ahead): &(AgencyId, Ahead)) -> Row {
    let code = me.directory.agency(*id).map_or("", |agency| agency.code.as_str());
    let overdue = ahead.days.last().map_or(0.0, |day| day.overdue.mean);
    Row::Cells(vec![
        html! { a.a href={ (OUTLOOK) "?cua=" (web::http::encoded(code)) } { (words::agency(&me.directory, *id)) } },
        html! { b { (words::range(&me.words, ahead.late)) } },
        html! { (words::share(&me.words, ahead)) },
        html! { (me.words.decimal(overdue, 1)) },
        used(me, mean_used(ahead)),
        little(me, ahead.few),
    ])
}

fn mean_used(ahead: &Ahead) -> Option<f64> {
    let used: Vec<f64> = ahead.days.iter().filter_map(|day| day.used).collect();
    (!used.is_empty()).then(|| used.iter().sum::<f64>() / used.len() as f64)
}

fn used(me: &SignedIn, used: Option<f64>) -> Markup {
    html! { (used.map_or_else(|| tr!(me, "outlook-nobody"), |used| me.words.share(used))) }
}

/// A word where much rests on little.
fn little(me: &SignedIn, few: f64) -> Markup {
    html! { @if few > 0.5 { (tag::tag(&tr!(me, "outlook-little"))) } }
}

/// Steps that are seen, those with most late first; of the province only the first, and of the
/// quiet ones how many.
pub(super) fn steps(
    me: &SignedIn,
    foreseen: &Foreseen,
    only: Option<AgencyId>,
    sight: &Sight,
    names: &BTreeMap<String, String>,
) -> Markup {
    let seen = foreseen
        .steps
        .iter()
        .filter(|step| sight.sees(me, step.agency) && only.is_none_or(|only| step.agency == only));
    let (quiet, late): (Vec<_>, Vec<_>) = seen.partition(|step| step.late.mean < SEEN);
    let table = |rows: Vec<Row>, shown: bool| {
        let columns = vec![
            Column::text(tr!(me, "outlook-step")),
            Column::figures(tr!(me, "outlook-late")),
            Column::figures(tr!(me, "outlook-next-days")).dispensable(),
            Column::figures(tr!(me, "outlook-officers")),
            Column::figures(tr!(me, "outlook-used")),
            Column::text(""),
        ];
        let caption = tr!(me, "outlook-steps");
        table::table(&Table { caption, caption_shown: shown, columns, rows })
    };
    let most = if only.is_some() { usize::MAX } else { STEPS_SHOWN };
    let rows: Vec<Row> = late.into_iter().take(most).map(|one| step(me, one, names)).collect();
    let folded = quiet.len();
    let rest = || quiet.iter().map(|one| step(me, one, names)).collect();
    html! {
        @if !rows.is_empty() { (table(rows, true)) }
        @if folded > 0 && only.is_some() {
            (fold(&tr!(me, "outlook-quiet-steps", n = folded), &table(rest(), false)))
        } @else if folded > 0 {
            p.small.muted { (tr!(me, "outlook-quiet-steps-elsewhere", n = folded)) }
        }
    }
}

fn step(me: &SignedIn, step: &StepAhead, names: &BTreeMap<String, String>) -> Row {
    let code = me.directory.agency(step.agency).map_or("", |agency| agency.code.as_str());
    let name = names.get(&step.step).unwrap_or(&step.step);
    let (code, id) = (web::http::encoded(code), web::http::encoded(&step.step));
    let to = format!("{OUTLOOK}/thu?cua={code}&buoc={id}");
    let days: Vec<String> =
        step.days.iter().take(5).map(|late| me.words.decimal(*late, 1)).collect();
    Row::Cells(vec![
        html! { (name) span.sub { (words::agency(&me.directory, step.agency)) } },
        html! { b { (words::range(&me.words, step.late)) } },
        html! { span.small { (days.join(" · ")) } },
        html! { (step.officers) },
        used(me, step.used),
        html! { (little(me, step.few)) " " a href=(to) { (tr!(me, "outlook-suppose-here")) span.vh { " " (name) } } },
    ])
}

/// Something that opens when it is wanted.
fn fold(title: &str, body: &Markup) -> Markup {
    html! { details.card.after { summary { (title) (icon(Icon::Down)) } (body) } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DayAhead, Range};

    #[test]
    fn a_place_is_quiet_where_nothing_becomes_late_and_nothing_is_overdue() {
        let of = |mean: f64| Range { mean, low: 0.0, high: 0.0 };
        let quiet = |late: f64, overdue: f64| {
            let date = jiff::civil::date(2026, 11, 23);
            let (late, overdue) = (of(late), of(overdue));
            let days = vec![DayAhead { date, late, overdue, waiting: 0.0, used: None }];
            is_quiet(&Ahead { late, share: None, due: None, days, few: 0.0, unlike: 0.0 })
        };
        assert!(quiet(0.04, 0.0));
        assert!(!quiet(0.06, 0.0), "it reads as 0,1");
        assert!(!quiet(0.0, 3.0), "three are late there already");
    }
}
